"""AWS Post-Call Analytics (PCA): `SpeechSegments` in seconds, roles in `SpeakerLabels`.

    {"ConversationAnalytics": {"GUID": "…", "Agent": "…", "ConversationTime": "2025-03-01 …",
       "LanguageCode": "en-US", "Duration": "28.67",
       "SpeakerLabels": [{"Speaker": "spk_0", "DisplayText": "Agent"}]},
     "SpeechSegments": [{"SegmentStartTime": 0.04, "SegmentEndTime": 0.25,
       "SegmentSpeaker": "spk_0", "OriginalText": "Hello.", "DisplayText": "Hello."}]}

`DisplayText` is read, `OriginalText` if there is none: both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import each, first_text, in_order, lasting, made, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "AWS Post-Call Analytics (PCA)"
UNIT = "seconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for an object with speech segments of PCA."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every analysis."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one analysis."""
    found = at(node, "SpeechSegments")
    known = any({"OriginalText", "DisplayText"} & one.keys() for one in objects(found))
    return known or (isinstance(found, list) and bool(at(node, "ConversationAnalytics")))


def call_of(node: dict[str, Any]) -> Call:
    """Return the call of an analysis."""
    about = node.get("ConversationAnalytics")
    labels = objects(at(about, "SpeakerLabels"))
    roles = {plain(one.get("Speaker")): role_of(plain(one.get("DisplayText"))) for one in labels}
    return made(
        in_order(_segment(one, roles) for one in objects(node.get("SpeechSegments"))),
        call_id=_known(at(about, "GUID")),
        metadata=kept(
            duration=lasting(at(about, "Duration")),
            customer=_known(at(about, "Cust")),
            location=_known(at(about, "ConversationLocation")),
        ),
        agent=_known(at(about, "Agent")),
        started_at=_known(at(about, "ConversationTime")),
        language=at(about, "LanguageCode"),
    )


def _segment(one: dict[str, Any], roles: Mapping[str, str]) -> Segment:
    speaker = plain(one.get("SegmentSpeaker"))
    return Segment(
        roles.get(speaker, UNKNOWN),
        first_text(one, "DisplayText", "OriginalText"),
        speaker,
        when(one.get("SegmentStartTime")),
        when(one.get("SegmentEndTime")),
    )


def _known(value: object) -> str:
    """Return a value as text; PCA writes the word None for what it does not know."""
    return "" if plain(value) == "None" else plain(value)
