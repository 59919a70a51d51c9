"""Write rule files as a workbook that people can edit: drop-downs, wide cells, no formulas.

The files themselves lie in a hidden sheet, so that a change can be told from what was there.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.exchange.rulebook.fields import COMMENTS, FILE, SHEETS, SHEETS_OF, Field, head_of
from qa_checker.exchange.rulebook.files import RuleFile
from qa_checker.exchange.rulebook.rows import Row, kind_of
from qa_checker.problem import BadInput
from qa_checker.reports.cells import LIMIT, clean, units
from qa_checker.reports.heights import HIGHEST, lines
from qa_checker.reports.workbook import EPOCH, undated

HIDDEN = "_files"
PIECE = 30_000  # characters of a file in one cell, as base64
LINE = 15.5  # points of a line of text
LAST = 2_000  # rows that have drop-downs
HEAD = (
    FILE,
    Field("key", "", "place", "", (), "键", 16),
    Field("meaning", "", "place", "", (), "含义", 16),
    Field("value", "", "text", "", (), "值", 90),
)
GREY, DARK = PatternFill("solid", fgColor="FFF2F2F2"), PatternFill("solid", fgColor="FF2F5D8A")
LISTS = {("Phrases", "entry"): "Entries", ("Sentences", "entry"): "Entries",
         ("Verdicts", "call"): "Calls"}  # fmt: skip
NAMES = {"Entries": "id", "Calls": "name"}


def write(files: Sequence[RuleFile], out: BinaryIO) -> None:
    """Write files as a workbook. Raises BadInput if a cell could not hold what it must."""
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = [row for number, file in enumerate(files) for row in file.rows(number)]
    head_sheet(book.create_sheet("Head"), files, rows)
    kinds = {kind_of(file.page) for file in files}
    for name, fields in SHEETS.items():
        if any(name in SHEETS_OF[kind] for kind in kinds):
            table(book.create_sheet(name), fields, [row for row in rows if row.sheet == name])
    keep(book.create_sheet(HIDDEN), files)
    memory = io.BytesIO()
    book.save(memory)
    same_times(memory, out)


def same_times(made: BinaryIO, out: BinaryIO) -> None:
    """Copy a workbook without the time at which it was made."""
    with ZipFile(made) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH), undated(name, old.read(name)), ZIP_DEFLATED)


def head_sheet(sheet: Worksheet, files: Sequence[RuleFile], rows: Sequence[Row]) -> None:
    """Write a row for each key of the head of each file."""
    made = []
    for row in (row for row in rows if row.sheet == "Head"):
        for column in (*head_of(kind_of(files[int(row.key)].page)), COMMENTS):
            cells = {"file": row["file"], "key": column.name, "meaning": column.chinese}
            key = f"{row.key}.{column.name}"
            made.append(Row("Head", key, {**cells, "value": row[column.name]}))
    table(sheet, HEAD, made)


def table(sheet: Worksheet, fields: Sequence[Field], rows: Sequence[Row]) -> None:
    """Write a header, the rows, and a drop-down for every column that has choices."""
    for n, (name, width) in enumerate(headers(fields), 1):
        cell = sheet.cell(1, n, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), DARK
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.column_dimensions["A"].hidden = True
    for number, row in enumerate(rows, 2):
        fill(sheet.cell(number, 1), row.key, row, "key")
        for n, column in enumerate(fields, 2):
            fill(sheet.cell(number, n), row[column.name], row, column.name)
        most = max(lines(row[column.name], column.width) for column in fields)
        sheet.row_dimensions[number].height = min(HIGHEST, most * LINE)
    sheet.row_dimensions[1].height = 2 * LINE + 4
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields) + 1)}{max(2, len(rows) + 1)}"
    for n, column in enumerate(fields, 2):
        drop_down(sheet, column, get_column_letter(n))


def headers(fields: Sequence[Field]) -> Iterator[tuple[str, float]]:
    """Yield the titles of the columns with their widths; the first holds the keys of rows."""
    yield "#", 10
    for column in fields:
        yield f"{column.name}\n{column.chinese}", column.width


def fill(cell: Cell | MergedCell, text: str, row: Row, column: str) -> None:
    """Put a text into a cell, whatever it begins with; a whole number stays one."""
    shown = clean(text)
    if units(shown) > LIMIT:
        raise BadInput(f"{row.sheet}, {column}: {units(shown)} characters, more than a cell holds")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column in ("points", "deduct", "score") and text.isdecimal() and str(int(text)) == text:
        cell.value = int(text)
        return
    if shown:
        cell.value = shown
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = shown.startswith(("=", "+", "-", "@", "'"))
    if row.sheet == "Items" and row["kind"] == "section":
        cell.fill = GREY


def drop_down(sheet: Worksheet, column: Field, letter: str) -> None:
    """Offer the choices of a column, or the names of another sheet."""
    other = LISTS.get((sheet.title, column.name))
    if other:
        names = [field.name for field in SHEETS[other]].index(NAMES[other])
        where = get_column_letter(names + 2)
        formula = f"={other}!${where}$2:${where}${LAST}"
    elif column.choices:
        formula = f'"{",".join(column.choices)}"'
    else:
        return
    offered = DataValidation("list", formula1=formula, allow_blank=True)
    offered.showErrorMessage = not other
    offered.add(f"{letter}2:{letter}{LAST}")
    sheet.add_data_validation(offered)


def keep(sheet: Worksheet, files: Sequence[RuleFile]) -> None:
    """Put the files into a sheet that nobody sees: name, hash, content."""
    sheet.sheet_state = "veryHidden"
    for number, file in enumerate(files, 1):
        text = base64.b64encode(file.content).decode("ascii")
        pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
        for n, value in enumerate([file.name, file.hash, *pieces], 1):
            cell = sheet.cell(number, n, clean(value))
            cell.data_type, cell.number_format = "s", "@"
