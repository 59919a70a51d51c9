"""How times are written in a line: a clock, a day with it, seconds, from and to, in brackets."""

from __future__ import annotations

import math
import re

from qa_checker import lazy_re
from qa_checker.readers.times import SHORT, clock_time, seconds

DAY = (
    r"(?<![0-9])(?<![0-9][-/.])(?:[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
    r"|[0-9]{1,2}(?:/[0-9]{1,2}/|-[0-9]{1,2}-|\.[0-9]{1,2}\.)(?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}(?:/[0-9]{1,2}|-[0-9]{1,2}|月[0-9]{1,2}日)),?"
)
HMS = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,6})?(?![0-9]|:[0-9])"
ZONE = r"(?:Z(?![A-Za-z])|[+-][0-9]{2}:?[0-9]{2}(?![0-9:]))?"
HALF = r"(?:\s?[AaPp][Mm]\b)?"
PART = r"(?:(?:上午|下午|凌晨|早上|中午|傍晚|晚上)\s?)?"
CLOCK = rf"(?:{DAY}T\s?{HMS}{ZONE}|(?:{DAY} \s?)?{PART}{HMS}{HALF})"
SPELLED = r"[0-9]{1,3}分(?:[0-9]{1,2}秒)?|[0-9]{1,3}m(?:\s?[0-9]{1,2}s)?"
TIME = rf"(?:{CLOCK}|{SPELLED}|[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?\s?(?:s(?:ec(?:ond)?s?)?)?)"
TO = r"\s*(?:-->|--|[-–—~～至])\s*"
BRACKET = lazy_re.compile(rf"[\[(（【<]\s*({TIME})(?:{TO}({TIME}))?\s*[\])）】>]\s*")
TIMED = lazy_re.compile(rf"(?![0-9]+$){TIME}(?:{TO}{TIME})?")
BARE = lazy_re.compile(rf"({CLOCK})(?:{TO}({CLOCK}))?(?=[\s\[【<（(]|$)\s*")
SPAN = r"(?P<{}>[0-9]{{1,6}}\.[0-9]{{1,6}}|[0-9]{{1,6}}(?=s))s?"
STAMP = (
    rf"(?:[\[(（【]\s?(?P<at>{TIME})(?:{TO}(?P<to>{TIME}))?\s?[\])）】]"
    rf"|(?P<clock>{CLOCK})(?:{TO}(?P<until>{CLOCK}))?"
    rf"|{SPAN.format('since')}{TO}{SPAN.format('till')})"
)
BARRED = lazy_re.compile(rf"({CLOCK})(?:{TO}({CLOCK}))?\s?[|｜]\s?")
RANGE = lazy_re.compile(rf"{SPAN.format('one')}{TO}{SPAN.format('two')}\s+")


def is_time(match: re.Match[str]) -> bool:
    """A lone number in brackets may count lines; "3.0", "3s" and "0-3" are times."""
    if match[2] is not None or ":" in match[1] or "." in match[1] or match[1][-1] in "sm分秒":
        return not any(math.isnan(seconds_at(one) or 0.0) for one in match.groups()[:2])
    return False


def seconds_at(text: str | None) -> float | None:
    """Return the seconds of a time as a line has it; of its day only the time, if it is short."""
    if not text:
        return None
    short = SHORT.match(text)
    found = clock_time(short["clock"] if short is not None else text)
    found = seconds(text) if found is None else found
    return math.nan if found is None else found
