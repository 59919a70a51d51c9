"""Genesys Cloud Speech and Text Analytics: `transcripts` of phrases, people in `participants`.

    {"conversationId": "…", "communicationId": "…", "mediaType": "call",
     "conversationStartTime": 1740821400000, "duration": {"milliseconds": 95000},
     "participants": [{"participantPurpose": "agent", "userId": "…",
       "initialDirection": "inbound", "startTimeMs": 1740821412000, "endTimeMs": 1740821495000}],
     "transcripts": [{"language": "en-us", "phrases": [{"participantPurpose": "internal",
       "text": "thank you for calling", "decoratedText": "Thank you for calling.",
       "startTimeMs": 1740821412500, "duration": {"milliseconds": 1400}}]}]}

All transcripts of a file are one call. Times are milliseconds since 1970, counted from
the conversation's start, or from the call's start already. "internal" is whoever of the
company was connected at that moment: an agent, named by user id once there are several,
or a menu, a queue, a mailbox, which are the system.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from qa_checker.call import AGENT, BOT, SYSTEM, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    date,
    each,
    first_text,
    from_start,
    in_order,
    lasting,
    made,
    stamp,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Genesys Cloud"
UNIT = "milliseconds"
EPOCH = 1e8  # seconds; more than three years into a call
PURPOSES = {"user": AGENT, "botflow": BOT, "dialer": SYSTEM, "fax": SYSTEM, "workflow": SYSTEM}
COMPANY = (AGENT, BOT, SYSTEM)
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for transcripts with phrases."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every conversation."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one conversation, or a single transcript of one."""
    alone = any("participantPurpose" in one for one in objects(at(node, "phrases"))[:GLANCE])
    found = [one for part in objects(at(node, "transcripts")) for one in _phrases(part)[:GLANCE]]
    return (
        alone
        or any({"text", "decoratedText"} & one.keys() for one in found)
        or any("participantPurpose" in one and objects(one.get("words")) for one in found)
    )


def call_of(node: Node) -> Call:
    """Return the call of a conversation."""
    people = objects(node.get("participants"))
    agents = sorted({plain(one.get("userId")) for one in people if _role(one) == AGENT} - {""})
    transcripts = objects(node.get("transcripts")) or [node]
    found = [_segment(one, people) for part in transcripts for one in _phrases(part)]
    if len(agents) < 2:
        found = [replace(one, speaker=_side(one.speaker, agents)) for one in found]
    zero = _zero(node, transcripts)
    epoch = any((one.start or 0.0) > EPOCH for one in found)
    return made(
        in_order(from_start(found, zero if epoch else 0.0)),
        call_id=node.get("conversationId"),
        metadata=kept(
            communication=node.get("communicationId"),
            channel=node.get("mediaType"),
            direction=_first(people, "initialDirection"),
            duration=lasting(_length(node), MILLISECOND),
        ),
        agent=agents[0] if len(agents) == 1 else "",
        queue=_first(people, "queueId"),
        started_at=stamp(zero),
        language=_first(transcripts, "language"),
    )


def _phrases(transcript: Node) -> list[Node]:
    return objects(transcript.get("phrases"))


def _first(nodes: Sequence[Node], key: str) -> str:
    return next(filter(None, (plain(one.get(key)) for one in nodes)), "")


def _length(node: Node) -> object:
    inner = at(node.get("duration"), "milliseconds")
    return node.get("duration") if inner is None else inner


def _zero(node: Node, transcripts: Sequence[Node]) -> float | None:
    """Return when the conversation began, else the first transcript, in seconds since 1970."""
    began = (one.get("startTime") for one in (node, *transcripts))
    raws = [node.get("conversationStartTime"), *began]
    times = (date(raw) or when(raw, MILLISECOND) for raw in raws)
    return next((time for time in times if time is not None and time > EPOCH), None)


def _role(participant: Node) -> str:
    purpose = plain(participant.get("participantPurpose"))
    return PURPOSES.get(purpose, role_of(purpose))


def _segment(phrase: Node, people: Sequence[Node]) -> Segment:
    start = when(phrase.get("startTimeMs"), MILLISECOND)
    if start is None:
        start = when(at(phrase.get("offset"), "milliseconds"), MILLISECOND)
    length = when(_length(phrase), MILLISECOND)
    side = plain(phrase.get("participantPurpose"))
    role, speaker = _role(phrase), side
    if role == AGENT:
        person = _connected(people, start)
        role = _role(person) if person else role
        speaker = plain(person.get("userId")) or plain(person.get("participantPurpose")) or side
    return Segment(
        role,
        first_text(phrase, "decoratedText", "text") or _worded(phrase),
        speaker,
        start,
        None if start is None or length is None else round(start + length, 6),
    )


def _worded(phrase: Node) -> str:
    """Return the words of a phrase that has no text."""
    return " ".join(filter(None, (plain(one.get("word")) for one in objects(phrase.get("words")))))


def _connected(people: Sequence[Node], time: float | None) -> Node:
    """Return who of the company was connected at a time, an agent before a machine.

    Nobody if the list holds no agent at all: it is then not the whole list.
    """
    if all(_role(one) != AGENT for one in people):
        return {}
    there = [
        one for one in people if _role(one) in COMPANY and time is not None and _present(one, time)
    ]
    return min(there, key=lambda one: _role(one) != AGENT, default={})


def _present(one: Node, time: float) -> bool:
    begin, end = when(one.get("startTimeMs"), MILLISECOND), when(one.get("endTimeMs"), MILLISECOND)
    return begin is not None and begin <= time and (end is None or time <= end)


def _side(speaker: str, agents: Sequence[str]) -> str:
    return "internal" if speaker in agents else speaker
