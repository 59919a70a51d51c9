"""JSON lines: one call a line, in our own shape (see `readers/records.py`).

A line that cannot be read is set aside with its number; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.call import Call
from qa_checker.readers.records import call_of, is_call, not_ours
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, parse

TITLE = "JSON lines of qa_checker"
UNIT = "seconds"
GLANCE = 20


def sniff(source: Source, options: Options) -> float:
    """Return 1 if one of the first lines is a call, 0.2 if most lines are JSON objects."""
    if not source.text.lstrip().startswith("{"):
        return 0.0
    rows = [row.strip() for row in source.lines[: 10 * GLANCE] if row.strip()][:GLANCE]
    objects = [row for row in rows if row.startswith("{") and row.endswith("}")]
    if len(rows) < 2 or len(objects) * 2 < len(rows):
        return 0.0
    return 1.0 if any(is_call(_quietly(row)) for row in objects) else 0.2


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call, each bad line as a SetAside. Raises Refusal if no line is a call."""
    rows = [(number, row) for number, row in enumerate(source.lines, 1) if row.strip()]
    if not any(is_call(_quietly(row)) for _, row in rows[:GLANCE]):
        raise not_ours(_quietly(rows[0][1]))
    for number, row in rows:
        yield _one(source, number, row, options)


def _one(source: Source, number: int, row: str, options: Options) -> Call | SetAside:
    try:
        record = parse(row)
        if not isinstance(record, dict) or not is_call(record):
            raise not_ours(record)
        return call_of(record, options, number)
    except Refusal as refusal:
        return SetAside(source.name, refusal.reason, refusal.help, number)


def _quietly(row: str) -> object:
    try:
        return parse(row)
    except Refusal:
        return None
