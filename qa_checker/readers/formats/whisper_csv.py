"""The CSV of whisper-timestamped: text, start and end in seconds, without a header.

"您好，请问有什么可以帮您？",0.0,2.4
我想查一下退款,3.1,4.6
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.formats.csv_table import cut
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.tabular.tables import Row
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.lines import take_apart

TITLE = "Whisper CSV"
UNIT = "seconds"
GLANCE = 50
ENOUGH = 2


def sniff(source: Source, options: Options) -> float:
    """Return 0.92 if every row is some text and two decimal numbers that go up."""
    if not source.text or source.is_json:
        return 0.0
    try:
        rows = list(islice(csv.reader(source.lines), GLANCE))
    except csv.Error:
        return 0.0
    rows = [row for row in rows if row]
    return 0.92 if len(rows) >= ENOUGH and all(map(_is_timed, rows)) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call."""
    rows, notes = cut(source.text, ",")
    segments = [_segment(row) for row in rows if len(row.cells) == 3]
    yield Call("", turns(segments), notes=tuple(notes))


def _is_timed(row: list[str]) -> bool:
    if len(row) != 3 or "." not in row[1] + row[2]:
        return False
    start, end = when(row[1].strip()), when(row[2].strip())
    return start is not None and end is not None and start <= end


def _segment(row: Row) -> Segment:
    said, start, end = (str(cell).strip() for cell in row.cells)
    line = take_apart(row.number, said)
    led = is_speaker(line.label)
    label, text = (line.label, line.text) if led else ("", said)
    return Segment(UNKNOWN, text, label, when(start), when(end), row.number)
