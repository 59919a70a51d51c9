"""Aliyun conversation analysis (智能对话分析, 智能联络中心质检): dialogues with roles.

    {"Data": {"Dialogues": {"Dialogue": [{"Role": "客服", "Words": "您好，请问有什么可以帮您？",
                                          "Begin": 340, "End": 2100, "HourMinSec": "00:00:00"}]}}}

`Words` is the whole sentence. Begin and End are milliseconds; where they are missing
HourMinSec is the time. AsrResult in a list of ResultInfo is the same, a call each.
EmotionValue is loudness and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from qa_checker.call import Call, Segment
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
from qa_checker.readers.exported.sentences import call_of, recording
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import moment, value

TITLE = "Aliyun Conversation Analysis"
UNIT = "milliseconds"
LISTS = ("dialogues", "dialogue", "asrresult", "asrresults")


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for dialogues whose sentences are Words with a Role."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal if nobody speaks in it."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    said = _sentences(one)
    return 0.97 if said and _is_sentence(said[0]) else 0.0


def _is_sentence(one: dict[str, Any]) -> bool:
    fields = flat(one)
    if not isinstance(fields.get("words"), str):
        return False
    return "role" in fields or ("identity" in fields and "begin" in fields)


SHAPE = Shape(_sure, "Dialogues", _is_sentence)


def _sentences(one: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sentences: {"Dialogues": {"Dialogue": […]}} or {"Dialogues": […]}."""
    fields = flat(one)
    for name in LISTS:
        found = decoded(fields.get(name))
        if isinstance(found, dict):
            found = next((inner for inner in found.values() if isinstance(inner, list)), None)
        if isinstance(found, list):
            return listed(found)
    return []


def _call(answer: Answer) -> Call:
    said = _sentences(answer.result)
    segments = [_segment(one) for one in said]
    notes: list[str] = []
    if all(segment.start is None for segment in segments):
        clocked = [
            replace(segment, start=value(flat(one).get("hourminsec")))
            for segment, one in zip(segments, said, strict=True)
        ]
        segments, notes = from_zero(clocked)
    began = (held(flat(one), "begintime") for one in said)
    began_at = next((text for text in began if moment(text) is not None), "")
    call = call_of(answer, segments, notes=notes)
    return _with_people(replace(call, started_at=began_at), flat(answer.result))


def _with_people(call: Call, fields: Mapping[str, Any]) -> Call:
    agent, record = flat(fields.get("agent")), flat(fields.get("recording"))
    known = dict(call.metadata)
    if name := recording(held(record, "name")):
        known["recording"] = name
    return replace(
        call,
        call_id=held(record, "id") or call.call_id,
        agent=held(agent, "name", "id"),
        queue=held(agent, "skillgroup"),
        metadata=known,
    )


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    label = held(fields, "role", "identity")
    start = when(fields.get("begin", fields.get("begintimems")), MILLISECOND)
    end = when(fields.get("end"), MILLISECOND)
    return Segment(role_of(label), held(fields, "words"), label, start, end)
