"""Times that cannot be true are dropped, for the whole call, and the notes say why.

Nothing is repaired: text checks go on, timing checks answer "no timestamps".
Overlaps between two speakers are how people talk and stay as they are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from qa_checker.call import Segment

DAY = 86_400.0
LONG = 21_600.0
CLOCK = 3_600.0
SLOWEST = 0.02  # characters a second; below it milliseconds were taken for seconds


def sound(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Return the segments in order of time, or without times, and notes."""
    if all(segment.start is None and segment.end is None for segment in segments):
        return list(segments), []
    wrong = _mistakes(segments)
    if wrong:
        dropped = [replace(segment, start=None, end=None) for segment in segments]
        return dropped, [_note(wrong)]
    ends = [time for one in segments for time in (one.end, one.start) if time is not None]
    notes = [f"the call is {max(ends) / 3600:.1f} hours long"] if max(ends) > LONG else []
    if any(segment.start is None for segment in segments):
        return list(segments), notes
    return sorted(segments, key=lambda segment: segment.start or 0.0), notes


def _mistakes(segments: Sequence[Segment]) -> list[str]:
    found = []
    last: dict[tuple[str, str], float] = defaultdict(float)
    for number, segment in enumerate(segments, 1):
        reason = _mistake(segment, last[segment.role, segment.speaker])
        if reason:
            place = f"segment {number}" if segment.line is None else f"line {segment.line}"
            found.append(f"{place}: {reason}")
        elif segment.start is not None:
            last[segment.role, segment.speaker] = segment.start
    return found or _too_slow(segments)


def _mistake(segment: Segment, before: float) -> str:
    times = [time for time in (segment.start, segment.end) if time is not None]
    if any(math.isnan(time) for time in times):
        return "a time that cannot be read"
    if any(math.isinf(time) or time > DAY for time in times):
        return "a time beyond 24 hours (milliseconds? then name the column start_ms)"
    if any(time < 0 for time in times):
        return "a negative time"
    if len(times) == 2 and times[1] < times[0]:
        return "the end is before the start"
    if segment.start is not None and segment.start < before:
        return "earlier than what the same speaker said before"
    return ""


def _too_slow(segments: Sequence[Segment]) -> list[str]:
    paces = [
        len(one.text) / (one.end - one.start)
        for one in segments
        if one.start is not None and one.end is not None and one.end > one.start
    ]
    if len(paces) > 2 and median(paces) < SLOWEST:
        return ["all: far too slow for speech (milliseconds? then name the column start_ms)"]
    return []


def _note(wrong: Sequence[str]) -> str:
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return f"times left out: {'; '.join(wrong[:3])}{more}"


def from_zero(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Count clock times ("10:02:11") from the first one; times from zero stay as they are."""
    starts = [one.start for one in segments if one.start is not None and one.start == one.start]
    if not starts or starts[0] < CLOCK:
        return list(segments), []
    zero = starts[0]
    moved = [
        replace(
            one,
            start=None if one.start is None else round(one.start - zero, 6),
            end=None if one.end is None else round(one.end - zero, 6),
        )
        for one in segments
    ]
    return moved, ["times of day, counted from the first line"]
