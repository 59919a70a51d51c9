"""When everything is said: speaking speed, pauses, overlaps, nods, dead air."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from random import Random

from benchmarks.fragments import AGENT, CUSTOMER
from qa_checker.call import Segment

OVERLAPS = 0.1
"""Share of turns that begin before the other side has ended."""


def timed(
    random: Random,
    texts: Sequence[Sequence[str]],
    nods: Collection[int],
    silent: Collection[int],
    speed: float,
) -> Iterator[Segment]:
    """Yield the segments of all turns with their times in seconds."""
    now, began = 0.5, 0.0
    for place, pieces in enumerate(texts):
        role = CUSTOMER if place % 2 else AGENT
        now += pause(random, place in silent, now - began)
        began = now
        for text in pieces:
            end = now + max(0.4, len(text) / speed * random.uniform(0.85, 1.2))
            yield Segment(role, text, start=round(now, 2), end=round(end, 2))
            now = end + random.uniform(0.1, 0.9)
        if place in nods:
            began = 0.0


def pause(random: Random, silent: bool, spoken: float) -> float:
    """Return the seconds before a turn; less than none if it cuts in."""
    if silent:
        return random.uniform(6.0, 15.0)
    if spoken > 5 and random.random() < OVERLAPS:
        return -random.uniform(1.0, 3.0)
    return random.uniform(0.1, 0.8)
