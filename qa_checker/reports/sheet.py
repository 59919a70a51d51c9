"""A sheet as data, and its rows as the XML of a worksheet, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING

from qa_checker.reports.cells import Cell, Link, escape, text
from qa_checker.reports.heights import HIGHEST, height
from qa_checker.reports.kind import LETTERS, Filled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER, FIRST = 3, 4  # rows: 1 heading, 2 hint, 3 column titles, 4 the first row of data
ROWS = 1_048_576  # of a sheet, as many as Excel has
LINKS = 65_530  # of a sheet, more are dropped by Excel with an alarming message

BATCH = 64  # rows that are written at a time

Row = Sequence[Cell | None] | Filled
NewFile = Callable[[], IO[bytes]]
Lasts = Mapping[str, int]
"""The last row of every worksheet, by its title; at least FIRST."""
Finish = Callable[["Worksheet", Lasts], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in half-width characters, whether people see it."""

    title: str = ""
    width: float = 12
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` are written from row FIRST on, under a line of column titles.

    `frozen` columns stay in sight; `finish` gets the worksheet and the last rows of all and
    adds what follows the rows: charts, drop-downs, conditional colours. `layout` is what
    it goes by besides (see workbook.Shells), None if it cannot be told. A `table` has
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
    tallest: float = HIGHEST  # of a row, in points
    dropped: str = ""  # said in place of the hint when there are too many links
    layout: Hashable = None


@dataclass
class Part:
    """As many rows of a sheet as fit into one worksheet, as XML in `file`.

    `links` holds the links as XML; `files` numbers the files that they lead to.
    """

    sheet: Sheet
    title: str
    file: IO[bytes]
    links: IO[bytes]
    last: int = HEADER
    linked: int = 0
    unlinked: int = 0
    files: dict[str, int] = field(default_factory=dict)


def title_of(title: str, number: int) -> str:
    """Return the title of the n-th worksheet (from 0) of a sheet."""
    return title if number == 0 else f"{title} ({number + 1})"


def place(index: int, limit: int = ROWS) -> tuple[int, int]:
    """Return in which worksheet (from 0), and in which row, a row of data stands."""
    size = limit - HEADER
    return index // size, FIRST + index % size


def parts(
    sheet: Sheet, styles: Mapping[str, int], new_file: NewFile, limit: int = ROWS
) -> Iterator[Part]:
    """Write the rows of a sheet to as many parts as they need, at least one."""
    rows = iter(sheet.rows)
    widths = [column.width for column in sheet.columns]
    number, ahead = 0, list(islice(rows, BATCH))
    while ahead or number == 0:
        part = Part(sheet, title_of(sheet.title, number), new_file(), new_file())
        while ahead and part.last < limit:
            room = limit - part.last
            add_rows(part, ahead[:room], styles, widths)
            ahead = ahead[room:] or list(islice(rows, BATCH))
        yield part
        number += 1


def add_rows(
    part: Part, rows: Sequence[Row], styles: Mapping[str, int], widths: Sequence[float]
) -> None:
    """Add rows below the last."""
    written: list[str] = []
    links: list[tuple[str, Link]] = []
    for row in rows:
        part.last += 1
        if isinstance(row, Filled):
            written.append(row.xml(part.last))
            linked: Iterable[tuple[str, Link | None]] = row.links()
        else:
            written.append(row_xml(row, part.last, styles, height(row, widths, part.sheet.tallest)))
            linked = [(at, one.link) for at, one in zip(LETTERS, row, strict=False) if one]
        links += [(f"{at}{part.last}", link) for at, link in linked if link]
    part.file.write("".join(written).encode())
    add_links(part, links)


def row_xml(row: Sequence[Cell | None], number: int, styles: Mapping[str, int], tall: float) -> str:
    """Return one row as XML, `tall` points high until somebody types into it."""
    cells = "".join(
        [
            f'<c r="{letter}{number}" s="{styles[cell.style]}"{cell.kind}>{cell.body}</c>'
            for letter, cell in zip(LETTERS, row, strict=False)
            if cell is not None
        ]
    )
    return f'<row r="{number}" ht="{tall}">{cells}</row>'


def add_links(part: Part, links: Sequence[tuple[str, Link]]) -> None:
    """Add links at their places, as many as Excel takes."""
    kept = links[: LINKS - part.linked]
    part.linked += len(kept)
    part.unlinked += len(links) - len(kept)
    part.links.write("".join([link_xml(part, at, link) for at, link in kept]).encode())


def link_xml(part: Part, place: str, link: Link) -> str:
    """Return a link at `place`; one into a file goes through a relation of the worksheet."""
    file = part.files.setdefault(link.file, len(part.files) + 1) if link.file else 0
    relation = f' r:id="link{file}"' if file else ""
    return f'<hyperlink ref="{place}"{relation} location="\'{escape(link.sheet)}\'!A{link.row}"/>'


def top_xml(part: Part, styles: Mapping[str, int]) -> bytes:
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
    return "".join(rows).encode()
