"""Times that cannot be true are dropped, for the whole call, and the notes say why.

Nothing is repaired: text checks go on, timing checks answer "no timestamps". A unit that is
wrong is named, never converted (`units.py`). Overlaps between two speakers are how people
talk and stay as they are.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from msgspec.structs import replace

from qa_checker import lazy_re
from qa_checker.call import Segment, Who, who
from qa_checker.readers.units import beyond, by_gaps, finer, from_epoch

DAY, HALF_A_DAY = 86_400.0, 43_200.0
LONG = 21_600.0
CLOCK = 3_600.0
SINCE_1970, MILLISECONDS = 1e9, 1e11  # from here on, numbers of seconds are dates, or none
SLOWEST = 0.02  # characters a second; below it milliseconds were taken for seconds
HAN = lazy_re.compile("[\u3400-\u9fff]")
WORDS = lazy_re.compile("[A-Za-z]+(?:['’][a-z]+)?")  # among Han
LONG_HAN, LONG_WORDS = 10, 6  # what a segment must hold for its pace to tell anything
FASTEST_HAN, FASTEST_WORDS, SLOWEST_PACE = 15.0, 8.0, 0.2  # a second
BEYOND = 1.05  # times the declared duration; recognisers round up
SLACK = 2.0
UNIT = 10.0  # times the declared duration is a unit; less may be a part that one of them leaves out
FACTORS = {"minutes": 60.0, "milliseconds": 1e3, "microseconds": 1e6, "ticks of 100 ns": 1e7}
USUAL = 4.0  # Han or words a second
LONGER, SHORTER = " (is the unit ", " (seconds taken for "
LOOP, MOST_LOOPS = 4, 3
OF_DAY = "times of day, counted from the first line"
MIDNIGHT = "times pass midnight: counted on into the next day"


def sound(
    segments: Sequence[Segment], duration: float | None = None, *, slow: bool = False
) -> tuple[list[Segment], list[str]]:
    """Return the segments in order of time, or without times, and notes.

    `duration` is how long the call is by its metadata, in seconds; `slow` says that people
    may be slow, as in a chat.
    """
    if all(segment.start is None and segment.end is None for segment in segments):
        return list(segments), []
    segments, counted = from_epoch(segments)
    wrong = beyond(segments) or _mistakes(segments) or _unlikely(segments, duration)
    wrong = wrong or by_gaps(segments, slow=slow or bool(counted))
    if wrong:
        dropped = [replace(segment, start=None, end=None) for segment in segments]
        return dropped, [_note(wrong)]
    ends = [time for one in segments for time in (one.end, one.start) if time is not None]
    long = [f"the call is {max(ends) / 3600:.1f} hours long"] if max(ends) > LONG else []
    notes = [*counted, *long]
    if duration and max(ends) > duration * BEYOND + SLACK:
        notes.append(
            f"times doubtful: they end at {max(ends):g} s, "
            f"the call lasts {duration:g} s by its metadata"
        )
    if any(segment.start is None for segment in segments):
        return list(segments), notes
    return sorted(segments, key=lambda segment: segment.start or 0.0), notes


def _mistakes(segments: Sequence[Segment]) -> list[str]:
    found = []
    last: dict[Who, float] = defaultdict(float)
    for number, segment in enumerate(segments, 1):
        speaker = who(segment)
        reason = _mistake(segment, last[speaker])
        if reason:
            place = f"segment {number}" if segment.line is None else f"line {segment.line}"
            found.append(f"{place}: {reason}")
        elif segment.start is not None:
            last[speaker] = segment.start
    return found


def _mistake(segment: Segment, before: float) -> str:
    start, end = segment.start, segment.end
    if start is not None and end is not None and before <= start <= end <= DAY:
        return ""
    times = [time for time in (segment.start, segment.end) if time is not None]
    if any(math.isnan(time) for time in times):
        return "a time that cannot be read"
    if any(math.isinf(time) or time > DAY for time in times):
        return "a time beyond 24 hours"
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
    if len(paces) > 1 and median(paces) < SLOWEST:
        return ["all: far too slow for speech" + finer(segments, median(paces))]
    return []


def _unlikely(segments: Sequence[Segment], duration: float | None) -> list[str]:
    """Return what speaks against the unit of the times: duration, pace, one start for all."""
    starts = [one.start for one in segments if one.start is not None]
    last = max(time for one in segments for time in (one.start, one.end) if time is not None)
    if duration and last > duration * UNIT:
        told = f"all: they end at {last:g} s, the call lasts {duration:g} s by its metadata"
        return [told + _suspected(last / duration)]
    if len(starts) > 3 and Counter(starts).most_common(1)[0][1] * 2 > len(starts):
        return ["all: more than half of the segments start at the same time"]
    return _too_slow(segments) or _paced(segments)


def _paced(segments: Sequence[Segment]) -> list[str]:
    """Return what the pace of long segments says about the unit."""
    paces = [pace for one in segments if (pace := _pace(one)) is not None]
    if len(paces) < 3:
        return []
    middle, fast = median(pace for pace, _ in paces), median(share for _, share in paces)
    if fast > 1:
        return ["all: far too fast for speech" + _suspected(middle / USUAL, SHORTER)]
    if middle < SLOWEST_PACE:
        return ["all: far too slow for speech" + _suspected(USUAL / middle)]
    return []


def _pace(segment: Segment) -> tuple[float, float] | None:
    """Return Han or words a second of a long segment, and that as a share of the fastest."""
    if segment.start is None or segment.end is None or segment.end <= segment.start:
        return None
    if len(segment.text) < LONG_HAN:  # too short for as many Han, and for LONG_WORDS
        return None
    count, least, most = _length(segment.text)
    pace = count / (segment.end - segment.start)
    return (pace, pace / most) if count >= least else None


def _length(text: str) -> tuple[int, int, float]:
    """Return how many Han or words a text has, how many make it long, and the fastest pace."""
    han = 0 if text.isascii() else len(HAN.findall(text))
    words = len(text.split()) if not han else len(WORDS.findall(text))
    return (han, LONG_HAN, FASTEST_HAN) if han > words else (words, LONG_WORDS, FASTEST_WORDS)


def _suspected(ratio: float, question: str = LONGER) -> str:
    """Name the unit that would explain times wrong by a factor, if one comes near."""
    near = [unit for unit, factor in FACTORS.items() if 1 / 3 < ratio / factor < 3]
    return f"{question}{near[0]}?)" if near else ""


def too_slow(segments: Sequence[Segment]) -> bool:
    """Tell whether times are too far apart to be seconds of a call."""
    latest = max(time for one in segments for time in (one.start, one.end) if time is not None)
    return latest > LONG or bool(_too_slow(segments) or _paced(segments) or by_gaps(segments))


def loops(segments: Sequence[Segment]) -> list[str]:
    """Say if one sentence comes again and again in a row, as recognisers do over noise."""
    notes: list[str] = []
    before = 0
    for text, run in groupby(segments, key=lambda one: one.text):
        said = list(run)
        if len(said) >= LOOP and len(text) > 2 and len(notes) < MOST_LOOPS:
            place = f"segment {before + 1}" if said[0].line is None else f"line {said[0].line}"
            notes.append(f"{place}: the same words {len(said)} times in a row (did it loop?)")
        before += len(said)
    return notes


def _note(wrong: Sequence[str]) -> str:
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return f"times left out: {'; '.join(wrong[:3])}{more}"


def from_zero(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Count clock times ("10:02:11") from the first one; times from zero stay as they are.

    Dates have their own note, and what cannot be seconds stays for `sound`.
    """
    starts = [one.start for one in segments if one.start is not None and one.start == one.start]
    if starts and starts[0] >= SINCE_1970:
        return from_epoch(segments) if starts[0] < MILLISECONDS else (list(segments), [])
    if not starts or starts[0] < CLOCK:
        return list(segments), []
    zero = starts[0]
    moved = [
        replace(one, start=_after(one.start, zero), end=_after(one.end, zero)) for one in segments
    ]
    passed = any(start < zero - HALF_A_DAY for start in starts)
    return moved, [OF_DAY, *([MIDNIGHT] if passed else [])]


def _after(time: float | None, zero: float) -> float | None:
    """Return how long after a time of day another one is, on the next day if half a day before."""
    if time is None:
        return None
    return round(time - zero + (DAY if time < zero - HALF_A_DAY else 0.0), 6)
