"""A sheet as data, and its rows as the XML of a worksheet, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from openpyxl.utils import get_column_letter

from qa_checker.reports.cells import Cell, Link, text, xml
from qa_checker.reports.heights import height

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER, FIRST = 3, 4  # rows: 1 heading, 2 hint, 3 column titles, 4 the first row of data
ROWS = 1_048_576  # of a sheet, as many as Excel has
LINKS = 65_530  # of a sheet, more are dropped by Excel with an alarming message

Row = Sequence[Cell | None]
NewFile = Callable[[], IO[bytes]]
Finish = Callable[["Worksheet", int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in half-width characters, whether people see it."""

    title: str = ""
    width: float = 12
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` are written from row FIRST on, under a line of column titles.

    `frozen` columns stay in sight; `finish` gets the worksheet and its last row and
    adds what follows the rows: charts, drop-downs, conditional colours. A `table` has
    column titles and filters. What does not fit goes on in a next sheet of that title.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    heading: str = ""
    hint: str = ""
    frozen: int = 0
    finish: Finish | None = None
    table: bool = True
    filters: bool = True
    tab: str = ""
    printed: int = 0  # columns that go on paper; 0 is all
    dropped: str = ""  # said in place of the hint when there are too many links


@dataclass(frozen=True)
class Part:
    """As many rows of a sheet as fit into one worksheet, as XML in `file`."""

    sheet: Sheet
    title: str
    file: IO[bytes]
    last: int
    links: list[tuple[str, Link]] = field(default_factory=list)
    unlinked: int = 0


def title_of(title: str, number: int) -> str:
    """Return the title of the n-th worksheet (from 0) of a sheet."""
    return title if number == 0 else f"{title} ({number + 1})"


def place(index: int, limit: int = ROWS) -> tuple[int, int]:
    """Return in which worksheet (from 0), and in which row, a row of data stands."""
    size = limit - HEADER
    return index // size, FIRST + index % size


def parts(
    sheet: Sheet, styles: dict[str, int], new_file: NewFile, limit: int = ROWS
) -> Iterator[Part]:
    """Write the rows of a sheet to as many parts as they need, at least one."""
    rows = iter(sheet.rows)
    widths = [column.width for column in sheet.columns]
    number = 0
    ahead: Row | None = next(rows, None)
    while ahead is not None or number == 0:
        file = new_file()
        last, unlinked = HEADER, 0
        links: list[tuple[str, Link]] = []
        while ahead is not None and last < limit:
            last += 1
            file.write(row_xml(ahead, last, styles, height(ahead, widths)))
            for place, link in row_links(ahead, last):
                if len(links) < LINKS:
                    links.append((place, link))
                else:
                    unlinked += 1
            ahead = next(rows, None)
        title = title_of(sheet.title, number)
        yield Part(sheet, title, file, last, links, unlinked)
        number += 1


LETTERS = [get_column_letter(number) for number in range(1, 128)]


def row_xml(row: Row, number: int, styles: dict[str, int], tall: float) -> bytes:
    """Return one row as XML, `tall` points high until somebody types into it."""
    cells = "".join(
        xml(cell, f"{LETTERS[index]}{number}", styles[cell.style])
        for index, cell in enumerate(row)
        if cell is not None
    )
    return f'<row r="{number}" ht="{tall}">{cells}</row>'.encode()


def row_links(row: Row, number: int) -> Iterator[tuple[str, Link]]:
    """Yield the links of a row with the places of their cells."""
    for index, cell in enumerate(row):
        if cell is not None and cell.link is not None:
            yield f"{LETTERS[index]}{number}", cell.link


def top_xml(part: Part, styles: dict[str, int]) -> bytes:
    """Return the rows above the data: heading, hint and column titles."""
    sheet = part.sheet
    hint = sheet.dropped if part.unlinked and sheet.dropped else sheet.hint
    rows = [
        row_xml([text(sheet.heading, "heading")], 1, styles, 30),
        row_xml([text(hint, "hint")], 2, styles, 18),
    ]
    if sheet.table:
        titles = [text(one.title, "head" if one.title else "plain") for one in sheet.columns]
        tall = height(titles, [column.width - 3 for column in sheet.columns]) + 6
        rows.append(row_xml(titles, HEADER, styles, tall))
    return b"".join(rows)
