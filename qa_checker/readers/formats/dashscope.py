"""Aliyun DashScope (百炼) file transcription: Paraformer, Fun-ASR, SenseVoice, Qwen-ASR.

    {"file_url": "https://…/call.wav", "properties": {"original_duration_in_milliseconds": 9000},
     "transcripts": [{"channel_id": 0, "text": "…", "sentences": [
        {"begin_time": 340, "end_time": 2100, "text": "您好，很高兴为您服务。", "speaker_id": 0}]}]}

One list a channel, put together by time; the text of a whole channel repeats its
sentences and is read only where there are none. The answer of the job itself holds a
link (transcription_url) and no speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import Answer, Shape, calls, flat, held, listed, surest
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.receipts import only_a_link
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Aliyun DashScope (Paraformer, Fun-ASR)"
UNIT = "milliseconds"
STATES = ("PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED", "UNKNOWN")


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for transcripts of channels with sentences, 0.9 for the answer of a job."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each file. Raises Refusal for a job's answer without speech."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    if any(_is_channel(channel) for channel in _channels(one)):
        return 0.97
    if isinstance(one.get("transcription_url"), str):
        return 0.95
    if any(one.get(key) in STATES for key in ("task_status", "subtask_status")):
        return 0.0 if one.get("results") or one.get("result") else 0.9
    return 0.5 if "transcripts" in one and "file_url" in one else 0.0


def _is_channel(one: dict[str, Any]) -> bool:
    first = flat(next(iter(listed(one.get("sentences"))), None))
    timed = "begin_time" in one or "begintime" in first
    return timed or ("channel_id" in one and isinstance(one.get("text"), str))


def _is_transcript(one: dict[str, Any]) -> bool:
    return "channel_id" in one and ("sentences" in one or "content_duration_in_milliseconds" in one)


SHAPE = Shape(_sure, "transcripts", _is_transcript)


def _channels(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the channels, also of one saved alone and of sentences heard live."""
    if found := listed(one.get("transcripts")):
        return found
    heard = listed(one.get("sentence"))
    if heard and all("begin_time" in each and "text" in each for each in heard):
        return [{"sentences": heard}]
    first = next(iter(listed(one.get("sentences"))), {})
    alone = "content_duration_in_milliseconds" in one or {"sentence_id", "begin_time"} <= set(first)
    return [one] if alone else []


def _call(answer: Answer) -> Call:
    one = answer.result
    found = _channels(one)
    segments = [segment for channel in found for segment in _segments(channel)]
    state = held(one, "subtask_status", "task_status")
    if not found and state in ("PENDING", "RUNNING"):
        raise not_finished(state)
    if not found and state not in ("", "SUCCEEDED"):
        raise failed(" ".join(filter(None, (state, held(one, "code"), held(one, "message")))))
    if not found and "transcription_url" in one:
        raise only_a_link()
    length = flat(one.get("properties")).get("originaldurationinmilliseconds")
    return call_of(answer, segments, when(length, MILLISECOND))


def _segments(channel: dict[str, Any]) -> list[Segment]:
    name = held(channel, "channel_id")
    found = [_segment(one, name) for one in listed(channel.get("sentences"))]
    if any(segment.text for segment in found):
        return found
    return [Segment(UNKNOWN, held(channel, "text"), channel=name)]


def _segment(one: dict[str, Any], channel: str) -> Segment:
    fields = flat(one)
    start, end = (when(fields.get(key), MILLISECOND) for key in ("begintime", "endtime"))
    segment = Segment(UNKNOWN, held(fields, "text"), held(fields, "speakerid"), start, end)
    words = (held(word, "text") + held(word, "punctuation") for word in listed(fields.get("words")))
    return replace(segment, text=segment.text or run_on(words), channel=channel)
