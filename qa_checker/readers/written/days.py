"""Days as people write them short: "26/11/23 10:02", "23.11.26 10:02", "11/23 10:02", 11月23日.

Which number is the day, the month or the year is told by what makes a day of it, goes on and
makes the conversation shortest. Where more than one reading is left, the times between the lines
stand, and the date is left out with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from operator import ne

from qa_checker import lazy_re
from qa_checker.readers.times import SHORT, clock_time
from qa_checker.readers.written.lines import Line

ORDERS = ((2, 1, 0), (2, 0, 1), (0, 1, 2))  # where year, month and day are
OLDEST = 2010  # no transcript is older
WITHOUT_SECONDS = lazy_re.compile(r"(?<![0-9:])([0-9]{1,2}:[0-9]{2})(?![0-9:])")
LATE = 1_577_836_800  # 2020, in seconds since 1970
LEAP = 2024  # stands for the year that nobody wrote
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = lazy_re.compile(
    r"(?P<open>[\[(]?)(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s)?"
    rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?\s(?P<day>[0-9]{{1,2}}),?\s(?:(?P<year>[0-9]{{4}}),?\s)?"
    r"(?:at\s)?(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]m\b)?)(?:\s(?P<last>[0-9]{4}))?"
    r"(?P<close>[\])]?)(?:\s-)?\s",
    re.IGNORECASE,
)
ALONE = lazy_re.compile(
    r"[-—–=*#\s]{0,20}(?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}月[0-9]{1,2}日)"
    r"[\s,，]{0,3}(?:[(（]?(?:星期|週|周)?[一二三四五六日天][)）]?)?[-—–=*#\s]{0,20}$"
)
HEAD = 60  # characters of a line with its time
MORNING, MINUTES = 6 * 60, 24 * 60  # of a day; from 6:00 on, for a recording begins with 0:00
HOURS = "times without seconds below a date: read as hours and minutes"
DOUBT = "the date {} can be read in more than one way: times are counted, the date is left out"


def dated(parts: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Return lines with short days turned into dates, and a note if more than one is possible."""
    short = [part.date for part in parts if part.date and SHORT.match(part.date)]
    if not short:
        return list(parts), []
    found = [times for order in ORDERS if (times := _read(short, order)) is not None]
    if not found:
        return [replace(part, date="") if part.date in short else part for part in parts], []
    best = min(found, key=lambda times: times[-1] - times[0])
    known = dict(zip(short, best, strict=True))
    yearless = SHORT.match(short[0])["three"] is None  # type: ignore[index]
    sure = not yearless and len({times[0] for times in found}) == 1
    told = [] if sure or yearless else [DOUBT.format(f'"{short[0]}"')]
    return [_dated(part, known, sure=sure) for part in parts], told


def by_minutes(parts: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Return lines with "10:02" as hours and minutes where a day stands alone above them."""
    timed = [part for part in parts if part.start is not None]
    above = list(takewhile(lambda part: part.start is None, parts))
    if (
        not timed
        or not any(ALONE.match(part.whole) for part in above)
        or any(part.date or not WITHOUT_SECONDS.search(part.whole[:HEAD]) for part in timed)
    ):
        return list(parts), []
    first, latest = timed[0].start or 0.0, max(part.start or 0.0 for part in timed)
    if not MORNING <= first <= latest < MINUTES:
        return list(parts), []
    return [_by_minutes(part) for part in parts], [HOURS]


def _by_minutes(part: Line) -> Line:
    start, end = (None if one is None else one * 60 for one in (part.start, part.end))
    return replace(part, start=start, end=end)


def spelled_out(rows: Sequence[str]) -> list[str]:
    """Return rows most of which begin with a day in words with its numbers in its place.

    "Nov 23, 2026 10:02 AM - " and "Mon Nov 23 10:02:01 2026 " are such; one row alone is said.
    """
    found = [_spelled_out(row) for row in rows]
    changed = sum(map(ne, rows, found))
    many = changed > 1 and changed * 2 >= sum(bool(row.strip()) for row in rows)
    return found if many else list(rows)


def _spelled_out(line: str) -> str:
    match = MONTH.match(line)
    if match is None or not (match["year"] or match["last"]):
        return line
    month = MONTHS.index(match["month"].lower()) + 1
    date = f"{match['year'] or match['last']}-{month:02}-{int(match['day']):02}"
    return f"{match['open']}{date} {match['clock'].strip()}{match['close']} {line[match.end() :]}"


def _dated(part: Line, known: dict[str, float], *, sure: bool) -> Line:
    if part.date not in known or part.start is None:
        return part
    start = known[part.date]
    end = None if part.end is None else start + max(part.end - part.start, 0.0)
    date = datetime.fromtimestamp(start, UTC).isoformat(" ").removesuffix("+00:00")
    return replace(part, start=start, end=end, date=date if sure else "")


def in_doubt(dates: Sequence[str]) -> bool:
    """Tell whether days of a chat may begin with their year, of two digits, as well as end with it.

    Messengers write the year last, or all of it: only a year of late makes a doubt.
    """
    short = [f"{one} 00:00:00" for one in dates if SHORT.match(f"{one} 00:00:00")]
    if len(short) < len(dates) or not short or any(len(one) > 17 for one in short):
        return False
    found = [_read(short, order) for order in ORDERS]
    spans = [times[-1] - times[0] for times in found if times is not None]
    first, last = found[-1], found[:-1]
    if first is None or not any(last) or first[0] < LATE:
        return False
    return first[-1] - first[0] == min(spans)


def _read(short: Sequence[str], order: Sequence[int]) -> list[float] | None:
    """Return the seconds since 1970 in one order; None if one is no day, or they go back."""
    times = [_seconds(one, order) for one in short]
    known = [time for time in times if time is not None]
    return known if len(known) == len(times) and known == sorted(known) else None


def _seconds(short: str, order: Sequence[int]) -> float | None:
    match = SHORT.match(short)
    clock = of_day(match["clock"]) if match is not None else None
    if match is None or clock is None:
        return None
    numbers = [match["one"], match["two"], match["three"] or str(LEAP)]
    if not match["three"]:
        order = (2, 0, 1) if order == (2, 0, 1) else ()  # month and day, as in 11/23
    elif len(numbers[2]) == 4 and order == (0, 1, 2):
        return None
    return _since_1970([int(numbers[place]) for place in order], clock)


def of_day(text: str) -> float | None:
    """Return the seconds of a time of day; "10:02" beside a date is no ten minutes."""
    return clock_time(WITHOUT_SECONDS.sub(r"\1:00", text))


def _since_1970(day: Sequence[int], clock: float) -> float | None:
    try:
        year, month, number = day
        date = datetime(year + 2000 * (year < 100), month, number, tzinfo=UTC)
    except ValueError:
        return None
    return date.timestamp() + clock if date.year >= OLDEST else None
