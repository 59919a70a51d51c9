"""What the timing events share: the segments of a call with their places and times."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from qa_checker.call import Segment
from qa_checker.events import Scene
from qa_checker.events._turns import PEOPLE

SLACK = 0.001
PAUSE = 0.5
"""Seconds that a speaker may pause and still be saying one thing."""


class Piece(NamedTuple):
    """A segment with times: characters `first` to `last` of the turn at index `turn`."""

    turn: int
    first: int
    last: int
    start: float
    end: float
    segment: Segment


Utterance = list[Piece]
"""What one speaker says without a pause, in one or more segments."""


def timed(scene: Scene) -> bool:
    """Tell whether every segment has a start and an end."""
    return scene.once(has_times)


def has_times(scene: Scene) -> bool:
    """Tell whether no segment lacks a start or an end."""
    segments = scene.call.segments
    return None not in [s.start for s in segments] and None not in [s.end for s in segments]


def clock(scene: Scene) -> list[tuple[float, float, str]]:
    """Return (start, end, who) of each segment of a timed call, by the time it begins."""
    return sorted(
        [
            (s.start or 0.0, s.end or 0.0, t.role + t.speaker)
            for t in scene.call.turns
            for s in t.segments
        ]
    )


def pauses(scene: Scene, least: float) -> bool:
    """Tell quickly whether nobody speaks for more than some seconds anywhere."""
    latest = float("inf")
    for start, end, _ in scene.once(clock):
        if start - latest > least - SLACK:
            return True
        latest = end if latest == float("inf") else max(latest, end)
    return False


def overlaps(scene: Scene, least: float) -> bool:
    """Tell quickly whether two people speak together for more than some seconds anywhere."""
    latest: dict[str, float] = {}
    for start, end, who in scene.once(clock):
        for other, until in latest.items():
            if other != who and until - start > least - SLACK:
                return True
        if end > latest.get(who, 0.0):
            latest[who] = end
    return False


def pieces(scene: Scene) -> list[Piece]:
    """Return the segments that have both times, in source order."""
    return scene.once(all_pieces)


def all_pieces(scene: Scene) -> list[Piece]:
    """Return the segments that have both times, in source order."""
    return [
        Piece(index, first, first + len(segment.text), segment.start, segment.end, segment)
        for index, turn in enumerate(scene.call.turns)
        for segment, first in zip(turn.segments, turn.offsets, strict=True)
        if segment.start is not None and segment.end is not None
    ]


def by_start(scene: Scene) -> list[Piece]:
    """Return the segments that have both times, by the time they begin."""
    return sorted(pieces(scene), key=itemgetter(3))


def utterances(scene: Scene) -> list[Utterance]:
    """Return what the people in a call say without a pause, by the time it begins."""
    said: dict[tuple[str, str], list[Utterance]] = {}
    for piece in scene.once(by_start):
        segment = piece.segment
        if segment.role not in PEOPLE:
            continue
        own = said.setdefault((segment.role, segment.speaker), [])
        if own and piece.start - own[-1][-1].end <= PAUSE:
            own[-1].append(piece)
        else:
            own.append([piece])
    return sorted((u for own in said.values() for u in own), key=lambda u: u[0].start)


def text_of(utterance: Utterance) -> str:
    """Return the words of an utterance."""
    return " ".join(piece.segment.text for piece in utterance)
