"""Amazon Connect chat: what Contact Lens made of it, the raw transcript, or live segments.

    {"Channel": "CHAT", "CustomerMetadata": {"ContactId": "…"},
     "Participants": [{"ParticipantId": "9f…", "ParticipantRole": "CUSTOMER"}],
     "Transcript": [{"Type": "MESSAGE", "ParticipantId": "9f…", "Content": "Hi",
                     "ContentType": "text/plain", "AbsoluteTime": "2025-03-01T09:30:00.120Z"},
                    {"Type": "EVENT", …}, {"Type": "ATTACHMENT", …}]}

Only messages are read. Participants are GUIDs; their role stands in `Participants` or in
the message. Times count from the first message; none has an end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    date,
    each,
    finished,
    from_start,
    in_order,
    made,
    sure,
)
from qa_checker.readers.exported.said import at, kept, plain
from qa_checker.readers.formats.amazon_contact_lens import clear_text, offsets, roles_in, turns_in
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, parse

TITLE = "Amazon Connect Chat (Contact Lens)"
UNIT = "dates"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for messages of participants with an absolute time."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every chat."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one chat."""
    if isinstance(node, dict) and plain(node.get("Channel")) == "CHAT":
        return "Transcript" in node or "Segments" in node or "Participants" in node
    found = turns_in(node)[:GLANCE]
    known = any("ParticipantId" in one or "ParticipantRole" in one for one in found)
    return known and any(_time(one) and not offsets(one) for one in found)


def call_of(node: Any) -> Call:
    """Return the call of a chat. Raises Refusal if its analysis is not done."""
    finished(TITLE, at(node, "JobStatus"), at(node, "Status"))
    found, roles = turns_in(node), roles_in(node)
    said = [one for one in found if (plain(one.get("Type")) or "MESSAGE") == "MESSAGE"]
    first = min(filter(None, map(_time, said)), default="")
    return made(
        from_start(in_order(_message(one, roles) for one in said)),
        call_id=at(node, "CustomerMetadata", "ContactId") or at(node, "ContactId"),
        metadata=kept(channel=at(node, "Channel") or "CHAT"),
        notes=[clear_text(node)],
        started_at=first,
        language=at(node, "LanguageCode"),
    )


def _time(turn: Mapping[str, Any]) -> str:
    return plain(turn.get("AbsoluteTime")) or plain(at(turn.get("Time"), "AbsoluteTime"))


def _message(turn: Mapping[str, Any], roles: Mapping[str, str]) -> Segment:
    word = plain(turn.get("ParticipantRole"))
    speaker = plain(turn.get("ParticipantId")) or plain(turn.get("DisplayName")) or word
    role = role_of(word) if word else roles.get(speaker, UNKNOWN)
    return Segment(role, _text(turn), speaker, date(_time(turn)))


def _text(turn: Mapping[str, Any]) -> str:
    """Return what a message says; of a list to pick from, which is JSON, its title."""
    text = plain(turn.get("Content"))
    if not plain(turn.get("ContentType")).endswith(("json", ".interactive")):
        return text
    try:
        return plain(at(parse(text), "data", "content", "title"))
    except Refusal:
        return text
