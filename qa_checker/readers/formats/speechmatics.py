"""Speechmatics, both generations of its JSON; seconds.

    {"format": "2.9", "job": {"duration": 8}, "results": [
        {"type": "word", "start_time": 0.1, "end_time": 0.4, "channel": "agent",
         "alternatives": [{"content": "Hello", "speaker": "S1"}]},
        {"type": "punctuation", "attaches_to": "previous", "alternatives": [{"content": "."}]}]}

    {"job": {…}, "speakers": [{"time": "0.1", "name": "M1"}],
     "words": [{"time": "0.1", "duration": "0.3", "name": "Hello"}]}

The older form names speakers beside the words; they are joined by time. A named channel is
part of the label: `agent/S1`. "UU" is the service's word for a speaker it does not know. Where
only a `speaker_change` is told, another turn begins, of nobody known. Of live messages, in a list
or one a line, each `AddTranscript` is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from qa_checker.call import Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.receipts import only_a_receipt
from qa_checker.readers.exported.said import (
    Word,
    at,
    kept,
    label,
    objects,
    plain,
    sentences,
    unfinished,
)
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "Speechmatics"
UNIT = "seconds"
LIVE = ("RecognitionStarted", "AddPartialTranscript", "AddTranscript")
CHANGE = "speaker_change"
KINDS = ("word", "punctuation", "entity", CHANGE)


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for words of either generation, or a job that has none yet."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal if the only one has no words yet."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node holds words of either generation, or is a job."""
    if isinstance(document, list):
        return any(plain(one.get("message")) in LIVE for one in objects(document))
    kept_alone = at(document, "message") in (None, "AddTranscript")
    if kept_alone and any(map(_is_result, _results(document)[:20])):
        return True
    job, words = at(document, "job"), objects(at(document, "words"))
    if not isinstance(job, dict):
        return False
    timed = bool(words) and {"name", "time", "duration"} <= words[0].keys()
    named = "status" in job and ("data_name" in job or "created_at" in job)
    return timed or named or at(document, "results") == []


def _call(given: Any) -> Call:
    document = {"results": _live(given)} if isinstance(given, list) else given
    results, words = _results(document), objects(document.get("words"))
    if isinstance(given, list) and not results:
        raise Refusal("empty: the recogniser heard no speech", "check the recording")
    if not results and not words and at(document, "job", "status"):
        done = at(document, "job", "status") == "done"
        state = unfinished(TITLE, at(document, "job", "status"), document)
        raise only_a_receipt() if done else state
    runs = _by_change(results) if results else [_first(document, words)]
    segments = [segment for run in runs for segment in _by_channel(list(run))]
    metadata = kept(duration=at(document, "job", "duration"), job_id=at(document, "job", "id"))
    language = plain(at(document, "metadata", "transcription_config", "language"))
    language = language or plain(at(document, "job", "lang"))
    return Call("", turns(segments), language=language, metadata=metadata)


def _by_change(results: list[dict[str, Any]]) -> Iterator[Iterator[Word]]:
    """Yield the words between one change of speakers and the next."""
    for change, run in groupby(results, lambda one: one.get("type") == CHANGE):
        if not change:
            yield _second(run)


def _by_channel(said: list[Word]) -> Iterator[Segment]:
    for channel in dict.fromkeys(word.channel for word in said):
        yield from sentences(word for word in said if word.channel == channel)


def _results(document: object) -> list[dict[str, Any]]:
    return objects(at(document, "results"))


def _live(rows: list[Any]) -> list[dict[str, Any]]:
    """Return the results of the final messages that came while somebody spoke."""
    final = (row for row in objects(rows) if row.get("message") == "AddTranscript")
    return [one for row in final for one in _results(row)]


def _is_result(one: dict[str, Any]) -> bool:
    return one.get("type") in KINDS and isinstance(at(one, "alternatives", 0, "content"), str)


def _second(results: Iterable[dict[str, Any]]) -> Iterator[Word]:
    """Yield words and marks; what belongs to the next word is put before it."""
    before = ""
    for one in results:
        text = plain(at(one, "alternatives", 0, "content"))
        if one.get("attaches_to") == "next":
            before += text
            continue
        channel, speaker = plain(one.get("channel")), at(one, "alternatives", 0, "speaker")
        mark = one.get("type") == "punctuation"
        yield Word(
            before + text,
            label(channel, plain(speaker)),
            None if mark else when(one.get("start_time")),
            None if mark else when(one.get("end_time")),
            channel,
        )
        before = ""


def _first(document: object, words: list[dict[str, Any]]) -> Iterator[Word]:
    speakers = [(when(one.get("time")), one) for one in objects(at(document, "speakers"))]
    known = sorted((time, plain(one.get("name"))) for time, one in speakers if time is not None)
    starts = [time for time, _ in known]
    for one in words:
        start, length = when(one.get("time")), when(one.get("duration"))
        place = bisect_right(starts, start) - 1 if start is not None else -1
        end = None if start is None or length is None else round(start + length, 6)
        yield Word(plain(one.get("name")), known[place][1] if place >= 0 else "", start, end)
