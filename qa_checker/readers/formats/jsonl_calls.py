"""JSON lines: one call a line, in our own shape (see `readers/exported/records.py`).

A line that cannot be read is set aside with its number; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from qa_checker.call import Call
from qa_checker.readers.encodings.decoding import HELP
from qa_checker.readers.exported.quick import Quick
from qa_checker.readers.exported.records import call_of, is_call, not_ours, surely_ours
from qa_checker.readers.files.large import rows
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, parse

TITLE = "JSON lines of qa_checker"
UNIT = "seconds"
STREAMS = True
GLANCE = 20


def sniff(source: Source, options: Options) -> float:
    """Return 1 if one of the first lines is a call, 0.5 if others may know more of it.

    0.2 if most lines are JSON objects.
    """
    if not source.text.lstrip().startswith("{"):
        return 0.0
    found = [row.strip() for row in source.first_lines(10 * GLANCE) if row.strip()][:GLANCE]
    objects = [row for row in found if row.startswith("{") and row.endswith("}")]
    if len(found) < 2 or len(objects) * 2 < len(found):
        return 0.0
    records = [_quietly(row) for row in objects]
    if any(map(surely_ours, records)):
        return 1.0
    return 0.5 if any(map(is_call, records)) else 0.2


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call, each bad line as a SetAside. Raises Refusal if no line is a call."""
    glance = list(islice(filter(bytes.strip, rows(source)), GLANCE))
    if not source.stretch and not any(is_call(_quietly(row)) for row in glance):
        raise not_ours(_quietly(glance[0]))
    quick = Quick(options)
    for number, row in enumerate(rows(source), source.first_line):
        if row and not row.isspace():
            yield quick.call(row, number) or _one(source, number, row, options)


def _one(source: Source, number: int, row: bytes, options: Options) -> Call | SetAside:
    try:
        record = parse(_text(row))
        if not isinstance(record, dict) or not is_call(record):
            raise not_ours(record)
        return call_of(record, options, number)
    except Refusal as refusal:
        return SetAside(source.name, refusal.reason, refusal.help, number)


def _text(row: bytes) -> str:
    try:
        return row.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("bytes that are not utf-8", HELP) from None


def _quietly(row: str | bytes) -> object:
    try:
        return parse(row if isinstance(row, str) else _text(row))
    except Refusal:
        return None
