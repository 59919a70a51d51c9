"""What has become of a workbook since it was written: what of it is gone.

People write verdicts and notes, sort, and save with other programs; that takes nothing away.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.reviewed import columns_of_people

DIGITS = 12  # of a number that every program keeps


def gone(now: Path, then: Path) -> dict[str, int]:
    """Return how many rows of each sheet are not there any more; what is for people is left out.

    Rows may have been sorted, and more may have been written below or beside them. Raises what
    openpyxl raises where `now` is no workbook.
    """
    with now.open("rb") as new, then.open("rb") as old, catch_warnings():
        simplefilter("ignore")  # of styles that no one asks for
        present, past = (load_workbook(file, read_only=True) for file in (new, old))
        found = {}
        for sheet in past.worksheets:
            before, width = rows(sheet)
            there = sheet.title in present.sheetnames
            after = rows(present[sheet.title], width)[0] if there else Counter[int]()
            found[sheet.title] = (before - after).total()
        return {title: count for title, count in found.items() if count}


def rows(sheet: Worksheet, width: int = 0) -> tuple[Counter[int], int]:
    """Return the rows of a sheet by their hashes, and the cells of the longest.

    Of longer rows than `width`, if it is given, only so many cells count.
    """
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a program wrote down may be too small
    found, longest = Counter[int](), 0
    columns: list[int] = []
    for row in sheet.iter_rows(values_only=True):
        named = [] if columns else columns_of_people(row)
        columns = named if len(named) == 2 else columns
        cells = [None if n in columns else same(cell) for n, cell in enumerate(row)]
        cells = cells[:width] if width else cells
        while cells and cells[-1] is None:
            cells.pop()
        found[hash(tuple(cells))] += 1
        longest = max(longest, len(cells))
    return found, longest


def same(value: object) -> object:
    """Return a value as every program leaves it: a formula as such, a number to twelve digits."""
    if isinstance(value, int | float):
        return float(f"{value:.{DIGITS}g}")
    said = "" if value is None else str(value).strip()
    return "=" if said.startswith("=") else said or None
