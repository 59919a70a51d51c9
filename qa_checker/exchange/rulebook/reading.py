"""Read a workbook of rules back: the files it was made of, and its rows as they are now."""

from __future__ import annotations

import base64
import binascii
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.exchange.rulebook.fields import COMMENTS, SHEETS, SHEETS_OF, Field, head_of
from qa_checker.exchange.rulebook.files import RuleFile
from qa_checker.exchange.rulebook.making import HEAD, HIDDEN
from qa_checker.exchange.rulebook.rows import Row, kind_of
from qa_checker.exchange.rulebook.wanted import BadCell
from qa_checker.problem import BadInput
from qa_checker.reports.cells import clean


def read(path: Path) -> tuple[list[RuleFile], list[Row]]:
    """Return the files of a workbook and its rows. Raises BadInput, BadCell."""
    book = opened(path)
    files = kept(path, book)
    before = [row for number, file in enumerate(files) for row in file.rows(number)]
    rows = [row for name in sheets_of(path, book, files)
            for row in table(path, book[name], SHEETS[name])]  # fmt: skip
    return files, [*heads(path, book, files), *linked(rows, before, files)]


def opened(path: Path) -> Workbook:
    """Open a workbook. Raises BadInput."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it does not keep: nothing is saved
            return openpyxl.load_workbook(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot open: {error.strerror or error}") from None
    except Exception as error:  # a broken workbook can fail anywhere in openpyxl
        raise BadInput(f"{path}: not a workbook that can be read ({error})") from None


def kept(path: Path, book: Workbook) -> list[RuleFile]:
    """Return the files that the workbook was made of. Raises BadInput."""
    if HIDDEN not in book.sheetnames:
        raise BadInput(f"{path}: no sheet {HIDDEN}: make the workbook with qa-checker to-xlsx")
    files = []
    for name, hash, *pieces in book[HIDDEN].iter_rows(values_only=True):
        parts = PurePosixPath(str(name))
        try:
            content = base64.b64decode(
                "".join(str(piece) for piece in pieces if piece), validate=True
            )
        except binascii.Error:
            content = b""
        file = RuleFile(str(name), content)
        if file.hash != hash or parts.is_absolute() or ".." in parts.parts or "\\" in str(name):
            raise BadInput(f"{path}: the sheet {HIDDEN} was changed: make the workbook again")
        files.append(file)
    return files


def sheets_of(path: Path, book: Workbook, files: Sequence[RuleFile]) -> list[str]:
    """Return the sheets with the rows of the files. Raises BadInput if one is gone."""
    wanted = [name for file in files for name in SHEETS_OF[kind_of(file.page)]]
    for name in wanted:
        if name not in book.sheetnames:
            help = "put it back, or make the workbook again"
            raise BadInput(f"{path}: no sheet {name}, with all its rows: {help}")
    return [name for name in SHEETS if name in wanted]


def table(path: Path, sheet: Worksheet, fields: Sequence[Field]) -> Iterator[Row]:
    """Yield the rows of a sheet that are not empty; columns are found by their titles."""
    titles = [str(cell.value or "").partition("\n")[0].strip() for cell in sheet[1]]
    missing = [each for each in ("#", *(field.name for field in fields)) if each not in titles]
    if missing:
        raise BadInput(f"{path}: the sheet {sheet.title} has no column {missing[0]}")
    places = {name: titles.index(name) for name in ("#", *(field.name for field in fields))}
    for number, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        given = {}
        for name, place in places.items():
            cell = cells[place]
            if cell.data_type == "f":
                row = Row(sheet.title, "", {}, {}, number)
                raise BadCell(row, name, "a formula", "write the text itself")
            if cell.value is not None and (said := as_text(cell.value)).strip():
                given[name] = said
        key = given.pop("#", "")
        if given:
            yield Row(sheet.title, key, given, {}, number)


def as_text(value: object) -> str:
    """Return what somebody typed as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n")


def heads(path: Path, book: Workbook, files: Sequence[RuleFile]) -> list[Row]:
    """Return the head of each file as one row; `spans` hold the row of each key."""
    if "Head" not in book.sheetnames:
        raise BadInput(f"{path}: no sheet Head: make the workbook again")
    lines = {row.key: row for row in table(path, book["Head"], HEAD)}
    made = []
    for number, file in enumerate(files):
        before = file.rows(number)[0]
        cells, spans = {"file": file.name}, {}
        for column in (*head_of(kind_of(file.page)), COMMENTS):
            line = lines.get(f"{number}.{column.name}")
            if line is not None:
                cells[column.name] = same_or(line["value"], before[column.name])
                spans[column.name] = (line.number, line.number)
        made.append(Row("Head", str(number), filled(cells), spans))
    return made


def linked(rows: Sequence[Row], before: Sequence[Row], files: Sequence[RuleFile]) -> Iterator[Row]:
    """Yield the rows, each with the key of what it shows; a copy of a row is new."""
    was = {(row.sheet, row.key): row for row in before}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        old = was.get((row.sheet, row.key))
        fixed = "kind" if row.sheet == "Items" else "file"
        if old is None or (row.sheet, row.key) in seen or old[fixed] != row[fixed]:
            cells = {name: text.strip() for name, text in row.cells.items()}
            yield Row(row.sheet, "", filled(cells), {}, row.number)
            continue
        seen.add((row.sheet, row.key))
        names = [*dict.fromkeys([*row.cells, *old.cells])]
        cells = {name: same_or(row[name], old[name]) for name in names}
        yield Row(row.sheet, row.key, filled(cells), {}, row.number)


def same_or(now: str, before: str) -> str:
    """Return what was there before if the cell still shows just that, else what it shows."""
    return before if now.strip() == clean(before).strip() else now.strip()


def filled(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that hold something."""
    return {name: text for name, text in cells.items() if text}


def place_of(bad: BadCell) -> str:
    """Return where a cell is, as people name it: Entries!E5."""
    row, names = bad.row, ["#", *(field.name for field in SHEETS.get(bad.row.sheet, HEAD))]
    if row.sheet == "Head":
        number = row.spans.get(bad.column, (0, 0))[0]
        letter = get_column_letter(names.index("value") + 1)
        return f"Head!{letter}{number}" if number else f"Head ({row['file']}, {bad.column})"
    letter = get_column_letter(names.index(bad.column) + 1) if bad.column in names else "B"
    return f"{row.sheet}!{letter}{row.number}"
