"""The run before in the same folder: its parts, and which of them holds which file."""

from __future__ import annotations

from collections import defaultdict

from qa_checker.problem import BadInput
from qa_checker.remote import is_remote
from qa_checker.runs.shard import sha256
from qa_checker.runs.shards import Piece, Shard
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.store.manifest import Manifest, Part
from qa_checker.store.parts import About, Input


class Before:
    """What a run left: `parts` by name, `abouts` what each was made of."""

    def __init__(self, out: str, manifest: Manifest | None) -> None:
        self.parts = {part.name: part for part in manifest.parts} if manifest else {}
        self.abouts: dict[str, About] = {}
        self.holding: dict[str, list[str]] = defaultdict(list)
        for name in [*self.parts]:
            about = whole(places.below(manifests.folder(out), name), self.parts[name])
            if about is None:
                del self.parts[name]
                continue
            self.abouts[name] = about
            for each in about.inputs:
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


def whole(place: str, part: Part) -> About | None:
    """Return what a part was made of; None if it is not there or not what it was, then it goes.

    At an address the hash is not compared: that would fetch all parts.
    """
    if not places.exists(place):
        return None
    try:
        if is_remote(place) or sha256(place) == part.sha256:
            return parts.about(place)
    except BadInput:
        pass
    places.remove(place)
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
