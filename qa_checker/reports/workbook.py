"""Save a workbook: openpyxl makes all but the rows, the rows are streamed in between.

That keeps a sheet of any length out of memory, and puts the value of every formula into
the file for programs that show without computing. Equal contents give equal bytes.
"""

from __future__ import annotations

import errno
import io
import re
import shutil
from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_WORKBOOK_RELS,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
)
from openpyxl.xml.constants import ARC_SHARED_STRINGS as TEXTS

from qa_checker import lazy_re
from qa_checker.atomic import replacing
from qa_checker.reports import theme
from qa_checker.reports.cells import Texts
from qa_checker.reports.kind import LETTERS
from qa_checker.reports.sheet import (
    FIRST,
    HEADER,
    ROWS,
    Lasts,
    Part,
    Sheet,
    parts,
    top_xml,
)

MEMORY = 1_000_000  # bytes of a sheet's rows kept in memory, the rest is beside the output
CHUNK = 1 << 16
EPOCH = (1980, 1, 1, 0, 0, 0)
LEVEL = 4  # of deflate: two thirds of the time of the usual 6 for 4 % more bytes
ROWS_OF_SHELL = lazy_re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")
STAND_IN = 980_000  # and on: no other number of a shell looks like a last row
STOOD_IN = lazy_re.compile(rb"(?<!\d)98\d{4}(?!\d)")
RELATED = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED = f"{RELATED.decode()}/hyperlink"
STRINGS = f"{RELATED.decode()}/sharedStrings"
NO_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
STAMP = lazy_re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
SHEET = lazy_re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# ids such as 00123 are text on purpose: without this every one gets a green corner
CALM = (
    '<ignoredErrors><ignoredError sqref="{}" numberStoredAsText="1" formula="1"/></ignoredErrors>'
)

Shell = Mapping[str, bytes]
"""The files of a workbook by name, without rows."""
Shells = dict[Hashable, Shell]
"""Shells by what they are made for: openpyxl takes longer over one than we over the rows."""


def save(
    path: Path,
    sheets: Iterable[Sheet],
    language: str,
    limit: int = ROWS,
    shells: Shells | None = None,
    texts: Texts | None = None,
) -> None:
    """Write a workbook to `path` in one step; `limit` is the number of rows of a worksheet.

    Workbooks of like sheets are written faster with the same `shells`. `texts` are those that
    the rows go by the numbers of, all there once the rows are. Raises OSError, the old file
    unharmed, if the disk or the folder does not allow it.
    """
    with replacing(path) as file, ExitStack() as opened:
        styles = theme.style_numbers(language)

        def new_file() -> IO[bytes]:
            # nameless, so nothing of it can be left behind
            return opened.enter_context(SpooledTemporaryFile(MEMORY, dir=str(path.parent)))

        written = [part for sheet in sheets for part in parts(sheet, styles, new_file, limit)]
        known = known_shell(written, language, {} if shells is None else shells)
        pack(file, known, written, styles, texts or {})


def known_shell(written: Sequence[Part], language: str, shells: Shells) -> Shell:
    """Return everything but the rows; made only once for workbooks that differ in nothing else."""
    key = language, tuple((part.title, looks(part.sheet)) for part in written)
    if key in shells:
        return shells[key]
    made = shell(written, language)
    if all(part.sheet.finish is None or part.sheet.layout is not None for part in written):
        shells[key] = made
    return made


def looks(sheet: Sheet) -> Hashable:
    """Return all that makes two worksheets of one title differ besides their rows."""
    columns = tuple(sheet.columns)
    return columns, sheet.frozen, sheet.table, sheet.filters, sheet.tab, sheet.printed, sheet.layout


def set_up(worksheet: Worksheet, sheet: Sheet, lasts: Lasts) -> None:
    """Give a worksheet everything but its rows and links."""
    end, last = LETTERS[len(sheet.columns) - 1], lasts[worksheet.title]
    for letter, column in zip(LETTERS, sheet.columns, strict=False):
        worksheet.column_dimensions[letter].width = column.width
        worksheet.column_dimensions[letter].hidden = column.hidden
    theme.page(worksheet, HEADER if sheet.table else 0)
    if sheet.printed:
        worksheet.print_area = f"A1:{LETTERS[sheet.printed - 1]}{last}"
    if sheet.tab:
        worksheet.sheet_properties.tabColor = sheet.tab
    worksheet.sheet_view.showGridLines = False
    if sheet.table:
        worksheet.freeze_panes = f"{LETTERS[sheet.frozen]}{FIRST}"
        if sheet.filters:
            worksheet.auto_filter.ref = f"A{HEADER}:{end}{last}"
    if sheet.finish:
        sheet.finish(worksheet, lasts)


