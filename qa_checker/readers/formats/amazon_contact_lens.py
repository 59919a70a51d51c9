"""Amazon Connect Contact Lens for voice: the file after a call, and segments while it lasts.

    {"Channel": "VOICE", "JobStatus": "COMPLETED", "LanguageCode": "en-US",
     "CustomerMetadata": {"ContactId": "…"},
     "Participants": [{"ParticipantId": "AGENT", "ParticipantRole": "AGENT"}],
     "Transcript": [{"ParticipantId": "AGENT", "Content": "Hello.",
                     "BeginOffsetMillis": 0, "EndOffsetMillis": 900}]}

    {"Segments": [{"Transcript": {"ParticipantRole": "AGENT", "Content": "Hello.", …}},
                  {"Categories": {…}}]}

Roles stand in `Participants`, or in the turn. Times are milliseconds. The events of a stream
(`"EventType": "SEGMENTS"`), in a list or one a line, are one call for each contact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    every,
    finished,
    in_order,
    lasting,
    made,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Connect Contact Lens (Voice)"
UNIT = "milliseconds"
MARK = lazy_re.compile(r"\[[A-Z_]{2,40}\]")
HEAD = {"Channel", "JobName", "JobStatus", "LanguageCode", "Participants"}
LENGTH = ("ConversationCharacteristics", "TotalConversationDurationMillis")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for turns of participants with offsets in milliseconds."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every contact."""
    return every(source, is_mine, lambda node: map(call_of, _contacts(node)))


def is_mine(node: object) -> bool:
    """Tell whether a node is one contact with offsets, or one whose analysis failed."""
    if isinstance(node, dict) and plain(node.get("Channel")) == "VOICE" and "JobName" not in node:
        return "Transcript" in node or "Segments" in node or "Participants" in node
    spoken = any(offsets(one) and "ParticipantId" in one for one in turns_in(node)[:GLANCE])
    return spoken or bool(_events(node))


def _contacts(node: Any) -> list[Any]:
    """Return the contacts whose events are in a stream, or the one contact."""
    found: dict[str, Any] = {}
    for event in _events(node):
        contact = found.setdefault(plain(event.get("ContactId")), {**event, "Segments": []})
        contact["Segments"] += objects(event.get("Segments"))
    return list(found.values()) or [node]


def _events(node: object) -> list[dict[str, Any]]:
    rows = objects(node) if isinstance(node, list) else []
    return [row for row in rows if {"EventType", "ContactId", "Channel"} <= row.keys()]


def turns_in(node: object) -> list[dict[str, Any]]:
    """Return the turns of a contact; they may lie one level down, or in real-time segments."""
    if isinstance(node, list):
        rows = [one for event in _events(node) for one in objects(event.get("Segments"))] or node
        return objects([at(one, "Transcript") for one in rows])
    if not isinstance(node, dict):
        return []
    if isinstance(node.get("Segments"), list):
        return turns_in(node["Segments"])
    below = [at(one, "Transcript") for one in node.values()] if HEAD & node.keys() else []
    lists = (one for one in [node.get("Transcript"), *below] if isinstance(one, list))
    return objects(next(lists, None))


def offsets(turn: dict[str, Any]) -> bool:
    """Tell whether a turn is timed by an offset, as speech is."""
    return "BeginOffsetMillis" in turn or "EndOffsetMillis" in turn


def roles_in(node: object) -> dict[str, str]:
    """Return the role of every participant in the list of a contact."""
    people = objects(at(node, "Participants"))
    stated = {plain(one.get("ParticipantId")): plain(one.get("ParticipantRole")) for one in people}
    return {person: role_of(word) for person, word in stated.items() if person and word}


def spoken_turn(turn: dict[str, Any], roles: Mapping[str, str]) -> Segment:
    """Return the segment of a turn; its own role, else the one of its participant."""
    word = plain(turn.get("ParticipantRole"))
    speaker = plain(turn.get("ParticipantId")) or word
    return Segment(
        role_of(word) if word else roles.get(speaker, UNKNOWN),
        plain(turn.get("Content")),
        speaker,
        when(turn.get("BeginOffsetMillis"), MILLISECOND),
        when(turn.get("EndOffsetMillis"), MILLISECOND),
    )


def clear_text(node: object) -> str:
    """Return the note on a file whose redacted twin hides what stands here in clear."""
    if plain(at(node, "ContentMetadata", "Output")).casefold() == "redacted":
        return ""
    if not any(
        _to_hide(one) and not MARK.search(plain(one.get("Content"))) for one in turns_in(node)
    ):
        return ""
    return "personal data in clear text: the redacted twin of this file hides it"


def _to_hide(turn: dict[str, Any]) -> bool:
    """Tell whether a turn lists places to hide; Call Analytics lists empty lists for none."""
    where = turn.get("Redaction")
    places = [at(where, "RedactedTimestamps"), at(where, "CharacterOffsets")]
    lists = [one for place in places if isinstance(place, list) for one in [place, *place]]
    return any(objects(one) for one in lists)


def call_of(node: Any) -> Call:
    """Return the call of a contact. Raises Refusal if its analysis is not done."""
    finished(TITLE, at(node, "JobStatus"), at(node, "Status"))
    roles = roles_in(node)
    return made(
        in_order(spoken_turn(one, roles) for one in turns_in(node)),
        call_id=at(node, "CustomerMetadata", "ContactId") or at(node, "ContactId"),
        metadata=kept(
            channel=at(node, "Channel"),
            duration=lasting(at(node, *LENGTH), MILLISECOND),
        ),
        notes=[clear_text(node)],
        language=at(node, "LanguageCode"),
    )
