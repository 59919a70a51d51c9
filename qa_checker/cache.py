"""What is kept between runs in the user's cache folder: all of it could be made again.

The folder is the one of platformdirs; $QA_CHECKER_CACHE names another one, or is `off`, and
then nothing is kept or read. What is kept counts only under the key it was kept under, if it
is whole, and if nobody else can have written it. It is read as plain data, never run. It is
written beside its place and renamed, so that runs side by side do each other no harm.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from stat import S_IWGRP, S_IWOTH

import platformdirs

OFF = "off"
MOST = 64
"""Files kept in one folder; beyond them the oldest go."""
PACKAGES = ("google_re2", "jieba", "opencc", "pypinyin", "pyyaml")
"""Packages whose other version could read rules, or compare text, in another way."""


def folder(name: str) -> Path | None:
    """Return where things of one sort are kept, None if nothing is."""
    named = os.environ.get("QA_CHECKER_CACHE")
    if named == OFF:
        return None
    return Path(named or platformdirs.user_cache_dir("qa_checker", appauthor=False)) / name


def kept(place: Path | None, key: str) -> bytes | None:
    """Return what was kept at a place under a key, None if there is no such thing."""
    try:
        if place is None or not ours(place):
            return None
        content = place.read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    return body if head == heading(key, body) else None


def keep(place: Path | None, key: str, body: bytes) -> None:
    """Keep something at a place; where that cannot be done, the next run makes it again."""
    if place is not None:
        write(place, heading(key, body) + b"\n" + body)
        tidy(place.parent)


def worked_out(place: Path | None, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what was kept at a place under a key, else make it now and keep it."""
    found = kept(place, key)
    if found is None:
        found = make()
        keep(place, key, found)
    return found


def heading(key: str, body: bytes) -> bytes:
    """Return the line above what is kept: its key, and the digest of it."""
    return f"{key} {hashlib.blake2b(body, digest_size=16).hexdigest()}".encode()


def ours(place: Path) -> bool:
    """Tell whether a file is the user's own and nobody else's to write; OSError if not there."""
    found = place.stat()
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (S_IWGRP | S_IWOTH)


def write(place: Path, content: bytes) -> None:
    """Write a file in one step, or not at all."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(place)
    except OSError:
        pass


def tidy(folder: Path) -> None:
    """Delete the oldest files of a folder beyond MOST."""
    with suppress(OSError):
        files = list(folder.iterdir())
        if len(files) > MOST:
            for file in sorted(files, key=lambda file: file.stat().st_mtime)[:-MOST]:
                file.unlink(missing_ok=True)


def content(file: Path | Traversable) -> str:
    """Return the digest of a file, or why it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        return str(error)


def digest(parts: Iterable[str]) -> str:
    """Return one digest of several texts."""
    made = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        made.update(len(encoded).to_bytes(8, "big") + encoded)
    return made.hexdigest()


@cache
def program() -> str:
    """Return the digest of the program: its files by size and time, and what it runs on."""
    root = Path(__file__).parent
    version = content(root / "__init__.py")
    return digest([version, sys.version, *sorted(versions()), *sorted(stamps(root))])


def stamps(root: Path) -> Iterator[str]:
    """Yield the program's files with their sizes and times."""
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith((".py", ".yaml", ".txt", ".tsv", ".json", ".md")):
                stat = os.stat(f"{folder}/{name}")  # noqa: PTH116 - paths would take twice as long
                yield f"{folder}/{name}:{stat.st_size}:{stat.st_mtime_ns}"


def versions() -> Iterator[str]:
    """Yield the versions of some packages, by the names of the folders in which they are said.

    importlib.metadata would take longer than all that is read from the cache.
    """
    for path in sys.path:
        for said in Path(path).glob("*.dist-info"):
            if said.name.lower().partition("-")[0] in PACKAGES:
                yield said.name
