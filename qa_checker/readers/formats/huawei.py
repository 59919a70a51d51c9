"""Huawei Cloud SIS recording-file transcription (录音文件识别).

    {"status": "FINISHED", "audio_duration": 9000, "segments": [
        {"start_time": 340, "end_time": 2100, "result": {
            "text": "您好，很高兴为您服务。", "analysis_info": {"role": "AGENT", "speed": 4.1}}}]}

The role is AGENT or USER where the job was told which channel is the agent's, or
speaker1, speaker2 … in a meeting. `emotion` is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import AGENT, CUSTOMER, Call, Segment
from qa_checker.readers.exported.answers import Answer, Shape, calls, flat, held, listed, surest
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.sentences import call_of
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Huawei Cloud SIS"
UNIT = "milliseconds"
STATES = ("WAITING", "RUNNING", "FINISHED", "ERROR")
ROLES = {"AGENT": AGENT, "USER": CUSTOMER}


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for segments that have a result with text, 0.9 for a job's state."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for a job that is not done."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    if any(_is_segment(segment) for segment in listed(one.get("segments"))[:20]):
        return 0.97
    return 0.9 if one.get("status") in STATES and "create_time" in one else 0.0


def _is_segment(one: dict[str, Any]) -> bool:
    fields = flat(one)
    return "starttime" in fields and "text" in flat(fields.get("result"))


SHAPE = Shape(_sure, "segments", _is_segment)


def _call(answer: Answer) -> Call:
    said = [
        one for one in listed(answer.result.get("segments")) if one.get("is_final") is not False
    ]
    state = answer.plain("status")
    if not said and state == "ERROR":
        told = (state, answer.plain("errorcode"), answer.plain("errormsg"))
        raise failed(" ".join(filter(None, told)))
    if not said and state in ("WAITING", "RUNNING"):
        raise not_finished(state)
    duration = when(answer.result.get("audio_duration"), MILLISECOND)
    return call_of(answer, map(_segment, said), duration)


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    result = flat(fields.get("result"))
    start, end = (when(fields.get(key), MILLISECOND) for key in ("starttime", "endtime"))
    label = held(flat(result.get("analysisinfo")), "role")
    role = ROLES.get(label) or role_of(label)
    return Segment(role, held(result, "text"), label, start, end)
