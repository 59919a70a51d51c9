"""Times that only tell in company how they are written: "3,100" below "0,250", "01/05/2024 14:00".

A comma is a decimal point if one of them can be nothing else, or if the table is cut by
semicolons, as spreadsheets do where commas are decimal points. Whether the day, the month or a
year of two digits goes first does not matter as long as a call does not last from one day to the
next; where it does, the order counts in which the call is no longer than a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan

from qa_checker import lazy_re
from qa_checker.readers.times import clock_time

DAY = 86_400.0
COMMAS = lazy_re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,[0-9]{1,6})?$")
DECIMAL = lazy_re.compile(r"0,|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,6})$|[0-9]{1,3}(?:\.[0-9]{3})+,")
SLASHES = lazy_re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2}),?\s+(\S.*)$")
Cells = Sequence[object]
Times = list[float | None]


def together(starts: Cells, ends: Cells, *, semicolons: bool) -> tuple[Times, Times] | None:
    """Return the seconds of two columns by what both of them tell, None if they tell nothing."""
    cells = [*starts, *ends]
    filled = [
        one.strip() if isinstance(one, str) else one for one in cells if one not in (None, "")
    ]
    texts = [one for one in filled if isinstance(one, str)]
    if len(texts) < len(filled) or not texts:
        return None
    read = _with_commas(texts, semicolons) or _dated(texts)
    if not read:
        return None
    known = dict(zip(texts, read, strict=True))
    times = [known[one.strip()] if isinstance(one, str) and one else None for one in cells]
    return times[: len(starts)], times[len(starts) :]


def _with_commas(texts: Sequence[str], semicolons: bool) -> list[float]:
    """Return numbers with decimal commas, nothing if commas may part thousands."""
    if not all(map(COMMAS.match, texts)):
        return []
    told = any(map(DECIMAL.match, texts)) or (semicolons and any("," in one for one in texts))
    return [float(one.replace(".", "").replace(",", ".")) for one in texts] if told else []


def _dated(texts: Sequence[str]) -> list[float]:
    """Return the seconds since 1970 of dates whose year comes last or has two digits.

    Nothing if it is in doubt what they are.
    """
    found = [SLASHES.match(one) for one in texts]
    parts = [one.groups() for one in found if one is not None]
    if len(parts) < len(texts):
        return []
    orders = [
        [_seconds(f"{_whole(year)}-{month}-{day} {clock}") for day, _, month, year, clock in parts],
        [_seconds(f"{_whole(year)}-{month}-{day} {clock}") for month, _, day, year, clock in parts],
    ]
    if all(len(year) == 2 for *_, year, _ in parts):
        turned = [f"20{year:0>2}-{month}-{day} {clock}" for year, _, month, day, clock in parts]
        orders.append(list(map(_seconds, turned)))
    good = [times for times in orders if not any(map(isnan, times))]
    short = [times for times in good if max(times) - min(times) <= DAY]
    if any(_from_first(one) != _from_first(short[0]) for one in short):
        return []
    return next(iter(short), [])


def _whole(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _seconds(text: str) -> float:
    time = clock_time(text)
    return nan if time is None else time


def _from_first(times: Sequence[float]) -> list[float]:
    return [round(time - times[0], 6) for time in times]
