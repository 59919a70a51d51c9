"""Aliyun Tongyi Tingwu (通义听悟) transcripts: paragraphs of words.

    {"TaskId": "…", "Transcription": {"AudioInfo": {"Duration": 9000}, "Paragraphs": [
        {"ParagraphId": "1", "SpeakerId": "1", "Words": [
            {"SentenceId": 1, "Start": 340, "End": 900, "Text": "您好，"}]}]}}

A paragraph is what one speaker says; its words are joined as they are. The answer of the
job itself holds links and no speech.
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
from qa_checker.readers.exported.receipts import only_a_link
from qa_checker.readers.exported.said import plain
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Aliyun Tongyi Tingwu"
UNIT = "milliseconds"
DONE = ("", "COMPLETED", "SUCCEEDED", "SUCCESS")


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for paragraphs of words with SentenceId or Start, 0.9 for a job's state."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for a job's answer without speech."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    if any(_is_paragraph(paragraph) for paragraph in listed(flat(one).get("paragraphs"))):
        return 0.97
    inside = any(isinstance(decoded(value), dict) for value in flat(one.get("Result")).values())
    job = "TaskStatus" in one and ("TaskKey" in one or "Result" in one)
    return 0.9 if job and not inside else 0.0


def _is_paragraph(one: dict[str, Any]) -> bool:
    words = listed(flat(one).get("words"))
    first = flat(words[0]) if words else {}
    worded = "text" in first and "start" in first and ("sentenceid" in first or "id" in first)
    return worded and "segments" not in flat(one)


SHAPE = Shape(_sure, "Paragraphs", _is_paragraph)


def _call(answer: Answer) -> Call:
    fields = flat(answer.result)
    paragraphs = listed(fields.get("paragraphs"))
    state = held(fields, "taskstatus")
    if not paragraphs and state not in DONE:
        told = " ".join(
            filter(None, (state, held(fields, "errorcode"), held(fields, "errormessage")))
        )
        raise not_finished(told) if state in ("ONGOING", "NEW", "PAUSED") else failed(told)
    if not paragraphs and state:
        raise only_a_link()
    length = flat(fields.get("audioinfo")).get("duration")
    return call_of(answer, map(_segment, paragraphs), when(length, MILLISECOND))


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    words = [flat(word) for word in listed(fields.get("words"))]
    starts = [time for word in words if (time := when(word.get("start"), MILLISECOND)) is not None]
    ends = [time for word in words if (time := when(word.get("end"), MILLISECOND)) is not None]
    text = run_on(plain(word.get("text")) for word in words)
    start, end = starts[0] if starts else None, ends[-1] if ends else None
    return Segment(UNKNOWN, text, held(fields, "speakerid"), start, end)
