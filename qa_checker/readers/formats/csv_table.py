"""CSV and TSV, one row a turn or a call: `, ; |` or tab, with a header in Chinese or English.

    通话ID,角色,内容,开始时间,结束时间
    A-17,客服,"您好，请问有什么可以帮您？",0.0,3.2
    A-17,客户,我想查一下退款,3.5,5.0

Headers: 通话ID/call_id, 角色/role, 说话人/speaker, 内容/文本/text, 开始时间/start, 序号/turn,
坐席工号/agent … (`headers.txt`); others with `Options(columns={"text": "话术"})`. One file
may hold many calls. A `sep=;` line, quotes with line breaks and long fields are fine.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice

from qa_checker import lazy_re
from qa_checker.call import Call, changed
from qa_checker.readers.files.large import lines
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.blocks import holds_blocks, table_of
from qa_checker.readers.tabular.headless import HEADLESS
from qa_checker.readers.tabular.rows import calls
from qa_checker.readers.tabular.tables import OWN, Again, Row, Rows, Table, cell_of, text

TITLE = "CSV or TSV table"
UNIT = "column"
STREAMS = True
DELIMITERS = ",\t;|"
GLANCE = 100_000
LONGEST = 2**31 - 1
MANY_BREAKS = 50
SURE = 2  # known fields
BAR = "\x1f"  # stands for a bar that Markdown writes as \|, while cells are cut
RULE = lazy_re.compile(r"\s*(?::?-+:?\s*)?$")
FORMULA = tuple("=+-@\t\r\0")  # what `convert` puts an apostrophe before


def sniff(source: Source, options: Options) -> float:
    """Return 0.9 if a header names text and one more field, 0.3 if it only looks like a table."""
    if not source.text or source.is_json:
        return 0.0
    best = _best(source.text, options)
    if best is None:
        return 0.0
    return 0.9 if best[0] >= SURE else 0.3


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls. Raises Refusal if there is no text column or a quote never closes."""
    best = _best(source.text, options)
    mark = best[1] if best else ","
    rows, notes = cut_source(source, mark)
    found = replace(table_of(rows, options), mark=mark)
    if mark == "|":
        found = replace(found, width=_named(found))
    for result in calls(found, options, source.name, default=source.stem):
        if isinstance(result, Call) and notes:
            yield changed(result, notes=(*result.notes, *notes))
        else:
            yield result


def _named(found: Table) -> int:
    """Return how many cells have a name: Markdown has a bar behind the last."""
    return max((*found.fields.values(), *found.others.values()), default=found.width - 1) + 1


def cut(text: str, delimiter: str) -> tuple[list[Row], list[str]]:
    """Return the rows of a CSV text, each with the line it begins on, and notes."""
    rows, notes = cut_source(Source("", text=text), delimiter)
    return list(rows), notes


def cut_source(source: Source, delimiter: str) -> tuple[Rows, list[str]]:
    """Return the rows of a file, held or not, and notes.

    The text is gone through once before, for a quote that never closes.
    """
    try:
        found, long = _once_through(partial(_source_rows, source, delimiter, strict=True), source)
    except csv.Error:
        found, long = _once_through(partial(_source_rows, source, delimiter, strict=False), source)
    if long:
        return found, [f"a cell of over {MANY_BREAKS} lines begins at line {long}: a stray quote?"]
    return found, []


def _once_through(rows: Callable[[], Iterator[Row]], source: Source) -> tuple[Rows, int]:
    found = list(rows()) if source.reopen is None else Again(rows)
    return found, _long(found)


def _long(rows: Rows) -> int:
    """Go through all rows; return the line of the first with a very long cell, or 0."""
    found, before = 0, Row(0, ())
    for row in chain(rows, [Row(sys.maxsize, ())]):
        if row.number - before.number > MANY_BREAKS and not found and _is_long(before):
            found = before.number
        before = row
    return found


def _is_long(row: Row) -> bool:
    return any(isinstance(cell, str) and cell.count("\n") > MANY_BREAKS for cell in row.cells)


def _source_rows(source: Source, delimiter: str, *, strict: bool) -> Iterator[Row]:
    rest = lines(source)
    first = next(rest, "")
    if _is_sep(first):
        return _rows(rest, delimiter, 2, strict=strict)
    return _rows(chain([first], rest), delimiter, 1, strict=strict)


def _rows(body: Iterable[str], delimiter: str, first: int, *, strict: bool) -> Iterator[Row]:
    csv.field_size_limit(LONGEST)
    if delimiter == "|":
        body = (line.replace("\\|", BAR) for line in body)
    reader = csv.reader(body, delimiter=delimiter, strict=strict)
    number = first
    own = False
    ruled = delimiter == "|"  # as Markdown draws tables
    try:
        for cells in reader:
            if ruled:
                cells = [cell.replace(BAR, "|") for cell in cells]
                if all(map(RULE.match, cells)):
                    continue
            own = own or (number == first and tuple(cells) == OWN)
            yield Row(number, list(map(_bare, cells)) if own else cells)
            number = reader.line_num + first
    except csv.Error as error:
        if "unexpected end" not in str(error):
            raise
        reason = f"the quote opened at line {number} never closes"
        raise Refusal(reason, 'close it, or write "" for a quote inside quotes') from None


def _bare(cell: str) -> str:
    """Return a cell of our own without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def _is_sep(line: str) -> bool:
    """Tell whether a line is Excel's `sep=;`."""
    return line.strip().strip('"').lower().startswith("sep=")


def _best(text: str, options: Options) -> tuple[int, str] | None:
    """Return (number of known fields, delimiter) of the best way to cut the text."""
    head, _, rest = text.partition("\n")
    named = head.strip().strip('"')[4:5] if _is_sep(head) else ""
    marks = named or DELIMITERS
    body = (rest if _is_sep(head) else text)[:GLANCE]
    found = [(known, mark) for mark in marks if (known := _known(body, mark, options)) is not None]
    return max(found, key=lambda pair: pair[0], default=None)


def _quotes_calls(found: Table, options: Options) -> bool:
    """Tell whether cells are whole calls that plain text would not hold so.

    They have several lines, in quotes, or every row has as many cells as the header.
    """
    rows = list(found.rows)
    lines = any("\n" in text(cell_of(row, found, "text")).strip() for row in rows)
    even = found.width > 1 and all(len(row.cells) == found.width for row in rows)
    return (lines or even) and holds_blocks(found, rows, options)


def _known(body: str, mark: str, options: Options) -> int | None:
    """Return how many fields a header names; 0 for a table of unknown columns, else None."""
    try:
        rows = list(islice(_rows(io.StringIO(body, newline=""), mark, 1, strict=False), 25))
    except (csv.Error, Refusal):
        return None
    try:
        found: Table = table_of(rows, options)
    except Refusal:
        widths = {len(row.cells) for row in rows[:-1] if row.cells}
        return 0 if len(widths) == 1 and max(widths) > 1 else None
    if HEADLESS in found.told:
        return SURE if found.fields.get("start", 0) > 0 else 1  # a time in front is of a line
    if _quotes_calls(found, options):
        return max(SURE, len(found.fields))
    return len(found.fields) if len(found.fields) + len(found.others) > 1 else None
