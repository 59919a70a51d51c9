"""Times as people and exports write them, to seconds; anything doubtful is refused."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, time, timedelta

from qa_checker import lazy_re

NUMBER = lazy_re.compile(r"[0-9]{1,17}(?:\.[0-9]{1,9})?(?=\s*(?:s|secs?|seconds?|秒)?$)", re.I)
CLOCK = lazy_re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?$")
WORDS = lazy_re.compile(
    r"(?=[0-9])(?:([0-9]{1,3})(?:小时|时|h)\s*)?(?:([0-9]{1,4})(?:分钟|分|m|')\s*)?"
    r"(?:([0-9]{1,5}(?:\.[0-9]{1,6})?)(?:秒|s|\"))?$"
)
ISO = lazy_re.compile(
    r"PT(?=[0-9])(?:([0-9]{1,3})H)?(?:([0-9]{1,4})M)?(?:([0-9]{1,6}(?:\.[0-9]{1,9})?)S)?$"
)
DECIMAL = lazy_re.compile(r"([0-9]{1,9}),([0-9]{1,2})$")  # "1,234" may be thousands
THOUSANDTHS = lazy_re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)\s?(?:ms|毫秒)$")
HALF_DAY = 43_200.0
HALF = lazy_re.compile(r"\s?([AaPp])\.?[Mm]\.?$")
DATE = lazy_re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?[T\s]\s*"
    r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)(Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
SHORT = lazy_re.compile(  # without a year, or with it last or of two digits: see `days.py`
    r"(?P<one>[0-9]{1,2})(?P<mark>[-/.月])(?P<two>[0-9]{1,2})日?"
    r"(?:(?P=mark)(?P<three>[0-9]{4}|[0-9]{2}))?,?\s+(?P<clock>\S.{2,20})$"
)
PART = lazy_re.compile(r"(上午|凌晨|早上|下午|中午|傍晚|晚上)\s?")
LATER = ("下午", "中午", "傍晚", "晚上")
LARGEST = 1e17
PLACES = 6  # of a second: 119 s and 0.766 s are no 119.76599999999999 s


def seconds(text: str) -> float | None:
    """Return the seconds of "62.5", "12.5s", "1:02.5", "0:01:02,500", "1分02秒", "PT1.5S", "9ms".

    None for anything else.
    Python's own float() would take "1_0", "１２", "inf" and "-1"; none is a time.
    """
    text = text.strip()
    if not text:
        return None
    if (number := NUMBER.match(text)) is not None:
        return float(number[0])
    if (clock := CLOCK.match(text)) is not None:
        return _clock(clock)
    if (words := WORDS.match(text) or ISO.match(text)) is not None:
        hours, minutes, rest = (float(part or 0) for part in words.groups())
        return round(hours * 3600 + minutes * 60 + rest, PLACES)
    if (thousandths := THOUSANDTHS.match(text)) is not None:
        return round(float(thousandths[1]) / 1000, PLACES)
    return None


def _clock(match: re.Match[str]) -> float | None:
    hours, minutes, rest, fraction = match.groups()
    if int(rest) > 59 or (hours is not None and int(minutes) > 59):
        return None
    part = float(f"{rest}.{fraction or 0}")
    return round(int(hours or 0) * 3600 + int(minutes) * 60 + part, PLACES)


def moment(text: str) -> float | None:
    """Return the seconds since 1970 of a date with a time of day; None for anything else."""
    match = DATE.match(text.strip())
    if match is None:
        return None
    year, month, day, clock, zone = match.groups()
    try:
        date = datetime(int(year), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None
    of_day = seconds(clock if clock.count(":") == 2 else clock + ":00")
    return None if of_day is None else date.timestamp() + of_day - _offset(zone)


def _offset(zone: str | None) -> float:
    if not zone or zone == "Z":
        return 0.0
    size = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
    return -size if zone[0] == "-" else size


def value(raw: object) -> float | None:
    """Return the seconds of a number, text or spreadsheet time; None if empty, NaN if unreadable.

    NaN is how a reader says "there was a time, and it could not be read".
    """
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return _of_text(raw.strip())
    if isinstance(raw, bool):
        return math.nan
    if isinstance(raw, int | float):
        return float(raw) if abs(raw) < LARGEST else math.nan
    if isinstance(raw, datetime):
        return (raw if raw.tzinfo else raw.replace(tzinfo=UTC)).timestamp()
    if isinstance(raw, time):
        return raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6
    if isinstance(raw, timedelta):
        return raw.total_seconds()
    return math.nan


def _of_text(text: str) -> float | None:
    if not text:
        return None
    found = seconds(DECIMAL.sub(r"\1.\2", text))
    found = clock_time(text) if found is None else found
    return math.nan if found is None else found


def clock_time(text: str) -> float | None:
    """Return the seconds of a time or a date, "02:00:01 PM" and "下午2:00" too, or None."""
    half = HALF.search(text)
    plain = text[: half.start()] if half is not None else text
    part = PART.search(plain)
    plain = plain.replace(part[0], "", 1) if part is not None else plain
    told = half is not None or part is not None
    found = moment(plain)
    if found is None and ":" in plain:
        found = seconds(plain + ":00" if told and plain.count(":") == 1 else plain)
    if found is None or not told:
        return found
    hour = found // 3600 % 24
    later = half[1] in "Pp" if half is not None else part is not None and part[1] in LATER
    return found + HALF_DAY * ((later and hour < 12) - (not later and hour == 12))
