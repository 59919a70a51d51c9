"""Compiled rubrics in the user's cache folder: good until a file that they rest on changes.

A rubric rests on its own bytes, on those of the lexicons that its `uses:` leads to now, on the
program with all that ships in it, and on where it lies, which is part of what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from qa_checker import cache
from qa_checker.problem import BadFile
from qa_checker.resources import shipped
from qa_checker.rules.load import File, lexicon_files, open_source, uses_of
from qa_checker.values import NotValues, from_bytes, to_bytes

if TYPE_CHECKING:
    from qa_checker.judging.compiled import Compiled


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A compiled rubric as bytes, with what its `uses:` said and the key of all it rests on."""

    uses: tuple[str, ...]
    key: str
    compiled: bytes


class Place(NamedTuple):
    """A rubric's file, how it is shown, and where its compiled form is kept."""

    file: File
    shown: str
    kept: Path


def place_of(file: File, shown: str) -> Place | None:
    """Return where a rubric is kept, None if nothing is kept at all."""
    folder = cache.folder("rubrics")
    if folder is None:
        return None
    lies = str(file.resolve()) if isinstance(file, Path) else ""
    name = cache.digest([cache.program(), shown, lies])
    return Place(file, shown, folder / f"{name}.plan")


def found(place: Place) -> Compiled | None:
    """Return the rubric that was kept, if it still is what would be compiled."""
    body = cache.kept(place.kept, cache.program())
    try:
        kept = msgspec.msgpack.decode(body, type=Kept) if body is not None else None
        if kept is None or kept.key != key(place, kept.uses):
            return None
        compiled: Compiled = from_bytes(kept.compiled)
        return compiled
    except (msgspec.DecodeError, NotValues):
        return None


def keep(place: Place, compiled: Compiled, before: str) -> None:
    """Keep a compiled rubric, unless a file it rests on has changed since `before`."""
    uses = compiled.rubric.uses
    if before != key(place, uses):
        return
    with suppress(NotValues):  # a number of thirty digits
        body = msgspec.msgpack.encode(Kept(uses, before, to_bytes(compiled)))
        cache.keep(place.kept, cache.program(), body)


def uses(place: Place) -> tuple[str, ...]:
    """Return what stands under `uses:` in a rubric; nothing if it cannot be read."""
    try:
        return tuple(node.text for node in uses_of(open_source(place.file, place.shown)))
    except BadFile:
        return ()


def key(place: Place, uses: Iterable[str]) -> str:
    """Return the digest of all that a rubric with such uses rests on."""
    return cache.digest(ground(place, uses))


def ground(place: Place, uses: Iterable[str]) -> Iterator[str]:
    """Yield the name and the content of every file that a rubric with such uses rests on."""
    yield from (place.shown, cache.content(place.file))
    for name in uses:
        for shown, file in lexicon_files(name, place.file).items():
            yield from (name, shown, cache.content(file))
    for shown, file in shipped("lexicons").items():
        if shown.endswith("/events"):
            yield from (shown, cache.content(file))
