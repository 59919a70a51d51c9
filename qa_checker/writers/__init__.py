"""Calls out again as files of other programs: one file a target, found by this folder.

A target is a module, named as people type it after `--to`, with a docstring that is its
manual, three names and a function:

    SUFFIX = ".jsonl"             of its files
    MANY = True                   whether one file holds all calls, or each has its own
    LOSES = ("metadata",)         what it does not hold, by the names of `cli/_losses.py`
    write(calls, path)            write calls (one, if not MANY) to a file, in one step

`write` raises Refusal for a call that the target cannot hold. Nothing that was said may
become a formula, a tag or a cue of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from qa_checker.call import Call
from qa_checker.readers.strict_json import Refusal
from qa_checker.reports.names import HASH, LONGEST, folded, safe, slug


class Writer(Protocol):
    """What a module of this folder offers."""

    SUFFIX: str
    MANY: bool
    LOSES: tuple[str, ...]

    def write(self, calls: Iterable[Call], path: Path) -> None:
        """Write calls to a file."""


@cache
def known_writers() -> dict[str, Writer]:
    """Return every target by its name, sorted; names that begin with "_" are none."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name[0] != "_")
    return {name: cast(Writer, import_module(f"{__name__}.{name}")) for name in names}


def write_calls(
    calls: Iterable[Call], out: Path, to: str, refused: Callable[[Call, Refusal], None]
) -> Iterator[Path]:
    """Write calls as a target and yield the files.

    `out` is the file where one holds all calls (`calls.SUFFIX` in it, if it is a folder),
    else the folder for a file a call. A call that the target cannot hold goes to `refused`
    with the reason. Raises OSError; what was there before is then unharmed.
    """
    writer = known_writers()[to]
    if writer.MANY:
        path = out / f"calls{writer.SUFFIX}" if out.is_dir() else out
        writer.write(calls, path)
        yield path
        return
    taken: set[str] = set()
    for call in calls:
        path = out / free_name(call.call_id, writer.SUFFIX, taken)
        try:
            writer.write([call], path)
        except Refusal as refusal:
            refused(call, refusal)
            continue
        yield path


def free_name(call_id: str, suffix: str, taken: set[str]) -> str:
    """Return a harmless file name for a call that no earlier one has, and add it to `taken`."""
    readable = slug(call_id)
    digest = hashlib.sha256(call_id.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]
    room = LONGEST - HASH - len(suffix) - 10
    short = readable.encode()[:room].decode("utf-8", "ignore").rstrip("._-") or "call"
    name = readable if safe(readable) else f"{short}-{digest}"
    number = 1
    while folded(name) in taken:
        name, number = f"{short}-{digest}" + f"-{number}" * (number > 1), number + 1
    taken.add(folded(name))
    return name + suffix
