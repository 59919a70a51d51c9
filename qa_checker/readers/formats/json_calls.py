"""JSON: one call, or an array of calls, in our own shape (see `readers/exported/records.py`).

JSON of any other shape is refused with the keys that were seen; it never reaches the
plain-text reader, which would take keys for speakers.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.exported.quick import Quick
from qa_checker.readers.exported.records import call_of, is_call, not_ours, surely_ours
from qa_checker.readers.files.large import end_of_item, items, texts
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, parse

STREAMS = True

TITLE = "JSON of qa_checker"
UNIT = "seconds"
END = lazy_re.compile(r"\]\s*\}")  # of a call whose turns come last


def sniff(source: Source, options: Options) -> float:
    """Return 1 for our own shape, 0.5 if others may know more of it, 0.1 for any other JSON.

    Somebody has to refuse that.
    """
    if not source.is_json:
        return 0.0
    document = source.document
    first = document[0] if isinstance(document, list) and document else document
    return 1.0 if surely_ours(first) else 0.5 if is_call(first) else 0.1


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call; a bad one of several is set aside alone."""
    document = source.document
    if isinstance(document, Refusal):
        raise document
    if source.reopen is not None:
        yield from _items(source, options)
    elif isinstance(document, dict) and is_call(document):
        yield call_of(document, options)
    elif isinstance(document, list) and any(is_call(record) for record in document):
        for number, record in enumerate(document, 1):
            yield _one(source, number, record, options)
    else:
        raise not_ours(document)


def _items(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls of an array that is too large to hold."""
    quick = Quick(options)
    found: list[Call] = []

    def end_of(text: str, start: int) -> int:
        """Read the call at a place, if it is one, to find its end: no value ends in another's."""
        found.clear()
        end = END.search(text, start)
        call = quick.call(text[start : end.end()].encode("utf-8")) if end is not None else None
        if end is None or call is None:
            return end_of_item(text, start)
        found.append(call)
        return end.end()

    for number, item in enumerate(items(texts(source), end_of), 1):
        call = found.pop() if found else quick.call(item.encode("utf-8"))
        if call is not None:
            yield call
            continue
        try:
            record = parse(item)
        except Refusal as refusal:
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)
            continue
        yield _one(source, number, record, options)


def _one(source: Source, number: int, record: object, options: Options) -> Call | SetAside:
    try:
        if not isinstance(record, dict) or not is_call(record):
            raise not_ours(record)
        return call_of(record, options)
    except Refusal as refusal:
        return SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)
