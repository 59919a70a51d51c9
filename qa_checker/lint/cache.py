"""What lint and test found, kept until a file changes: a second run reads it again.

The user's cache folder (see qa_checker/cache.py) holds one file for each set of paths that was
looked at: problems, with the lines of the rule files they stand in. No calls, and nothing that
cannot be deleted at any time. A result counts only for the same bytes of every rule file it rests
on, and for the same program.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from qa_checker.cache import content, digest, folder, program, write
from qa_checker.lint.run import is_rubric
from qa_checker.problem import BadFile
from qa_checker.resources import shipped
from qa_checker.rules.load import lexicon_files, open_source, uses_of

T = TypeVar("T")


class Kept(msgspec.Struct, Generic[T], frozen=True):
    """A result with the digest of all it rests on."""

    key: str
    found: T


def cached(name: str, paths: Iterable[Path], kind: type[T], make: Callable[[], T]) -> T:
    """Return what was found last time if nothing has changed since, else make it and keep it."""
    listed, kept_in = list(paths), folder("rules")
    if kept_in is None:
        return make()
    place = kept_in / f"{digest([name, *map(os.path.abspath, listed)])}.json"
    key = digest([engine(), *(part for path in listed for part in ground(path))])
    try:
        kept = msgspec.json.decode(place.read_bytes(), type=Kept[kind])  # type: ignore[valid-type]
        if kept.key == key:
            found: T = kept.found
            return found
    except (OSError, msgspec.DecodeError):
        pass
    found = make()
    keep(place, Kept(key, found))
    return found


def keep(place: Path, kept: Kept[T]) -> None:
    """Write a result in one step; where that cannot be done, the next run works again."""
    with suppress(UnicodeEncodeError):
        write(place, msgspec.json.encode(kept))


def ground(path: Path) -> Iterator[str]:
    """Yield what the result for a file rests on: its bytes, and those of lexicons it uses."""
    yield from (str(path), content(path))
    try:
        source = open_source(path)
    except BadFile:
        return
    if is_rubric(source.text):
        for node in uses_of(source):
            for shown, file in lexicon_files(node.text, path).items():
                yield from (shown, content(file))


@cache
def engine() -> str:
    """Return the digest of the program and of what ships."""
    return digest([program(), *(content(file) for file in shipped("lexicons").values())])
