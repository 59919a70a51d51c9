"""Google CX Insights (CCAI Insights), a conversation as exported: `transcript.transcriptSegments`.

    {"name": "projects/…/conversations/17", "startTime": "2025-03-01T09:30:00Z",
     "duration": "75.300s", "medium": "PHONE_CALL",
     "callMetadata": {"customerChannel": 1, "agentChannel": 2},
     "transcript": {"transcriptSegments": [{"text": "Hello.", "channelTag": 2,
       "messageTime": "2025-03-01T09:30:01Z", "segmentParticipant": {"role": "HUMAN_AGENT"},
       "words": [{"word": "Hello.", "startOffset": "1.200s", "endOffset": "1.900s"}]}]}}

Times are those of the words, else the message's, counted from the conversation's start.
A segment without a role has the one its channel was declared for. Snake case is read too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    date,
    each,
    either,
    from_start,
    in_order,
    lasting,
    made,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.formats.google_speech import span
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Google CX Insights Export"
UNIT = "seconds"
ANY = "ANY_AGENT"  # a person or a machine
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for an object with transcript segments."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every conversation."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one conversation."""
    return any("text" in one for one in _parts(node)[:GLANCE])


def _parts(node: object) -> list[Node]:
    within = either(node, "transcript") if isinstance(either(node, "transcript"), dict) else node
    return objects(either(within, "transcriptSegments", "transcript_segments"))


def call_of(node: Node) -> Call:
    """Return the call of a conversation."""
    about = either(node, "callMetadata", "call_metadata")
    channels = {
        CUSTOMER: plain(either(about, "customerChannel", "customer_channel")),
        AGENT: plain(either(about, "agentChannel", "agent_channel")),
    }
    started = plain(either(node, "startTime", "start_time"))
    quality = either(node, "qualityMetadata", "quality_metadata")
    person = either(quality, "agentInfo", "agent_info")
    return made(
        _timed(_parts(node), channels, date(started)),
        call_id=plain(node.get("name")).rpartition("/")[2],
        metadata=kept(
            duration=lasting(span(node.get("duration"))),
            medium=node.get("medium"),
            customer_channel=channels[CUSTOMER],
            agent_channel=channels[AGENT],
        ),
        agent=either(node, "agentId", "agent_id")
        or either(at(person, 0), "agentId", "agent_id", "displayName", "display_name"),
        started_at=started,
        language=either(node, "languageCode", "language_code"),
    )


def _timed(parts: list[Node], channels: Mapping[str, str], zero: float | None) -> list[Segment]:
    """Return the segments; one clock for all: the words', or the messages'."""
    said = [(one, _segment(one, channels)) for one in parts if plain(one.get("text")).strip()]
    times = [date(either(one, "messageTime", "message_time")) for one, _ in said]
    if not any(times) or all(segment.start is not None for _, segment in said):
        return in_order(segment for _, segment in said)
    told = [replace(one, start=t, end=None) for t, (_, one) in zip(times, said, strict=True)]
    return from_start(in_order(told), zero)


def _segment(one: Node, channels: Mapping[str, str]) -> Segment:
    who = either(one, "segmentParticipant", "segment_participant")
    channel = plain(either(one, "channelTag", "channel_tag"))
    word = plain(at(who, "role"))
    role = AGENT if word == ANY else role_of(word)
    if role == UNKNOWN and channel:
        role = next((role for role, its in channels.items() if its == channel), UNKNOWN)
    words = objects(one.get("words"))
    first, last = (words[0], words[-1]) if words else ({}, {})
    start = span(either(first, "startOffset", "start_offset"))
    end = span(either(last, "endOffset", "end_offset"))
    if start is None and end is not None:
        start = 0.0
    speaker = plain(either(who, "userId", "user_id")) or word or channel
    return Segment(role, plain(one.get("text")), speaker, start, end, channel=channel)
