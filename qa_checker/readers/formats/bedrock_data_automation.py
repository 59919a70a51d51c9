"""Amazon Bedrock Data Automation, standard output of audio: `audio_segments` in milliseconds.

    {"metadata": {"semantic_modality": "AUDIO", "duration_millis": 237560},
     "audio_segments": [{"type": "TRANSCRIPT", "text": "Hello.",
       "start_timestamp_millis": 0, "end_timestamp_millis": 1970,
       "speaker": {"speaker_label": "spk_0"}, "channel": {"channel_label": "ch_0"}}]}

`audio_items` are the same words one by one and are not read; nor are segments that are
no transcript.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import GLANCE, each, in_order, lasting, made, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Bedrock Data Automation"
UNIT = "milliseconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for audio segments timed in milliseconds."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every recording."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is the output of one recording."""
    found = objects(at(node, "audio_segments"))[:GLANCE]
    return any("text" in one and "start_timestamp_millis" in one for one in found)


def call_of(node: dict[str, Any]) -> Call:
    """Return the call of a recording."""
    found = objects(node.get("audio_segments"))
    said = [one for one in found if plain(one.get("type")).upper() in ("", "TRANSCRIPT")]
    about = node.get("metadata")
    return made(
        in_order(map(_segment, said)),
        metadata=kept(
            duration=lasting(at(about, "duration_millis"), MILLISECOND), asset=at(about, "s3_key")
        ),
        language=at(about, "dominant_asset_language"),
    )


def _segment(one: dict[str, Any]) -> Segment:
    channel = plain(at(one.get("channel"), "channel_label"))
    return Segment(
        UNKNOWN,
        plain(one.get("text")),
        plain(at(one.get("speaker"), "speaker_label")) or channel,
        when(one.get("start_timestamp_millis"), MILLISECOND),
        when(one.get("end_timestamp_millis"), MILLISECOND),
        channel=channel,
    )
