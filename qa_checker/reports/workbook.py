"""Save a workbook: openpyxl makes all but the rows, the rows are streamed in between.

That keeps a sheet of any length out of memory, and puts the value of every formula into
the file for programs that show without computing. Equal contents give equal bytes.
"""

from __future__ import annotations

import errno
import io
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.atomic import replacing
from qa_checker.reports import theme
from qa_checker.reports.sheet import FIRST, HEADER, LETTERS, ROWS, Part, Sheet, parts, top_xml

MEMORY = 4_000_000  # bytes of rows kept in memory, the rest is beside the output
EPOCH = (1980, 1, 1, 0, 0, 0)
LEVEL = 4  # of deflate: two thirds of the time of the usual 6 for 4 % more bytes
# links need cells to hang on, so the shell has a few rows, which ours take the place of
ROWS_OF_SHELL = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# ids such as 00123 are text on purpose: without this every one gets a green corner
CALM = (
    '<ignoredErrors><ignoredError sqref="{}" numberStoredAsText="1" formula="1"/></ignoredErrors>'
)


def save(path: Path, sheets: Iterable[Sheet], language: str, limit: int = ROWS) -> None:
    """Write a workbook to `path` in one step; `limit` is the number of rows of a worksheet.

    Raises OSError, the old file unharmed, if the disk or the folder does not allow it.
    """
    with replacing(path) as file, ExitStack() as opened:
        book = Workbook()
        book.remove(book.worksheets[0])
        styles = theme.register(book, language)
        written = []

        def new_file() -> IO[bytes]:
            # nameless, so nothing of it can be left behind
            return opened.enter_context(SpooledTemporaryFile(MEMORY, dir=str(path.parent)))

        for sheet in sheets:
            for part in parts(sheet, styles, new_file, limit):
                set_up(book.create_sheet(part.title), part)
                written.append(part)
        pack(file, shell(book), written, styles)


def set_up(worksheet: Worksheet, part: Part) -> None:
    """Give a worksheet everything but its rows."""
    sheet = part.sheet
    end = LETTERS[len(sheet.columns) - 1]
    for letter, column in zip(LETTERS, sheet.columns, strict=False):
        worksheet.column_dimensions[letter].width = column.width
        worksheet.column_dimensions[letter].hidden = column.hidden
    theme.page(worksheet, HEADER if sheet.table else 0)
    if sheet.printed:
        worksheet.print_area = f"A1:{LETTERS[sheet.printed - 1]}{part.last}"
    if sheet.tab:
        worksheet.sheet_properties.tabColor = sheet.tab
    worksheet.sheet_view.showGridLines = False
    if sheet.table:
        worksheet.freeze_panes = f"{LETTERS[sheet.frozen]}{FIRST}"
        if sheet.filters:
            worksheet.auto_filter.ref = f"A{HEADER}:{end}{max(part.last, FIRST)}"
    for place, link in part.links:
        # file names are our own; quoted because not every program takes a bare 王
        target = quote(link.file) if link.file else None
        location = f"'{link.sheet}'!A{link.row}"
        worksheet[place].hyperlink = Hyperlink(ref=place, target=target, location=location)
    if sheet.finish:
        sheet.finish(worksheet, part.last)


def shell(book: Workbook) -> bytes:
    """Return the workbook without rows. Raises OSError where openpyxl's own files fail."""
    memory = io.BytesIO()
    try:
        book.save(memory)
    except LxmlError as error:
        raise OSError(errno.EIO, f"no room for temporary files ({error})") from error
    return memory.getvalue()


def pack(file: BinaryIO, made: bytes, written: Sequence[Part], styles: dict[str, int]) -> None:
    """Zip the shell again with its rows: fixed order, fixed times."""
    with ZipFile(io.BytesIO(made)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            entry._compresslevel = LEVEL  # type: ignore[attr-defined]
            with new.open(entry, "w") as target:
                found = SHEET.fullmatch(name)
                if found:
                    fill(target, content, written[int(found[1]) - 1], styles)
                else:
                    target.write(undated(name, content))


def fill(target: IO[bytes], shell: bytes, part: Part, styles: dict[str, int]) -> None:
    """Write one worksheet: the shell up to its rows, the rows, the rest."""
    write = target.write
    area = f"A1:{LETTERS[len(part.sheet.columns) - 1]}{part.last}"
    head, tail = ROWS_OF_SHELL.split(shell, 1)
    head = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{area}"'.encode(), head)
    mark = b"<drawing " if b"<drawing " in tail else b"</worksheet>"
    tail = tail.replace(mark, CALM.format(area).encode() + mark, 1)
    write(head + b"<sheetData>" + top_xml(part, styles))
    part.file.seek(0)
    shutil.copyfileobj(part.file, target, 1 << 20)
    write(b"</sheetData>" + tail)


def undated(name: str, content: bytes) -> bytes:
    """Take the time of the run out of the document's properties."""
    return (
        STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
        if name == "docProps/core.xml"
        else content
    )
