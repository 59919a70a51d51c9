"""Otter's JSON of a recording: `transcripts` with offsets that count samples, 16 000 a second.

    {"speech": {"otid": "…", "title": "…", "start_time": 1718377805,
      "speakers": [{"id": 7, "speaker_name": "Dana"}],
      "transcripts": [{"transcript": "Hello.", "start_offset": 67200, "end_offset": 73600,
                       "speaker_id": 7, "speaker_model_label": "1", "alignment": [{…}]}]}}

A speaker whom nobody named has only the label of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import each, in_order, made, stamp, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Otter"
UNIT = "samples"
SAMPLE = 1 / 16_000
OFFSETS = ("start_offset", "end_offset", "transcript")
GLANCE = 10


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for transcripts with offsets and the label of a speaker."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every recording."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node has transcripts with offsets and a speaker, be he unknown."""
    parts = objects(at(node, "transcripts"))[:GLANCE]
    return any("speaker_id" in one and all(key in one for key in OFFSETS) for one in parts)


def call_of(node: Any) -> Call:
    """Return the call of a recording."""
    people = {
        plain(number): plain(one.get("speaker_name"))
        for one in objects(node.get("speakers"))
        for number in (one.get("id"), one.get("speaker_id"))
        if number is not None
    }
    parts = objects(node.get("transcripts"))
    return made(
        in_order(_segment(one, people) for one in parts),
        node.get("otid"),
        kept(title=node.get("title"), duration=node.get("duration")),
        started_at=stamp(when(node.get("start_time"))),
    )


def _segment(one: Mapping[str, Any], people: Mapping[str, str]) -> Segment:
    number = plain(one.get("speaker_id"))
    named = plain(one.get("speaker_name")) or people.get(number, "")
    speaker = named or plain(one.get("speaker_model_label")) or number
    start, end = when(one.get("start_offset"), SAMPLE), when(one.get("end_offset"), SAMPLE)
    return Segment(UNKNOWN, plain(one.get("transcript")), speaker, start, end)
