r"""Tencent Cloud recording-file transcription (录音文件识别): result of a task, callback, flash.

    {"Response": {"Data": {"Status": 2, "StatusStr": "success", "AudioDuration": 9.0,
        "Result": "[0:0.340,0:2.100,0]  您好，很高兴为您服务。\n",
        "ResultDetail": [{"FinalSentence": "您好，很高兴为您服务。",
                          "StartMs": 340, "EndMs": 2100, "SpeakerId": 0}]}}}

Result repeats ResultDetail and is read where that is null; its lines may also be a text
file of their own. SpeakerId is the channel in a recording with two (0 left, 1 right), a
voice in one. EmotionalEnergy is loudness and is not read. Flash: `flash_result`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import Answer, Shape, calls, flat, held, listed, surest
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source, split_lines
from qa_checker.readers.times import seconds

TITLE = "Tencent Cloud File Transcription"
UNIT = "milliseconds"
CLOCK = r"\s*([0-9]+(?::[0-9]+)?:[0-9]+(?:\.[0-9]+)?)\s*"
LINE = lazy_re.compile(rf"\s*\[{CLOCK},{CLOCK}(?:,\s*([^\],]{{1,40}}?)\s*)?\](.*)$")
TEXTS = ("finalsentence", "writtentext", "text")
DETAILS = (*TEXTS, "slicesentence")
GLANCE = 20
STATES = {"0": "waiting", "1": "doing", "2": "success", "3": "failed"}


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for ResultDetail or flash_result, 0.95 for lines of Result, 0.9 for a state."""
    return 0.95 if _is_lines(source) else surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for a task that is not done."""
    if _is_lines(source):
        return iter([call_of(Answer({}), _lines(_text(source)))])
    return calls(source, SHAPE, _call)


def _is_lines(source: Source) -> bool:
    if source.is_json and not isinstance(source.document, str):
        return False
    rows = [row for row in split_lines(_text(source)) if row.strip()][:GLANCE]
    timed = sum(LINE.match(row) is not None for row in rows)
    return timed > 0 and LINE.match(rows[0]) is not None and timed * 2 >= len(rows)


def _text(source: Source) -> str:
    return source.document if isinstance(source.document, str) else source.text


def _sure(one: dict[str, Any]) -> float:
    fields = flat(one)
    if _details(fields) or _is_channel(one) or _flash(fields):
        return 0.97
    if _whole(fields):
        return 0.95
    task = "taskid" in fields or "requestid" in fields
    if task and ("statusstr" in fields or "code" in flat(fields.get("error"))):
        return 0.9
    return 0.9 if "flashresult" in fields and isinstance(fields["flashresult"], list) else 0.0


def _is_detail(one: dict[str, Any]) -> bool:
    fields = flat(one)
    others = "role" in fields or "speaker" in fields  # which has SpeakerId
    return "startms" in fields and not others and any(key in fields for key in DETAILS)


SHAPE = Shape(_sure, "ResultDetail", _is_detail)


def _details(fields: dict[str, Any]) -> list[dict[str, Any]]:
    found = listed(fields.get("resultdetail"))
    return found if any(map(_is_detail, found[:20])) else []


def _flash(fields: dict[str, Any]) -> list[dict[str, Any]]:
    found = listed(fields.get("flashresult"))
    return [one for one in found if _is_channel(one) or "channel_id" in one]


def _is_channel(one: dict[str, Any]) -> bool:
    first = flat(next(iter(listed(flat(one).get("sentencelist"))), None))
    return "text" in first and "starttime" in first


def _whole(fields: dict[str, Any]) -> str:
    """Return the lines of Result, or of a callback's text."""
    texts = (held(fields, name) for name in ("result", "text"))
    return next((text for text in texts if LINE.match(text.split("\n")[0])), "")


def _call(answer: Answer) -> Call:
    fields = flat(answer.result)
    segments = [_segment(one) for one in _details(fields)]
    if not segments:
        channels = [answer.result] if _is_channel(answer.result) else _flash(fields)
        segments = [segment for channel in channels for segment in _channel(channel)]
    segments = segments or _lines(_whole(fields))
    if not segments:
        _refuse(fields)
        segments = [Segment(UNKNOWN, text) for text in [held(fields, "result")] if text]
    seconds_long = when(answer.plain("audioduration", "audiotime"))
    if "flashresult" in fields:
        seconds_long = when(fields.get("audioduration"), MILLISECOND)
    return call_of(answer, segments, seconds_long)


def _refuse(fields: dict[str, Any]) -> None:
    """Raise the Refusal of a task that waits, runs or failed."""
    error = flat(fields.get("error"))
    status = held(fields, "status")
    state = held(fields, "statusstr") or STATES.get(status, "")
    told = " ".join(filter(None, (held(error, "code"), held(error, "message"))))
    told = told or held(fields, "errormsg")
    if state in ("waiting", "doing"):
        raise not_finished(state)
    if state == "failed" or told or held(fields, "code") not in ("", "0"):
        raise failed(" ".join(filter(None, (state, told or held(fields, "message")))))


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    start, end = (when(fields.get(key), MILLISECOND) for key in ("startms", "endms"))
    words = (held(flat(word), "word") for word in listed(fields.get("words")))
    text = held(fields, *TEXTS) or run_on(held(fields, "slicesentence").split() or words)
    name = held(fields, "speakerrolename")
    return Segment(role_of(name), text, name or _voice(fields), start, end)


def _voice(fields: dict[str, Any]) -> str:
    """Return the number of a voice; -1 is nobody's."""
    number = held(fields, "speakerid")
    return "" if number == "-1" else number


def _channel(channel: dict[str, Any]) -> list[Segment]:
    fields = flat(channel)
    name = held(fields, "channelid")
    said = [flat(one) for one in listed(fields.get("sentencelist"))]
    if not said:
        return [Segment(UNKNOWN, held(fields, "text"), channel=name)]
    return [
        Segment(
            UNKNOWN,
            held(one, "text"),
            _voice(one),
            when(one.get("starttime"), MILLISECOND),
            when(one.get("endtime"), MILLISECOND),
            channel=name,
        )
        for one in said
    ]


def _lines(text: str) -> list[Segment]:
    """Return the sentences of "[0:0.340,0:2.100,0]  text" lines; others go on with one."""
    found: list[Segment] = []
    for number, row in enumerate(split_lines(text), 1):
        match = LINE.match(row)
        if match is not None:
            start, end = (_at(match[place]) for place in (1, 2))
            found.append(Segment(UNKNOWN, match[4].strip(), match[3] or "", start, end, number))
        elif row.strip() and found:
            last = found[-1]
            found[-1] = Segment(
                UNKNOWN, f"{last.text} {row.strip()}", last.speaker, last.start, last.end, last.line
            )
    return found


def _at(clock: str) -> float:
    found = seconds(clock)
    return math.nan if found is None else found
