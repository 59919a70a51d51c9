"""CSV, a row a segment, as our reader and spreadsheets take it; UTF-8 with a mark.

    call_id,agent,queue,started_at,language,turn,role,speaker,channel,start,end,text

Text that a spreadsheet would take for a formula (= + - @, tab, return in front) gets an
apostrophe in front, which our reader takes off again. Metadata and remarks have no column:
JSONL keeps them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from qa_checker.atomic import replacing
from qa_checker.call import Call
from qa_checker.readers.formats.csv_table import FORMULA
from qa_checker.writers._rows import COLUMNS, Value, rows

SUFFIX, MANY = ".csv", True
LOSES = ("metadata", "remarks")


def write(calls: Iterable[Call], path: Path) -> None:
    """Write the table."""
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        table = csv.writer(text)
        table.writerow(COLUMNS)
        table.writerows([harmless(value) for value in row] for row in rows(calls))
        text.detach()


def harmless(value: Value) -> Value:
    """Return text so that no spreadsheet takes it for a formula; anything else as it is."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value
