"""What the timing events ask of one call: its segments with their times, and where they stand."""

from __future__ import annotations

from qa_checker.events import Scene
from qa_checker.events._timeline import Spell as Spell
from qa_checker.events._timeline import complete


def timed(scene: Scene) -> bool:
    """Tell whether every segment has a start and an end."""
    return scene.batch.once(complete)[scene.place]


def spells(scene: Scene) -> list[Spell]:
    """Return the segments that have both times, in source order."""
    return [
        (segment.start, segment.end, index, segment)
        for index, turn in enumerate(scene.call.turns)
        for segment in turn.segments
        if segment.start is not None and segment.end is not None
    ]


def place(scene: Scene, spell: Spell) -> tuple[int, int]:
    """Return the characters of its turn at which a segment begins and ends."""
    _, _, index, segment = spell
    turn = scene.call.turns[index]
    if turn.segments[0] is segment:
        return 0, len(segment.text)
    which = next(n for n, one in enumerate(turn.segments) if one is segment)
    return turn.offsets[which], turn.offsets[which] + len(segment.text)
