"""The run before in the same folder: its parts, and which of them holds which file."""

from __future__ import annotations

from collections import defaultdict

from qa_checker.runs.shards import Piece, Shard
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.store.manifest import Manifest
from qa_checker.store.parts import About, Input


class Before:
    """What a run left: `parts` by name, `abouts` what each was made of."""

    def __init__(self, out: str, manifest: Manifest | None) -> None:
        self.parts = {part.name: part for part in manifest.parts} if manifest else {}
        self.abouts: dict[str, About] = {}
        self.holding: dict[str, list[str]] = defaultdict(list)
        for name in self.parts:
            place = places.below(manifests.folder(out), name)
            if places.exists(place):
                self.abouts[name] = parts.about(place)
                for each in self.abouts[name].inputs:
                    self.holding[each.name].append(name)

    def of(self, shard: Shard) -> tuple[str, ...]:
        """Return the parts that may hold rows of a shard."""
        found = [
            name
            for piece in shard.pieces
            for name in self.holding.get(piece.file.name, ())
            if any(touches(piece, each) for each in self.abouts[name].inputs)
        ]
        return tuple(dict.fromkeys(found))

    def part_of(self, shard: Shard) -> str | None:
        """Return the part that was made of the very pieces of a shard, None if there is none."""
        wanted = [same(piece) for piece in shard.pieces]
        for name in self.of(shard):
            inputs = self.abouts[name].inputs
            if [(each.name, each.offset, each.length) for each in inputs] == wanted:
                return name
        return None


def same(piece: Piece) -> tuple[str, int, int | None]:
    """Return which file, and which stretch of it, a piece is."""
    name, stretch = piece.file.name, piece.stretch
    return (name, stretch.offset, stretch.length) if stretch else (name, 0, None)


def touches(piece: Piece, held: Input) -> bool:
    """Tell whether a piece and what a part was made of are of one file, and meet in it."""
    if piece.file.name != held.name:
        return False
    if piece.stretch is None or held.length is None:
        return True
    end = piece.stretch.offset + piece.stretch.length
    return piece.stretch.offset < held.offset + held.length and held.offset < end
