"""Amazon Transcribe, a standard job: `results` with words, who said them in one of four places.

    {"jobName": "call-17", "status": "COMPLETED", "results": {
      "transcripts": [{"transcript": "Hello."}],
      "speaker_labels": {"segments": [{"speaker_label": "spk_0", "start_time": "0.1", …}]},
      "items": [{"type": "pronunciation", "start_time": "0.1", "end_time": "0.5",
                 "alternatives": [{"content": "Hello"}]},
                {"type": "punctuation", "alternatives": [{"content": "."}]}]}}

Newer files have `audio_segments`, whole sentences with speakers: they are read then. Else
the speaker is the item's own label, the one of `speaker_labels` at its time, or its
channel in `channel_labels`. Marks have no times and belong to the word before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import each, finished, in_order, made, pointer, sure
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Transcribe"
UNIT = "seconds"
JOB = "TranscriptionJob"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for an object with `results` of items or transcripts, or a job."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every result."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is a result, or the description of a job."""
    results = at(node, "results")
    return (
        any(isinstance(one.get("alternatives"), list) for one in objects(at(results, "items")))
        or any("transcript" in one for one in objects(at(results, "transcripts")))
        or isinstance(at(results, "audio_segments"), list)
        or isinstance(at(results, "channel_labels"), dict)
        or isinstance(at(node, JOB), dict)
        or (isinstance(node, dict) and {"jobName", "accountId"} <= node.keys())
    )


def call_of(node: dict[str, Any]) -> Call:
    """Return the call of a result. Raises Refusal for a job that is not done."""
    if isinstance(node.get(JOB), dict):
        raise pointer(TITLE, at(node, JOB, "TranscriptionJobStatus"), answer=at(node, JOB))
    finished(TITLE, node.get("status"))
    results = node.get("results")
    return made(
        in_order(_audio_segments(results) or _channels(results) or _whole(results)),
        metadata=kept(job=node.get("jobName")),
        language=at(results, "language_code") or at(node, "languageCode"),
    )


def _audio_segments(results: object) -> list[Segment]:
    found = [
        Segment(
            UNKNOWN,
            plain(one.get("transcript")),
            _label(one),
            when(one.get("start_time")),
            when(one.get("end_time")),
            channel=plain(one.get("channel_label")),
        )
        for one in objects(at(results, "audio_segments"))
    ]
    labelled = any(one.speaker for one in found)
    text = any(one.text for one in found)
    return found if text and (labelled or not _has_labels(results)) else []


def _has_labels(results: object) -> bool:
    return any(map(_label, objects(at(results, "items")))) or bool(
        at(results, "speaker_labels") or at(results, "channel_labels")
    )


def _channels(results: object) -> list[Segment]:
    """Return what was said on each channel, or by each speaker if there is one list of items."""
    who = _speakers(at(results, "speaker_labels", "segments"))
    channels = objects(at(results, "channel_labels", "channels"))
    lists = [(plain(one.get("channel_label")), one.get("items")) for one in channels]
    if not any(objects(items) for _, items in lists):
        lists = [("", at(results, "items"))]
    return [one for channel, items in lists for one in sentences(_words(items, channel, who))]


def _words(items: object, channel: str, who: Callable[[float | None], str]) -> Iterator[Word]:
    before = Word("", channel=channel)
    for item in objects(items):
        start, end = when(item.get("start_time")), when(item.get("end_time"))
        text = plain(at(item, "alternatives", 0, "content"))
        if start is None:
            yield replace(before, text=text, start=None, end=None)
            continue
        own = plain(item.get("channel_label")) or channel
        before = Word(text, _label(item) or who(start) or own, start, end, own)
        yield before


def _label(item: dict[str, Any]) -> str:
    return plain(item.get("speaker_label")) or plain(item.get("channel_label"))


def _speakers(segments: object) -> Callable[[float | None], str]:
    """Return who speaks at a time, by the words of the segments, else by their times."""
    marks: dict[float, str] = {}
    for segment in objects(segments):
        for item in [segment, *objects(segment.get("items"))]:
            start, label = when(item.get("start_time")), plain(item.get("speaker_label"))
            if start is not None and start == start and label:
                marks[start] = label
    starts = sorted(marks)

    def at_time(start: float | None) -> str:
        place = bisect_right(starts, start) if start is not None else 0
        return marks[starts[place - 1]] if place else ""

    return at_time


def _whole(results: object) -> list[Segment]:
    texts = [plain(one.get("transcript")) for one in objects(at(results, "transcripts"))]
    return [Segment(UNKNOWN, text) for text in texts]
