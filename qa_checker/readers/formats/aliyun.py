"""Aliyun recording-file transcription (录音文件识别): version 4, its snake_case twin, and flash.

    {"TaskId": "…", "StatusText": "SUCCESS", "BizDuration": 9000,
     "Result": {"Sentences": [{"ChannelId": 0, "BeginTime": 340, "EndTime": 2100,
                               "Text": "您好，很高兴为您服务。", "SpeakerId": "1"}]}}

The inner Result or the list of sentences may be saved alone. A channel is no role: with
one channel each the first to speak is often 0. `Words` repeats the sentences and is not
read; EmotionValue is loudness, not mood. Sentences told on both channels are read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import Answer, Shape, calls, flat, held, listed, surest
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.receipts import only_a_receipt
from qa_checker.readers.exported.sentences import call_of
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "Aliyun File Transcription"
UNIT = "milliseconds"
RUNNING = ("RUNNING", "QUEUEING", "QUEUING")
SILENT = "SUCCESS_WITH_NO_VALID_FRAGMENT"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for sentences with BeginTime and ChannelId, 0.9 for a job's state."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each result. Raises Refusal for a job that is not done."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    fields, inside = flat(one), _inside(one)
    first = flat(next(iter(listed(inside.get("sentences"))), None))
    if "text" in first and "begintime" in first:
        return 0.95 if "channelid" in first else 0.8
    if "statustext" in fields and ("taskid" in fields or "statuscode" in fields):
        return 0.9
    return 0.5 if "Sentences" in one else 0.0


def _is_sentence(one: dict[str, Any]) -> bool:
    return "BeginTime" in one and "Text" in one


SHAPE = Shape(_sure, "Sentences", _is_sentence)


def _inside(one: dict[str, Any]) -> dict[str, Any]:
    """Return the object that has the sentences, or the one that should."""
    fields = flat(one)
    inner = (flat(fields.get("result")), flat(fields.get("flashresult")))
    return next((each for each in (fields, *inner) if "sentences" in each), fields)


def _call(answer: Answer) -> Call:
    inside = _inside(answer.result)
    said = listed(inside.get("sentences"))
    state = answer.plain("statustext")
    if not said and state == "SUCCESS" and "result" not in flat(answer.result):
        raise only_a_receipt()
    if not said and state:
        raise _unusable(state)
    duration = answer.plain("bizduration") or inside.get("duration")
    return call_of(answer, map(_segment, said), when(duration, MILLISECOND))


def _unusable(state: str) -> Refusal:
    if state == SILENT or state.startswith("SUCCESS"):
        return Refusal("empty: the recogniser heard no speech", "check the recording")
    return not_finished(state) if state in RUNNING else failed(state)


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    start, end = (when(fields.get(key), MILLISECOND) for key in ("begintime", "endtime"))
    speaker, channel = held(fields, "speakerid"), held(fields, "channelid")
    return Segment(UNKNOWN, held(fields, "text"), speaker, start, end, channel=channel)
