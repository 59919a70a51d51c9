"""From a vendor's JSON to calls: which records are in it, their state, their order, their facts.

What a format brings is a test (`mine`: is this node one conversation of my kind?) and a
function that makes a call of such a node. It may lie alone, in a list, one a line, one level
down, or deeper in what usually wraps an answer ("data", "result").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from qa_checker.call import Call, Segment, turns
from qa_checker.readers.exported import json_records
from qa_checker.readers.exported.answers import WRAPPERS, decoded, spelled
from qa_checker.readers.exported.receipts import only_a_link
from qa_checker.readers.exported.records import not_ours
from qa_checker.readers.exported.said import objects, plain, unfinished
from qa_checker.readers.moments import SECOND, when
from qa_checker.readers.source import SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import moment

GLANCE, DEEPEST = 10, 8  # of a list, the items looked at; of wrappers, how many in each other
DONE = {"completed", "complete", "succeeded", "success", "done", "processed"}
Mine = Callable[[Any], bool]


def records(document: object, mine: Mine, depth: int = DEEPEST) -> list[Any]:
    """Return the conversations of a document; the whole list if one of its first ten is one.

    What lies deeper than one level is looked for under the names of wrappers only, there also in
    JSON in a string, and in the pages of a list.
    """
    if mine(document):
        return [document]
    if isinstance(document, list):
        known = any(mine(one) for one in document[:GLANCE])
        return document if known else _paged(document, mine, depth)
    if not isinstance(document, dict) or not depth:
        return []
    if inside := [one for one in document.values() if mine(one)]:
        return inside
    lists = [one for one in document.values() if isinstance(one, list)]
    if found := next((one for one in lists if any(mine(each) for each in one[:GLANCE])), []):
        return found
    wrapped = [decoded(one) for key, one in document.items() if spelled(key) in WRAPPERS]
    below = (records(one, mine, depth - 1) for one in wrapped if isinstance(one, dict))
    return next((found for found in below if found), [])


def _paged(pages: list[Any], mine: Mine, depth: int) -> list[Any]:
    """Return the conversations of all pages of a list, if one of the first has any."""
    if not any(records(one, mine, depth) for one in objects(pages[:GLANCE])):
        return []
    return [one for page in objects(pages) for one in records(page, mine, depth)]


def sure(source: Source, mine: Mine) -> float:
    """Return how sure a format is: 0.95 for its own shape, 0.9 in a list or one level down."""
    if not source.is_json:
        return 0.0
    if mine(source.glance):
        return 0.95
    return 0.9 if records(source.glance, mine) else 0.0


def each(source: Source, mine: Mine, call_of: Callable[[Any], Call]) -> Iterator[Call | SetAside]:
    """Yield the call of every record; a bad one of several is set aside alone.

    Of several calls without an id, the second becomes "NAME-2".
    """
    return every(source, mine, lambda record: [call_of(record)])


def every(
    source: Source, mine: Mine, calls_in: Callable[[Any], Iterable[Call]]
) -> Iterator[Call | SetAside]:
    """Yield all calls of every record, where a record may hold several, as `each` does."""
    document, broken = _content(source)
    yield from broken
    found, count = records(document, mine), 0
    for number, record in enumerate(found, 1):
        try:
            if not mine(record):
                raise not_ours(record)
            calls = list(calls_in(record))
        except Refusal as refusal:
            if len(found) == 1:
                raise
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)
            continue
        for call in calls:
            count += 1
            named = call.call_id or len(found) == len(calls) == 1
            yield call if named else replace(call, call_id=f"{source.stem}-{count}")


def _content(source: Source) -> tuple[object, list[SetAside]]:
    """Return the document, or a list of JSON lines, and the lines that are broken."""
    if not isinstance(source.document, Refusal):
        return source.document, []
    if isinstance(source.glance, Refusal):
        raise source.document
    lines = list(json_records.records(source))
    broken = [(number, one) for number, one in lines if isinstance(one, Refusal)]
    aside = [SetAside(source.name, one.reason, one.help, number) for number, one in broken]
    return [one for _, one in lines if not isinstance(one, Refusal)], aside


def finished(title: str, *states: object, answer: object = None) -> None:
    """Raise Refusal if a vendor's state says that the transcript is not there (yet).

    `answer` is the object with the reason of a job that failed.
    """
    for state in map(plain, states):
        if state and state.casefold() not in DONE:
            raise unfinished(title, state, answer)


def pointer(title: str, *states: object, answer: object = None) -> Refusal:
    """Return the refusal of a file that says where a transcript is. Raises as `finished` does."""
    finished(title, *states, answer=answer)
    return only_a_link()


def either(node: object, *keys: str) -> Any:
    """Return the first value there is under several spellings of a key."""
    if not isinstance(node, dict):
        return None
    return next((node[key] for key in keys if node.get(key) is not None), None)


def first_text(node: object, *keys: str) -> str:
    """Return the first of some texts of a node that says anything."""
    texts = (plain(either(node, key)) for key in keys)
    return next((text for text in texts if text.strip()), "")


def lasting(raw: object, unit: float = SECOND) -> str:
    """Return a duration as text in seconds, "" if there is none that can be read."""
    time = when(raw, unit)
    return f"{time:.3f}".rstrip("0").rstrip(".") if time is not None and time >= 0 else ""


def date(raw: object) -> float | None:
    """Return the seconds since 1970 of a date as text; None if there is none."""
    return moment(raw) if isinstance(raw, str) else None


def stamp(epoch: float | None) -> str:
    """Return seconds since 1970 as a date, "" if they are no date after 1973."""
    if epoch is None or not 1e8 < epoch < 1e11:
        return ""
    return datetime.fromtimestamp(epoch, UTC).isoformat(timespec="seconds")


def in_order(segments: Iterable[Segment]) -> list[Segment]:
    """Return segments by their starts, as channels one after the other need it.

    In the order of the source if a start is missing.
    """
    found = list(segments)
    if any(one.start is None or one.start != one.start for one in found):
        return found
    return sorted(found, key=lambda one: one.start or 0.0)


def from_start(segments: Iterable[Segment], zero: float | None = None) -> list[Segment]:
    """Return segments counted from the call's start in seconds, or from the first of them."""
    found = list(segments)
    starts = [one.start for one in found if one.start is not None and one.start == one.start]
    begin = zero if zero is not None else min(starts, default=0.0)
    return [replace(one, start=_less(one.start, begin), end=_less(one.end, begin)) for one in found]


def _less(time: float | None, begin: float) -> float | None:
    return None if time is None else round(time - begin, 6)


def made(
    segments: Iterable[Segment],
    call_id: object = "",
    metadata: Mapping[str, str] | None = None,
    notes: Iterable[str] = (),
    **fields: object,
) -> Call:
    """Return a call; fields (agent, queue, started_at, language) that are no text become ""."""
    told = {key: plain(value) for key, value in fields.items()}
    return Call(
        plain(call_id),
        turns(segments),
        metadata=metadata or {},
        notes=tuple(note for note in notes if note),
        reading=None,
        **told,
    )
