"""Azure Speech in real time: the results of a recogniser, kept in a list.

    [{"Id": "…", "RecognitionStatus": "Success", "Offset": 400000, "Duration": 21800000,
      "Channel": 0, "Type": "ConversationTranscription", "SpeakerId": "Guest-1",
      "DisplayText": "Hello.", "NBest": [{"Confidence": 0.95, "Display": "Hello."}]}]

So too in version 2 of the batch service: {"AudioFileResults": [{"SegmentResults": […]}]}. Times
are ticks of 100 ns. The first of `NBest` is read, `DisplayText` if there is none.
Results whose status is not Success are left out with a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    each,
    either,
    first_text,
    in_order,
    made,
    sure,
)
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.formats.azure_batch import recognised
from qa_checker.readers.moments import TICK, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Azure Real-Time Speech Recognition"
UNIT = "ticks"
TEXT = {"Offset", "NBest", "DisplayText"}


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for results with a recognition status, and an offset or a text."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the results."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is a list of results, or a single one."""
    found = _results(node)[:GLANCE]
    return any("RecognitionStatus" in one and TEXT & one.keys() for one in found)


def _results(node: object) -> list[dict[str, Any]]:
    several = node if isinstance(node, list) else [node]
    return objects(at(node, "SegmentResults") or several)


def call_of(node: Any) -> Call:
    """Return the call of a list of results. Raises Refusal if nothing was recognised."""
    said, notes = recognised(_results(node), "RecognitionStatus")
    languages = (at(one, "PrimaryLanguage", "Language") for one in said)
    return made(
        in_order(map(_segment, said)), notes=notes, language=next(filter(None, languages), "")
    )


def _segment(one: dict[str, Any]) -> Segment:
    start, length = when(one.get("Offset"), TICK), when(one.get("Duration"), TICK)
    best = at(one, "NBest", 0)
    channel = plain(either(one, "Channel", "ChannelNumber"))
    return Segment(
        UNKNOWN,
        first_text(best, "Display", "MaskedITN", "ITN", "Lexical") or plain(one.get("DisplayText")),
        plain(either(one, "SpeakerId", "speakerId")) or channel,
        start,
        None if start is None or length is None else round(start + length, 6),
        channel=channel,
    )
