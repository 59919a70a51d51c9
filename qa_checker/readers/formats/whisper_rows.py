"""Tables as whisper and its kin write them: when it starts, when it ends, what is said.

    start   end     text            0.0,2.5,"[SPEAKER_00]: Hello"
    0       2500    Hello           2.5,4.0,"[SPEAKER_01]: Hi"

With the header `start end text` and whole numbers the times are milliseconds; without a
header (CSV) they are seconds. A speaker stands before the words, if anywhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from statistics import median

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.lines import is_speaker, take_apart
from qa_checker.readers.roles import stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import value as time_value

TITLE = "whisper's tables (TSV with a header, CSV without)"
UNIT = "milliseconds"
HEADER = ["start", "end", "text"]
GLANCE = 20
LOOK = 100_000
FASTEST = 100.0  # characters a second: beyond it the numbers are seconds after all


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for the header and whole numbers, or rows of two numbers and a text."""
    rows = list(islice(_rows(source.text[:LOOK]), GLANCE))
    headed = bool(rows) and _is_header(rows[0][1])
    below = [cells for _, cells in rows[headed:]]
    if not below or not all(_is_row(cells) for cells in below):
        return 0.0
    if headed:
        return 0.95 if all(cell.isdigit() for cells in below for cell in cells[:2]) else 0.0
    return 0.95 if len(below) > 1 else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the file."""
    found = list(_rows(source.text))
    headed = _is_header(found[0][1])
    rows = [(number, cells) for number, cells in found[headed:] if len(cells) > 2]
    unit = 0.001 if headed and not _too_fast([cells for _, cells in rows]) else 1.0
    segments = [_segment(number, cells, unit, options) for number, cells in rows]
    yield Call("", turns(segments))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the lines they begin on; its TSV knows no quotes."""
    body = io.StringIO(text, newline="")
    if "\t" in text.partition("\n")[0]:
        reader = csv.reader(body, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(body)
    line = 1
    with suppress(csv.Error):
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1


def _is_header(cells: list[str]) -> bool:
    return [cell.strip().lower() for cell in cells] == HEADER


def _is_row(cells: list[str]) -> bool:
    times = [time_value(cell) for cell in cells[:2]]
    return len(cells) == 3 and all(time is not None and time == time for time in times)


def _too_fast(rows: list[list[str]]) -> bool:
    spans = [(time_value(cells[0]), time_value(cells[1]), len(cells[2])) for cells in rows]
    paces = [
        size * 1000 / (end - start) for start, end, size in spans if start and end and end > start
    ]
    return bool(paces) and median(paces) > FASTEST


def _segment(number: int, cells: list[str], unit: float, options: Options) -> Segment:
    line = take_apart(number, cells[2])
    known = line.label in options.roles or is_speaker(line.label)
    label, said = (line.label, line.text) if line.label and known else ("", cells[2])
    role = stated(label, options.roles) if label else UNKNOWN
    start, end = (time_value(cell) for cell in cells[:2])
    return Segment(role, said.strip(), label, _in(start, unit), _in(end, unit), number)


def _in(time: float | None, unit: float) -> float | None:
    return None if time is None else round(time * unit, 6)
