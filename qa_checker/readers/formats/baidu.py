"""Baidu audio-file transcription (音频文件转写), 16k and the 8k call-centre model.

    {"log_id": 1, "tasks_info": [{"task_id": "…", "task_status": "Success", "task_result": {
        "audio_duration": 9000, "result": ["…"], "detailed_result": [
            {"res": ["您好，很高兴为您服务。"], "begin_time": "340", "end_time": "2100"}]}}]}

Each task is a call. `result` repeats the sentences and is read only where there are none.
Nothing says who speaks in a 16k job; the two channels of an 8k job are kept apart where
a sentence names its channel.
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
from qa_checker.readers.exported.said import plain
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Baidu Audio File Transcription"
UNIT = "milliseconds"
RUNNING = ("Running", "Created", "Waiting")
STATES = (*RUNNING, "Success", "Failure")


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for a detailed_result, 0.95 for a task's state."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each task. Raises Refusal for a task that is not done."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    fields = flat(one)
    if any(_is_sentence(each) for each in listed(_result(fields).get("detailedresult"))):
        return 0.97
    if "task_id" in one and (one.get("task_status") in STATES or "task_result" in one):
        return 0.95
    if "detailed_result" in one:
        return 0.5
    wrong = "error_code" in one and "error_msg" in one
    return 0.6 if wrong and "log_id" in one else 0.0


def _is_sentence(one: dict[str, Any]) -> bool:
    return "res" in one and "begin_time" in one


SHAPE = Shape(_sure, "detailed_result", _is_sentence)


def _result(fields: dict[str, Any]) -> dict[str, Any]:
    return flat(fields.get("taskresult")) or fields


def _call(answer: Answer) -> Call:
    fields = flat(answer.result)
    result = _result(fields)
    said = [_segment(one) for one in listed(result.get("detailedresult"))]
    whole = decoded(result.get("result"))
    if not any(segment.text for segment in said):
        said = [Segment(UNKNOWN, text) for text in [_text(whole)] if text]
    state = held(fields, "taskstatus")
    if not said and state in RUNNING:
        raise not_finished(state)
    code = held(result, "errno", "errorcode")
    if not said and (state == "Failure" or code):
        told = (state, code, held(result, "errmsg", "errormsg"))
        raise failed(" ".join(filter(None, told)))
    return call_of(answer, said, when(result.get("audioduration"), MILLISECOND))


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    start, end = (when(fields.get(key), MILLISECOND) for key in ("begintime", "endtime"))
    speaker = held(fields, "speaker", "spk", "speakerid")
    channel = held(fields, "channel", "channelid")
    return Segment(UNKNOWN, _text(fields.get("res")), speaker, start, end, channel=channel)


def _text(said: object) -> str:
    return run_on(map(plain, said)) if isinstance(said, list) else plain(said)
