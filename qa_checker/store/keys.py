"""What tells one result from another: digests of the call, of the program and of the row."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

import qa_checker
from qa_checker.call import Call, Segment

JUDGING = ("text", "matching", "events", "judging", "rules", "readers")
"""The rooms whose code can change a verdict."""

LIBRARIES = ("jieba", "rjieba", "opencc", "pypinyin", "google-re2", "rapidfuzz", "spacy", "ftfy")
FIELDS = len(Segment.__struct_fields__)
ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def digest(data: bytes) -> str:
    """Return 32 hexadecimal digits for some bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(*parts: object) -> str:
    """Return one digest of plain values."""
    return digest(ENCODER.encode(parts))


def call_hash(call: Call) -> str:
    """Return the digest of a call as it is judged: words, roles, times, metadata, notes."""
    about = (call.call_id, call.agent, call.queue, call.started_at, call.language)
    return digest_of(about, dict(call.metadata), call.notes, call.columns()[:FIELDS])


def row_key(source: str, call_id: str, call: str, rule: str) -> str:
    """Return the key of a row made by this program."""
    return digest("\n".join((source, call_id, call, rule, engine())).encode("utf-8", "replace"))


@cache
def engine() -> str:
    """Return the digest of all of the program that can change a verdict."""
    root = Path(qa_checker.__file__).parent
    rooms = [path for room in JUDGING for path in (root / room).rglob("*")]
    files = sorted(path for path in (*root.glob("*.py"), *rooms) if meant(path))
    parts = [(path.relative_to(root).as_posix(), digest(path.read_bytes())) for path in files]
    return digest_of(qa_checker.__version__, parts, [(name, installed(name)) for name in LIBRARIES])


def meant(path: Path) -> bool:
    """Tell whether a file is code or a table, and not what Python keeps beside it."""
    return path.is_file() and "__pycache__" not in path.parts


def installed(name: str) -> str:
    """Return the version of a library, "" if it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
