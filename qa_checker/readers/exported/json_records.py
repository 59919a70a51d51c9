"""The records of a JSON file one after the other: items of an array, or lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.readers.encodings.decoding import HELP
from qa_checker.readers.files.large import items, rows, texts
from qa_checker.readers.source import Source
from qa_checker.readers.strict_json import Refusal, parse

Record = tuple[int, dict[str, Any] | Refusal]


def records(source: Source, *, glance: bool = False) -> Iterator[Record]:
    """Yield each record with its number: of an item from 1, of a line the line.

    At a `glance` those of the beginning only. What is no object is yielded as a Refusal.
    """
    for number, record in enumerate(_each(source, glance), 1):
        if record is not None:
            yield number, _checked(record)


def _each(source: Source, glance: bool) -> Iterator[object]:
    """Yield every item, or every line: None for an empty one."""
    document = source.document
    if isinstance(document, list) and (glance or source.reopen is None):
        yield from (_checked(item) for item in document)
    elif isinstance(document, list):
        yield from map(_parsed, items(texts(source)))
    elif isinstance(document, dict):
        yield document
    else:
        lines = source.text.encode("utf-8").splitlines() if glance else rows(source)
        yield from (_parsed(row) if row.strip() else None for row in lines)


def _parsed(text: str | bytes) -> object:
    try:
        return _checked(parse(text if isinstance(text, str) else text.decode("utf-8")))
    except Refusal as refusal:
        return refusal
    except UnicodeDecodeError:
        return Refusal("bytes that are not utf-8", HELP)


def _checked(record: object) -> dict[str, Any] | Refusal:
    if isinstance(record, dict | Refusal):
        return record
    return Refusal("not an object with keys", "write one object a row")
