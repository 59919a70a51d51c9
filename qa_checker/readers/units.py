"""Which unit times are in, by their size and by the pace of what is said between them.

Numbers so large that they can only count from 1970 are counted from the first instead; a
unit that is wrong is named, so that the times can be left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from qa_checker.call import Segment

EPOCHS = {1e9: 1.0, 1e11: 1e-3, 1e14: 1e-6}  # seconds of one, from this number on
FINER = {"milliseconds": 1e3, "microseconds": 1e6, "ticks of 100 ns": 1e7}
HAN_PACE, LATIN_PACE = 4.0, 12.0  # usual characters a second
SLOWER, FASTER = 300.0, 50.0  # times: further off is no way to talk
SLOWEST, FASTEST = 0.2, 25.0  # characters a second, of a whole call
FEW_GAPS, LONG_SPAN = 3, 3_600.0
DAY = 86_400.0
BY_PACE = "times are whole numbers at the pace of speech only as milliseconds: read so"
SINCE_1970 = {
    1.0: "dates and times, counted from the first line",
    1e-3: "times are milliseconds since 1970, counted from the first line",
    1e-6: "times are microseconds since 1970, counted from the first line",
}


def from_epoch(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Count times since 1970, in seconds, milliseconds or microseconds, from the first one."""
    starts = [one.start for one in segments if one.start is not None]
    if not starts or not all(start >= min(EPOCHS) for start in starts):
        return list(segments), []
    zero = min(starts)
    unit = next(size for least, size in reversed(EPOCHS.items()) if zero >= least)
    moved = [
        replace(one, start=_after(one.start, zero, unit), end=_after(one.end, zero, unit))
        for one in segments
    ]
    return moved, [SINCE_1970[unit]]


def counted_from_1970(notes: Sequence[str]) -> bool:
    """Tell whether notes say that times were dates: however slow, their unit is known."""
    return not set(notes).isdisjoint(SINCE_1970.values())


def unit_told(notes: Sequence[str], unit: str) -> str:
    """Return the unit of times that notes tell, else the one given."""
    if not notes:
        return unit
    told = dict(zip(SINCE_1970.values(), ("dates", "milliseconds", "microseconds"), strict=True))
    return next((told[note] for note in notes if note in told), unit)


def in_milliseconds(starts: Sequence[float], texts: Sequence[str]) -> bool:
    """Tell whether times give the pace of speech only as milliseconds, not as seconds."""
    said, long = sum(map(len, texts[:-1])), starts[-1] - starts[0]
    return said < SLOWEST * long and said <= FASTEST * long / 1000


def beyond(segments: Sequence[Segment]) -> list[str]:
    """Say if most starts lie beyond a day, and which unit that would explain."""
    starts = [one.start for one in segments if one.start is not None]
    if sum(start > DAY for start in starts) * 2 <= len(starts):
        return []
    pace = _gap_pace(segments)
    return ["all: beyond 24 hours" + (finer(segments, pace) if pace else "")]


def by_gaps(segments: Sequence[Segment], *, slow: bool = False) -> list[str]:
    """Return what the pace between consecutive starts says about the unit, where ends lack.

    `slow` is True where people may be slow: in a chat, or where the unit is known.
    """
    pace = _gap_pace(segments) if any(one.end is None for one in segments) else None
    if pace is None:
        return []
    usual = _usual(segments)
    if pace > usual * FASTER:
        unit = f" (seconds taken for {_nearest(pace / usual)}?)"
        return ["all: far too fast for speech" + unit]
    starts = [one.start for one in segments if one.start is not None]
    if slow or pace * SLOWER > usual or max(starts) - min(starts) < LONG_SPAN:
        return []
    return ["all: far too slow for speech" + finer(segments, pace)]


def finer(segments: Sequence[Segment], pace: float) -> str:
    """Name the unit that would make a pace (characters a second) usual, and what to do."""
    return f" (is the unit {_nearest(_usual(segments) / pace)}? a mapping file can say so)"


def _after(time: float | None, zero: float, unit: float) -> float | None:
    return None if time is None else round((time - zero) * unit, 6)


def _gap_pace(segments: Sequence[Segment]) -> float | None:
    """Return the median of characters a second from one start to the next; None if too few."""
    known = [(one.start, len(one.text)) for one in segments if one.start is not None]
    gaps = [(size, after - before) for (before, size), (after, _) in pairwise(sorted(known))]
    paces = [size / gap for size, gap in gaps if gap > 0]
    return median(paces) if len(paces) >= FEW_GAPS else None


def _usual(segments: Sequence[Segment]) -> float:
    latin = sum(one.text.isascii() for one in segments) * 2 > len(segments)
    return LATIN_PACE if latin else HAN_PACE


def _nearest(ratio: float) -> str:
    return min(FINER, key=lambda unit: abs(math.log(ratio / FINER[unit])))
