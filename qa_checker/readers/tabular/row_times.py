"""The times of rows in seconds, also where only all of them tell the unit.

Fractions of a day, dates of a spreadsheet and milliseconds in a column that says nothing of it
are told by the pace of what is said; a remark names each.
"""

from __future__ import annotations

from operator import ne

from qa_checker.call import Columns
from qa_checker.readers.finishing.soundness import too_slow
from qa_checker.readers.source import Options
from qa_checker.readers.tabular.grid import Grid
from qa_checker.readers.tabular.tables import HEAD_ROWS, Table, text
from qa_checker.readers.together import Times, together
from qa_checker.readers.units import BY_PACE, in_milliseconds

DAY = 86_400.0
HALF_A_DAY = 0.5  # of a day: no call is so long
LATE, SINCE_1970 = 1_000.0, 1e9  # no shorter call is taken for one in milliseconds; dates
SERIALS = 30_000.0, 60_000.0  # days since 1900, as a spreadsheet counts those of 1982 to 2064
FASTEST = 100.0  # characters a second; beyond it fractions of a day were taken for seconds


def both_times(cells: Grid, found: Table, options: Options) -> tuple[Times, Times]:
    """Return the starts and the ends of rows as seconds, None if empty, NaN if unreadable."""
    starts, ends = (_times(cells, found, field, options) for field in ("start", "end"))
    if options.mapping is not None or not (_unread(starts) or _unread(ends)):
        return starts, ends
    known = together(cells.cells("start"), cells.cells("end"), semicolons=found.mark == ";")
    return known or (starts, ends)


def _unread(times: Times) -> bool:
    return any(map(ne, times, times))  # only NaN is not itself


def _times(cells: Grid, found: Table, field: str, options: Options) -> Times:
    if options.mapping is not None and options.mapping.unit and field in options.columns:
        return [options.mapping.seconds(cell) for cell in cells.cells(field)]
    if f"{field}_ms" in found.fields:
        milliseconds = cells.times(f"{field}_ms")
        return [None if one is None else one / 1000 for one in milliseconds]
    return cells.times(field)


def is_clock(cells: Grid) -> bool:
    """Tell whether times are of a day, and may have to be counted from the first."""
    return any(":" in text(cell) for cell in cells.cells("start")[:HEAD_ROWS])


def in_seconds(said: Columns, cells: Grid, notes: list[str]) -> tuple[Columns, list[str]]:
    """Return what is said with times in the unit that fits its pace, and notes."""
    if "start" not in cells.fields:
        return said, notes
    return _from_milliseconds(*_from_days(said, notes), cells)


def _from_days(said: Columns, notes: list[str]) -> tuple[Columns, list[str]]:
    """Times of a spreadsheet may be fractions of a day: 0.0022 is 3 minutes 10.

    With days before the point they are dates, counted from the first.
    """
    latest = said.starts[-1] or 0.0  # what is too late here is so at its latest, too
    if latest >= HALF_A_DAY and not SERIALS[0] < latest < SERIALS[1]:
        return said, notes
    both = zip(said.starts, said.ends, strict=True)
    times = [time for pair in both for time in pair if time is not None]
    if len(times) < 2:
        return said, notes
    first = min(times) if min(times) > SERIALS[0] else 0.0
    if not 0 < max(times) - first < HALF_A_DAY:
        return said, notes
    if sum(map(len, said.texts)) < FASTEST * (max(times) - min(times)):
        return said, notes
    starts, ends = ([_days(one, first) for one in column] for column in (said.starts, said.ends))
    dated = "times were dates in days, as spreadsheets keep them"
    told = [*notes, dated if first else "times were fractions of a day, as spreadsheets keep them"]
    return said._replace(starts=starts, ends=ends), told


def _from_milliseconds(said: Columns, notes: list[str], cells: Grid) -> tuple[Columns, list[str]]:
    """Whole numbers may be milliseconds: far too slow for speech as seconds, but not so.

    Dates since 1970 have units of their own.
    """
    starts = [one for one in said.starts if one is not None]
    if not LATE <= (said.starts[-1] or 0.0) < SINCE_1970 or len(starts) < max(2, len(said.starts)):
        return said, notes
    if not _whole(cells) or not in_milliseconds(starts, said.texts):
        return said, notes
    if not too_slow(said.segments()):
        return said, notes
    seconds, ends = (list(map(_thousandth, column)) for column in (said.starts, said.ends))
    return said._replace(starts=seconds, ends=ends), [*notes, BY_PACE]


def _whole(cells: Grid) -> bool:
    """Tell whether all times are written as whole numbers."""
    written = [text(cell).strip() for field in ("start", "end") for cell in cells.cells(field)]
    return all(one.isdecimal() for one in written if one)


def _thousandth(time: float | None) -> float | None:
    return None if time is None else round(time / 1000, 3)


def _days(time: float | None, first: float) -> float | None:
    return None if time is None else round((time - first) * DAY, 3)