def shell(written: Sequence[Part], language: str) -> Shell:
    """Return the files of a workbook without rows, STAND_IN and on in place of last rows.

    Raises OSError where openpyxl's own files fail.
    """
    book, memory = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    theme.register(book, language)
    lasts = {part.title: STAND_IN + number for number, part in enumerate(written)}
    for part in written:
        set_up(book.create_sheet(part.title), part.sheet, lasts)
    try:
        book.save(memory)
    except LxmlError as error:
        raise OSError(errno.EIO, f"no room for temporary files ({error})") from error
    with ZipFile(memory) as made:
        return {name: undated(name, made.read(name)) for name in made.namelist()}


def pack(
    file: BinaryIO,
    shell: Shell,
    written: Sequence[Part],
    styles: Mapping[str, int],
    texts: Texts,
) -> None:
    """Zip the shell with its rows: fixed order, fixed times."""
    files = settled(shell, written)
    files |= {**relations(files, written), **(held_once(files, texts) if texts else {})}
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            content = files[name]
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            entry._compresslevel = LEVEL  # type: ignore[attr-defined]
            with new.open(entry, "w") as target:
                found = SHEET.fullmatch(name)
                if found:
                    fill(target, content, written[int(found[1]) - 1], styles)
                else:
                    target.write(content)


def settled(shell: Shell, written: Sequence[Part]) -> dict[str, bytes]:
    """Return the files of a shell with the last rows in the places of those that stand in."""
    lasts = {b"%d" % (STAND_IN + n): b"%d" % max(p.last, FIRST) for n, p in enumerate(written)}
    return {
        name: content
        if name.startswith("xl/theme")
        else STOOD_IN.sub(lambda found: lasts.get(found[0], found[0]), content)
        for name, content in shell.items()
    }


def held_once(files: Shell, texts: Texts) -> Shell:
    """Return the file of the texts that rows go by the numbers of, and those that name it."""
    every = "".join([f"<si>{text}</si>" for text in texts])
    sst = f'<sst xmlns="{SHEET_MAIN_NS}" uniqueCount="{len(texts)}">{every}</sst>'
    if TEXTS in files:  # some versions of openpyxl have it and name it, empty
        return {TEXTS: sst.encode()}
    types, related = files[ARC_CONTENT_TYPES], files[ARC_WORKBOOK_RELS]
    kind = f'<Override PartName="/{TEXTS}" ContentType="{SHARED_STRINGS}"/></Types>'
    way = f'<Relationship Id="texts" Type="{STRINGS}" Target="/{TEXTS}"/></Relationships>'
    return {
        TEXTS: sst.encode(),
        ARC_CONTENT_TYPES: types.replace(b"</Types>", kind.encode()),
        ARC_WORKBOOK_RELS: related.replace(b"</Relationships>", way.encode()),
    }


def relations(shell: Shell, written: Sequence[Part]) -> Shell:
    """Return the relations of the worksheets that have links into other files."""
    made = {}
    for number, part in enumerate(written, 1):
        if part.files:
            name = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            added = "".join(
                # file names are our own; quoted because not every program takes a bare 王
                f'<Relationship Id="link{number}" Type="{LINKED}" Target="{quote(file)}" '
                'TargetMode="External"/>'
                for file, number in part.files.items()
            )
            known = shell.get(name, NO_RELATIONS)
            made[name] = known.replace(b"</Relationships>", added.encode() + b"</Relationships>")
    return made


def fill(target: IO[bytes], shell: bytes, part: Part, styles: Mapping[str, int]) -> None:
    """Write one worksheet: the shell up to its rows, the rows, the rest."""
    write = target.write
    area = f"A1:{LETTERS[len(part.sheet.columns) - 1]}{part.last}"
    head, tail = ROWS_OF_SHELL.split(shell, 1)
    head = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{area}"'.encode(), head)
    mark = b"<drawing " if b"<drawing " in tail else b"</worksheet>"
    tail = tail.replace(mark, CALM.format(area).encode() + mark, 1)
    before, after = tail.split(b"<pageMargins ", 1)
    write(head + b"<sheetData>" + top_xml(part, styles))
    part.file.seek(0)
    shutil.copyfileobj(part.file, target, CHUNK)
    write(b"</sheetData>" + before)
    if part.linked:
        write(b'<hyperlinks xmlns:r="%s">' % RELATED)
        part.links.seek(0)
        shutil.copyfileobj(part.links, target, CHUNK)
        write(b"</hyperlinks>")
    write(b"<pageMargins " + after)


def undated(name: str, content: bytes) -> bytes:
    """Take the time of the run out of the document's properties."""
    return (
        STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
        if name == "docProps/core.xml"
        else content
    )
