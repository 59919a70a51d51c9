"""When everything is said: speaking speed, pauses, overlaps, nods, dead air."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from benchmarks.fragments import AGENT, CUSTOMER
from benchmarks.scenes import Rand

OVERLAPS = 0.1
"""Share of longer turns into which the other side cuts."""


def timed(
    rand: Rand,
    texts: Sequence[Sequence[str]],
    nods: Collection[int],
    silent: Collection[int],
    speed: float,
) -> Iterator[tuple[str, str, float, float]]:
    """Yield role, text, start and end in seconds of all segments of all turns.

    Counted in whole hundredths of a second: dividing them is quicker than rounding.
    """
    now, began = 50, 0
    each = 100 / speed
    for place, pieces in enumerate(texts):
        role = CUSTOMER if place % 2 else AGENT
        now += pause(rand, place in silent, now - began)
        began = now
        for text in pieces:
            end = now + max(40, int(len(text) * each * (0.85 + 0.35 * rand())))
            yield role, text, now / 100, end / 100
            now = end + 10 + int(80 * rand())
        if place in nods:
            began = 0


def pause(rand: Rand, silent: bool, spoken: int) -> int:
    """Return the hundredths before a turn; less than none if it cuts in."""
    if silent:
        return 600 + int(900 * rand())
    if spoken > 500 and rand() < OVERLAPS:
        return -100 - int(200 * rand())
    return 10 + int(70 * rand())
