"""Azure fast transcription: `phrases` in milliseconds beside `combinedPhrases`.

    {"durationMilliseconds": 182439, "combinedPhrases": [{"channel": 0, "text": "…"}],
     "phrases": [{"channel": 0, "speaker": 1, "offsetMilliseconds": 960,
       "durationMilliseconds": 640, "text": "Good afternoon.", "locale": "en-US"}]}

The first versions wrote `offset` and `duration`, also in milliseconds; the Python client
writes snake case. `combinedPhrases` repeats everything and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import GLANCE, each, either, in_order, lasting, made, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Azure Fast Transcription"
UNIT = "milliseconds"
IN_FULL = ("offsetMilliseconds", "offset_milliseconds")
OFFSET = (*IN_FULL, "offset")
LENGTH = ("durationMilliseconds", "duration_milliseconds", "duration")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for phrases of text with an offset."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcription."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is the transcription of one recording."""
    found = objects(at(node, "phrases"))[:GLANCE]
    combined = isinstance(either(node, "combinedPhrases", "combined_phrases"), list)
    keys = OFFSET if combined else IN_FULL
    return any("text" in one and either(one, *keys) is not None for one in found)


def call_of(node: dict[str, Any]) -> Call:
    """Return the call of a transcription."""
    phrases = objects(node.get("phrases"))
    return made(
        in_order(map(_segment, phrases)),
        metadata=kept(duration=lasting(either(node, *LENGTH), MILLISECOND)),
        language=next((one["locale"] for one in phrases if one.get("locale")), ""),
    )


def _segment(phrase: dict[str, Any]) -> Segment:
    start = when(either(phrase, *OFFSET), MILLISECOND)
    length = when(either(phrase, *LENGTH), MILLISECOND)
    channel = plain(phrase.get("channel"))
    return Segment(
        UNKNOWN,
        plain(phrase.get("text")),
        plain(phrase.get("speaker")) or channel,
        start,
        None if start is None or length is None else round(start + length, 6),
        channel=channel,
    )
