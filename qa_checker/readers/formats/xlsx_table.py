"""Excel workbooks (.xlsx), one row a turn or a call, on any number of sheets.

Headers as in CSV, within the first 20 rows of a sheet. Empty role and call-id cells take
the value above (merged cells). Without an id column each sheet is a call; a call on several
sheets is joined where its times allow it (`sheets.py`). Read-only, with
caps on parts, expanded bytes, rows and columns, and never without defusedxml.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.files.archives import inflated, is_zip, opened
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.blocks import table_of
from qa_checker.readers.tabular.rows import calls
from qa_checker.readers.tabular.sheets import over_sheets
from qa_checker.readers.tabular.tables import Row, Table

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE = "Excel workbook"
UNIT = "column"
MOST_PARTS = 1_000
MOST_EXPANDED = 100 * 1024 * 1024
MOST_COLUMNS = 256
MOST_BLANK = 100_000
MOST_CELLS = 20_000_000
Cells = tuple[object, ...]
EXACT = 2**53
BROKEN = "a broken workbook"
HIDDEN = lazy_re.compile(rb'<row [^>]*\bhidden="(?:1|true)"')
HELP = "open it in Excel and save it again as .xlsx"


def sniff(source: Source, options: Options) -> float:
    """Return 1 for a zip: only workbooks come this far unpacked."""
    return 1.0 if is_zip(source.data) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls of every sheet that has a text column. Raises Refusal if none has."""
    with catch_warnings():
        simplefilter("ignore")  # openpyxl warns on stderr about styles nobody asks for
        results = list(_read(source, options))
    yield from results


def _read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    formulas, hidden = _check(source)
    book = _open(source, data_only=True)
    typed = _open(source, data_only=False) if formulas else None
    if (book.properties.creator or "").startswith("qa_checker"):
        raise Refusal("a workbook written by qa_checker, not a transcript", "leave it out")
    if not book.worksheets:
        raise Refusal("a workbook without sheets (strict OOXML?)", HELP)
    good, refusals = [], []
    for sheet in book.worksheets:
        rows, notes = _rows(sheet, typed[sheet.title] if typed else None)
        try:
            good.append((sheet.title, table_of(rows, options), notes))
        except Refusal as refusal:
            refusals.append((sheet.title, refusal))
    if not good:
        raise refusals[0][1]
    skipped = [f"sheet {title!r} has no text column" for title, _ in refusals]
    if hidden:
        skipped.append(f"{hidden} hidden rows of the workbook were read as well")
    yield from over_sheets(
        (title, _told(result, [*notes, *skipped]))
        for title, found, notes in good
        for result in _of_sheet(title, found, source, options, alone=len(good) == 1)
    )


def _of_sheet(
    title: str, found: Table, source: Source, options: Options, *, alone: bool
) -> Iterator[Call | SetAside]:
    default = source.stem if alone else f"{source.stem}-{title}"
    return calls(found, options, source.name, default=default, fill=True)


def first_sheet(source: Source) -> list[Row]:
    """Return the rows of a workbook's first sheet. Raises Refusal."""
    _check(source)
    with catch_warnings():
        simplefilter("ignore")
        book = _open(source, data_only=True)
        return _rows(book.worksheets[0], None)[0] if book.worksheets else []


def _told(result: Call | SetAside, notes: list[str]) -> Call | SetAside:
    if isinstance(result, SetAside):
        return result
    return replace(result, notes=(*result.notes, *notes))


def _check(source: Source) -> tuple[bool, int]:
    """Inflate every part under the caps; return if a sheet has formulas, and its hidden rows."""
    archive = opened(source.data)
    if len(archive.infolist()) > MOST_PARTS:
        raise Refusal(f"a workbook of more than {MOST_PARTS} parts", HELP)
    budget = MOST_EXPANDED
    formulas, hidden = False, 0
    for info in archive.infolist():
        data = inflated(archive, info, budget)
        budget -= len(data)
        sheet = info.filename.startswith("xl/worksheets/")
        formulas = formulas or (sheet and (b"<f>" in data or b"<f " in data))
        hidden += len(HIDDEN.findall(data)) if sheet else 0
    return formulas, hidden


def _open(source: Source, *, data_only: bool) -> Workbook:
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks from others cannot be read safely")
    try:
        return openpyxl.load_workbook(
            io.BytesIO(source.data), read_only=True, data_only=data_only, keep_links=False
        )
    except Exception as error:  # openpyxl raises whatever the broken XML made it raise
        raise Refusal(BROKEN, HELP) from error


def _rows(sheet: Any, typed: Any) -> tuple[list[Row], list[str]]:
    """Return the rows that hold anything, and notes on what cells hid."""
    notes: dict[str, int] = {}
    try:
        shown = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        below = typed.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True) if typed else ()
        pairs = enumerate(zip_longest(shown, below, fillvalue=()), 1)
        rows = list(_filled(pairs, notes))
    except Refusal:
        raise
    except Exception as error:  # as above: rows are parsed while they are read
        raise Refusal(BROKEN, HELP) from error
    if sum(len(row.cells) for row in rows) > MOST_CELLS:
        raise Refusal(f"a sheet of more than {MOST_CELLS} cells", "split it")
    return rows, [f"{count} {what}" for what, count in sorted(notes.items())]


def _filled(
    pairs: Iterable[tuple[int, tuple[Cells, Cells]]], notes: dict[str, int]
) -> Iterator[Row]:
    last = 0
    for number, (cells, typed) in pairs:
        if any(cell is not None for cell in cells) or any(cell is not None for cell in typed):
            last = number
            yield _row(number, cells, typed, notes)
        elif number - last > MOST_BLANK:
            raise Refusal(f"a sheet with {MOST_BLANK} blank rows in a row", "delete the blank rows")


def _row(number: int, cells: Cells, typed: Cells, notes: dict[str, int]) -> Row:
    if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS] is not None:
        raise Refusal(f"a sheet of more than {MOST_COLUMNS} columns", "keep the columns needed")
    read = [_value(one, two, notes) for one, two in zip_longest(cells, typed)]
    while read and read[-1] is None:
        read.pop()
    return Row(number, read)


def _value(cell: object, typed: object, notes: dict[str, int]) -> object:
    """Decode Excel's _x000D_, fall back to a formula's text, and notice rounded numbers."""
    if cell is None and isinstance(typed, str) and typed.startswith("="):
        what = "cells hold a formula without a result: its text was read"
        notes[what] = notes.get(what, 0) + 1
        cell = typed
    if isinstance(cell, str) and "_x" in cell:
        from openpyxl.utils.escape import unescape

        return unescape(cell)
    if isinstance(cell, int | float) and abs(cell) > EXACT:
        what = "numbers are too long for Excel and were rounded there: keep ids as text"
        notes[what] = notes.get(what, 0) + 1
        return str(cell) if isinstance(cell, int) else f"{cell:.0f}"
    return cell
