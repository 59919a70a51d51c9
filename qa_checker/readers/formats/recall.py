"""Recall.ai: a list of what each participant said, the words of a turn with their times, seconds.

    [{"participant": {"id": 100, "name": "Dana", "is_host": true}, "language_code": "en",
      "words": [{"text": "Hello.", "start_timestamp": {"relative": 4.2, "absolute": "2025-06-…"},
                 "end_timestamp": {"relative": 4.6, "absolute": "2025-06-…"}}]}]

The older form has `speaker` and plain numbers: {"speaker": "Dana", "words": [{"text": "Hello.",
"start_timestamp": 4.2}]}. A host of a meeting is nobody's agent. Of live events, in a list or
one a line, each `transcript.data` is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import date, each, in_order, made, stamp, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import at, joined, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Recall.ai"
UNIT = "seconds"
FINAL, PARTIAL = "transcript.data", "transcript.partial_data"
GLANCE = 10
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for turns whose words have the timestamps of this service."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every recording. Raises Refusal if nothing in the only one is final."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a list holds turns of words with timestamps, or live events with them."""
    first = objects(node)[:GLANCE]
    return any(map(_is_event, first)) or any(map(_is_turn, first))


def call_of(node: Any) -> Call:
    """Return the call of a recording. Raises Refusal if nothing of a live one is final."""
    parts = objects(node)
    live = any(map(_is_event, parts))
    parts = [_inner(one) for one in parts if one.get("event") == FINAL] if live else parts
    said = [_segment(one) for one in parts if objects(one.get("words"))]
    if live and not said:
        raise only_interim()
    language = next(filter(None, (plain(one.get("language_code")) for one in parts)), "")
    return made(in_order(said), started_at=_started(parts), language=language)


def _is_event(one: Node) -> bool:
    return one.get("event") in (FINAL, PARTIAL) and _is_turn(_inner(one))


def _inner(event: Node) -> Node:
    data = at(event, "data", "data")
    return data if isinstance(data, dict) else {}


def _is_turn(one: Node) -> bool:
    words = objects(one.get("words"))[:GLANCE]
    named = "participant" in one or "speaker" in one
    return named and any("text" in word and "start_timestamp" in word for word in words)


def _segment(one: Node) -> Segment:
    words = objects(one.get("words"))
    starts = [_time(word.get("start_timestamp")) for word in words]
    ends = [_time(word.get("end_timestamp")) for word in words]
    person = one.get("participant")
    speaker = plain(at(person, "name")) or plain(at(person, "id")) or plain(one.get("speaker"))
    text = joined(plain(word.get("text")) for word in words)
    return Segment(UNKNOWN, text, speaker, _first(starts), _first(ends[::-1]))


def _time(stamped: object) -> float | None:
    return when(at(stamped, "relative") if isinstance(stamped, dict) else stamped)


def _first(times: list[float | None]) -> float | None:
    return next((time for time in times if time is not None), None)


def _started(parts: list[Node]) -> str:
    """Return when the recording began: the date of a word less its seconds."""
    for one in parts:
        stamped = at(one, "words", 0, "start_timestamp")
        begun, since = date(at(stamped, "absolute")), _time(stamped)
        if begun is not None and since is not None:
            return stamp(begun - since)
    return ""
