"""Tables that Whisper writes: TSV, and the CSV of whisper.cpp; whole milliseconds.

    start	end	text
    0	2400	您好，请问有什么可以帮您？

    start,end,speaker,text
    0,2400,"0"," 您好，请问有什么可以帮您？"

The header is exactly this. WhisperX puts `[SPEAKER_00]: ` before the text. In a CSV whose
times are not whole, tens of milliseconds (whisper.cpp counts in those) it is another table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.formats.csv_table import cut
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.tabular.tables import Row
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.lines import take_apart

TITLE = "Whisper TSV"
UNIT = "milliseconds"
HEADS = (["start", "end", "text"], ["start", "end", "speaker", "text"])
GLANCE = 200


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for the header and whole numbers below it."""
    head = source.lines[0].lstrip("\ufeff").strip().lower() if source.text else ""
    mark = "\t" if "\t" in head else ","
    if head.split(mark) not in HEADS or options.columns:
        return 0.0
    try:
        rows = list(islice(csv.reader(source.lines[1:], delimiter=mark), GLANCE))
    except csv.Error:
        return 0.0
    times = [cell.strip() for row in rows if len(row) > 2 for cell in row[:2]]
    whole = bool(times) and all(time.isascii() and time.isdigit() for time in times)
    tens = mark == "\t" or (all(time.endswith("0") for time in times) and _far(times))
    return 0.97 if whole and tens else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call."""
    mark = "\t" if "\t" in source.lines[0] else ","
    (head, *rows), notes = _rows(source.text, mark)
    spoken = "speaker" in [str(cell).strip().lower() for cell in head.cells]
    segments = [_segment(row, spoken) for row in rows if len(row.cells) >= 3]
    yield Call("", turns(segments), notes=tuple(notes))


def _rows(text: str, mark: str) -> tuple[list[Row], list[str]]:
    """A TSV of Whisper has no quotes: tabs in the text were made spaces."""
    if mark == ",":
        return cut(text, mark)
    lines = [line.split("\t") for line in text.lstrip("\ufeff").splitlines()]
    return [Row(number, cells) for number, cells in enumerate(lines, 1)], []


def _far(times: list[str]) -> bool:
    """Whether the last time would be days if these were seconds, or the first line minutes."""
    return int(times[-1][:12]) >= 1000


def _segment(row: Row, spoken: bool) -> Segment:
    start, end, *rest = (str(cell).strip() for cell in row.cells)
    speaker = rest.pop(0) if spoken else ""
    line = take_apart(row.number, " ".join(rest))
    led = not speaker and is_speaker(line.label)
    text = line.text if led else " ".join(rest)
    times = when(start, MILLISECOND), when(end, MILLISECOND)
    return Segment(UNKNOWN, text, line.label if led else speaker, *times, row.number)
