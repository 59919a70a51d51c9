"""ModelScope diarised pipelines: a list of start, end, speaker and text.

    {"result": [[0.34, 2.1, "speaker0", "您好，很高兴为您服务。"], [2.6, 5.0, "speaker1", "…"]]}

Times are seconds; the list may be saved alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import Answer, decoded
from qa_checker.readers.exported.said import at, plain
from qa_checker.readers.exported.sentences import call_of
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "ModelScope Diarised List"
UNIT = "seconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a list of lists of two numbers, a speaker and a text."""
    return 0.95 if source.is_json and any(map(_is_row, _rows(source.document)[:5])) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal if it has no sentence."""
    rows = [row for row in _rows(source.document) if isinstance(row, list)]
    yield call_of(Answer({}), map(_segment, rows))


def _rows(document: object) -> list[Any]:
    """Return the list, also from `result` or `text` of an object, or of the only one in a list."""
    document = decoded(document)
    if isinstance(document, list) and len(document) == 1 and isinstance(document[0], dict):
        document = document[0]
    for key in ("data", "output", "result", "text"):
        inner = decoded(at(document, key))
        document = inner if isinstance(inner, list | dict) else document
    return document if isinstance(document, list) else []


def _is_row(row: object) -> bool:
    if not isinstance(row, list) or len(row) != 4:
        return False
    timed = all(isinstance(time, int | float) and not isinstance(time, bool) for time in row[:2])
    return timed and isinstance(row[2], str | int) and isinstance(row[3], str)


def _segment(row: list[Any]) -> Segment:
    start, end = when(at(row, 0)), when(at(row, 1))
    return Segment(UNKNOWN, plain(at(row, 3)), plain(at(row, 2)), start, end)
