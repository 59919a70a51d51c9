"""A shard in two, to find out what in it kills the process that works on it."""

from __future__ import annotations

from dataclasses import replace

from qa_checker.readers.files.inputs import fetched
from qa_checker.readers.source import Source
from qa_checker.readers.stretches import Stretch, within
from qa_checker.runs.shards import Piece, Shard


def halves(shard: Shard) -> list[Shard]:
    """Return the two halves of a shard, by files or by lines; the shard itself if it has none."""
    middle = len(shard.pieces) // 2
    if middle:
        groups = [shard.pieces[:middle], shard.pieces[middle:]]
    else:
        groups = [(piece,) for piece in lines(shard.pieces[0])]
    return [replace(shard, pieces=group) for group in groups]


def lines(piece: Piece) -> list[Piece]:
    """Return a stretch of lines in two, or the piece itself where it has one line or is none."""
    source = fetched(piece.file)
    if piece.stretch is None or not isinstance(source, Source):
        return [piece]
    offset, length, first_line = piece.stretch
    data = within(source, piece.stretch).data
    cut = data.find(b"\n", length // 2) + 1
    if not 0 < cut < length:
        cut = data.rfind(b"\n", 0, length // 2) + 1
    if not 0 < cut < length:
        return [piece]
    second = Stretch(offset + cut, length - cut, first_line + data.count(b"\n", 0, cut))
    return [
        replace(piece, size=cut, stretch=Stretch(offset, cut, first_line)),
        replace(piece, size=length - cut, stretch=second),
    ]
