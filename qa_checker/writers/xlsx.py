"""An Excel workbook, a row a segment, with the columns of the CSV; text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qa_checker.call import Call
from qa_checker.reports.cells import Cell, number, text
from qa_checker.reports.sheet import Column, Sheet
from qa_checker.reports.workbook import save
from qa_checker.writers._rows import COLUMNS, Value, rows

SUFFIX, MANY = ".xlsx", True
LOSES = ("metadata", "remarks")
WIDTHS = {"text": 80.0, "call_id": 24.0, "started_at": 22.0}


def write(calls: Iterable[Call], path: Path) -> None:
    """Write the workbook."""
    columns = [Column(name, WIDTHS.get(name, 12.0)) for name in COLUMNS]
    listed = ([cell(value) for value in row] for row in rows(calls))
    save(path, [Sheet("calls", columns, listed, frozen=1)], "zh")


def cell(value: Value) -> Cell:
    """Return a cell: text as text, whatever it begins with."""
    return text(value) if isinstance(value, str) else number(value)
