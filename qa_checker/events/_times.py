"""What the timing events share: the segments of a call with their places and times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qa_checker.call import Call, Segment
from qa_checker.events._turns import PEOPLE

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


def timed(call: Call) -> bool:
    """Tell whether every segment has a start and an end."""
    return all(
        segment.start is not None and segment.end is not None
        for turn in call.turns
        for segment in turn.segments
    )


def pieces(call: Call) -> Iterator[Piece]:
    """Yield the segments that have both times, in source order."""
    for index, turn in enumerate(call.turns):
        for segment, first in zip(turn.segments, turn.offsets, strict=True):
            if segment.start is not None and segment.end is not None:
                last = first + len(segment.text)
                yield Piece(index, first, last, segment.start, segment.end, segment)


def utterances(call: Call) -> list[Utterance]:
    """Return what the people in a call say without a pause, by the time it begins."""
    said: dict[tuple[str, str], list[Utterance]] = {}
    for piece in sorted(pieces(call), key=lambda piece: piece.start):
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
