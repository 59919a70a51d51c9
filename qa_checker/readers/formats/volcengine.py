"""Volcengine (火山引擎) and Doubao (豆包) speech recognition: utterances.

    {"audio_info": {"duration": 9000}, "result": {"text": "…", "utterances": [
        {"text": "您好，很高兴为您服务。", "start_time": 340, "end_time": 2100,
         "additions": {"speaker": "1", "channel_id": "1"}}]}}

`result` is an object (v3, big model), a list whose first is the best (v2), or the
utterances stand under `resp`. The whole text repeats them and is read only where there
are none. `additions` may be JSON in a string; moods in it are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import (
    Answer,
    Shape,
    calls,
    decoded,
    flat,
    held,
    listed,
    surest,
)
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.receipts import only_a_receipt
from qa_checker.readers.exported.sentences import call_of
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Volcengine / Doubao"
UNIT = "milliseconds"
DONE = ("", "0", "1000", "20000000")
RUNNING = ("2000", "2001", "20000001", "20000002")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for utterances with start_time, 0.85 for the state of a job."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for a job that is not done."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    if any(_is_utterance(each) for each in listed(_inside(one).get("utterances"))[:20]):
        return 0.95
    job = flat(one.get("resp")) or flat(one)
    named = "reqid" in job or ("resp" in one and "id" in job)
    return 0.85 if named and "code" in job else 0.0


def _is_utterance(one: dict[str, Any]) -> bool:
    """Tell whether an object is an utterance; parts of milliseconds are somebody's seconds."""
    named = "text" in one and "start_time" in one and "end_time" in one and "result" not in one
    return named and not any(_is_part(one[key]) for key in ("start_time", "end_time"))


def _is_part(number: object) -> bool:
    return isinstance(number, float) and not number.is_integer()


SHAPE = Shape(_sure, "utterances", lambda one: _is_utterance(one) and "definite" in one)


def _inside(one: dict[str, Any]) -> dict[str, Any]:
    """Return the object that has the utterances, or the text."""
    if "resp" in one:
        return _inside(flat(one["resp"]))
    result = decoded(one.get("result"))
    first = result[0] if isinstance(result, list) and result else result
    return flat(first) if isinstance(first, dict) else flat(one)


def _call(answer: Answer) -> Call:
    one = answer.result
    inside, job = _inside(one), flat(one.get("resp")) or flat(one)
    said = listed(inside.get("utterances"))
    final = [each for each in said if each.get("definite") is not False]
    segments = [segment(each) for each in final or said]
    if not any(one.text for one in segments):
        segments = [Segment(UNKNOWN, text) for text in [held(inside, "text")] if text]
    code = held(job, "code")
    if not segments and code not in DONE:
        told = " ".join(filter(None, (code, held(job, "message"))))
        raise not_finished(told) if code in RUNNING else failed(told)
    if not segments and not {"text", "utterances"} & inside.keys():
        raise only_a_receipt()
    return call_of(answer, segments, _duration(one, inside))


def _duration(one: dict[str, Any], inside: dict[str, Any]) -> float | None:
    told = flat(one.get("audio_info")).get("duration")
    return when(told or flat(inside.get("additions")).get("duration"), MILLISECOND)


def segment(one: dict[str, Any]) -> Segment:
    """Return the segment of an utterance."""
    fields = flat(one)
    more = flat(fields.get("additions")) | flat(fields.get("attribute"))
    start, end = (when(fields.get(key), MILLISECOND) for key in ("starttime", "endtime"))
    names = ("speaker", "speakerid")
    speaker = held(more, *names) or held(fields, *names)
    channel = held(more, "channelid") or held(fields, "channelid")
    return Segment(UNKNOWN, held(fields, "text"), speaker, start, end, channel=channel)
