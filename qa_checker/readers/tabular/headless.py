"""A table without a header: what its columns are is told by what stands in them.

    SPEAKER_00,"Thank you for calling, how may I help you?",0.34,2.1
    SPEAKER_01,I want a refund.,2.5,4.1

One column holds nothing but role words or numbered speakers, one holds words; numbers that go up
are when somebody began, and when he ended. Anything less sure is no such table.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa_checker import lazy_re
from qa_checker.readers.tabular.tables import Row, text
from qa_checker.readers.times import clock_time, seconds
from qa_checker.readers.written.labels import is_speaker

HEADLESS = "the table has no header: its columns are told by what stands in them"
LEAST = 3  # rows; two may be a header and its row, unless both have times
ENOUGH = 0.5  # of the cells of a column of words are more than a name
LETTERS = lazy_re.compile(r"[^\W\d_]")
WORDS = lazy_re.compile(r"[^\W\d_]+[^\w]+[^\W\d_]|[\u4e00-\u9fff]{3}")


def names_of(rows: Sequence[Row]) -> list[str]:
    """Return the field of each column, "" for one that is none of ours; nothing if not sure."""
    rows = [row for row in rows if any(text(cell).strip() for cell in row.cells)]
    if len(rows) < LEAST - 1 or len({len(row.cells) for row in rows}) != 1:
        return []
    columns = [[text(row.cells[n]).strip() for row in rows] for n in range(len(rows[0].cells))]
    kinds = [_kind(cells) for cells in columns]
    timed = [cells for cells, kind in zip(columns, kinds, strict=True) if kind == "time"]
    if len(rows) < LEAST and not timed:
        return []
    if timed and "text" not in kinds and kinds.count("") == 1:
        place = kinds.index("")
        kinds[place] = "text" if all(map(LETTERS.search, columns[place])) else ""
    if kinds.count("role") != 1 or kinds.count("text") != 1 or not _are_spans(timed):
        return []
    left = iter(("start", "end"))
    return [next(left) if kind == "time" else kind for kind in kinds]


def _kind(cells: Sequence[str]) -> str:
    if all(map(is_speaker, cells)):
        return "role" if len(set(cells)) > 1 else ""
    times = [_time(cell) for cell in cells]
    if all(time is not None for time in times):
        return "turn" if _are_counted(cells) else "time"
    worded = sum(map(bool, map(WORDS.search, cells))) >= ENOUGH * len(cells)
    return "text" if worded else ""


def _time(cell: str) -> float | None:
    found = seconds(cell)
    return clock_time(cell) if found is None else found


def _are_counted(cells: Sequence[str]) -> bool:
    """Tell whether cells are the numbers of rows: 1, 2, 3."""
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    return len(numbers) == len(cells) and all(b - a == 1 for a, b in pairwise(numbers))


def _are_spans(timed: Sequence[Sequence[str]]) -> bool:
    """Tell whether no column of times, one that goes up, or one and the ends of its turns."""
    columns = [[_time(cell) or 0.0 for cell in cells] for cells in timed]
    if not columns:
        return True
    rising = all(before <= after for before, after in pairwise(columns[0]))
    ended = all(start <= end for start, end in zip(columns[0], columns[-1], strict=True))
    return len(columns) <= 2 and rising and ended
