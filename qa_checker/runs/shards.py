"""The work of a run cut into shards: what one worker reads and judges at a time.

Small files go together, a large file of JSON lines is cut into stretches, any other file is a
shard of its own. Where a group of small files ends is decided by their names, so a file more or
less changes one group and not all that follow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from qa_checker.readers.files.inputs import WHOLE, Listed, fetched
from qa_checker.readers.source import Options, Source
from qa_checker.readers.stretches import Stretch, stretches

FILES, BYTES = 256, 4 * 1024 * 1024
"""What a group of small files holds at most."""

ENDS_GROUP = 64
"""One file in so many ends its group."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to read, or a stretch of it: its size in bytes, and when it was last changed.

    That is in seconds since 1970.
    """

    file: Listed
    size: int
    changed: float
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """Pieces that one worker reads and judges into one part.

    `earlier` are the names of parts that may hold rows of these files from the run before.
    """

    pieces: tuple[Piece, ...]
    earlier: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(piece.size for piece in self.pieces)

    @property
    def changed(self) -> float:
        """When the newest of its files was last changed."""
        return max(piece.changed for piece in self.pieces)


def shards(files: Iterable[Piece], options: Options) -> Iterator[Shard]:
    """Yield the shards of some files, in their order."""
    group: list[Piece] = []
    for one in files:
        if one.size > WHOLE:
            yield from whole(group)
            group = []
            yield from (Shard((part,)) for part in cut(one, options))
            continue
        group.append(one)
        if ends(group):
            yield from whole(group)
            group = []
    yield from whole(group)


def whole(group: list[Piece]) -> Iterator[Shard]:
    """Yield a group as a shard, unless there is nothing in it."""
    if group:
        yield Shard(tuple(group))


def ends(group: list[Piece]) -> bool:
    """Tell whether a group ends with its last file."""
    digest = hashlib.blake2b(group[-1].file.name.encode("utf-8", "replace"), digest_size=4)
    marked = int.from_bytes(digest.digest(), "big") % ENDS_GROUP == 0
    return marked or len(group) >= FILES or sum(piece.size for piece in group) >= BYTES


def piece(file: Listed) -> Piece:
    """Return a file as a piece; one that cannot be asked is new, reading will say what is wrong."""
    if file.size is not None:
        return Piece(file, file.size, file.changed or float("inf"))
    try:
        found = Path(file.path).stat(follow_symlinks=file.follow)
    except (OSError, ValueError):
        return Piece(file, 0, float("inf"))
    return Piece(file, found.st_size, found.st_mtime)


def cut(one: Piece, options: Options) -> Iterator[Piece]:
    """Yield a large file in stretches if it can be cut, else as it is."""
    source = fetched(one.file)
    found: list[Stretch] = []
    if isinstance(source, Source):
        with suppress(OSError):  # what is wrong is said when it is read
            found = stretches(source, options, one.size)
    if not found:
        yield one
    for stretch in found:
        yield replace(one, size=stretch.length, stretch=stretch)
