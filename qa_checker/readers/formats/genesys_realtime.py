"""Genesys Cloud's live transcription: notifications in a list or one a line, a call a conversation.

    {"topicName": "v2.conversations.….transcription", "eventBody": {
       "conversationId": "…", "sessionStartTimeMs": 1740821412000, "transcripts": [{
         "utteranceId": "…", "isFinal": true, "channel": "INTERNAL", "dialect": "en-US",
         "alternatives": [{"offsetMs": 500, "durationMs": 1400,
           "transcript": "thank you for calling", "decoratedTranscript": "Thank you for calling."}]
    }]}}

As EventBridge delivers them they lie in `detail`; saved without what wraps them they are read too.
INTERNAL is the agent, EXTERNAL the customer, BOTH and UNKNOWN are nobody known. Offsets are
milliseconds from the start of the session. Of an utterance only what is final is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import every, first_text, in_order, made, stamp, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Genesys Cloud live"
UNIT = "milliseconds"
SIDES = {"internal": AGENT, "external": CUSTOMER}
GLANCE = 10
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for notifications with utterances."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every conversation. Raises Refusal if nothing in the only one is final."""
    return every(source, is_mine, calls_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is a notification with utterances, or a list with one."""
    return any(_utterances(_body(one)) for one in _notifications(node)[:GLANCE])


def calls_of(node: Any) -> Iterator[Call]:
    """Yield the call of every conversation, in the order in which they began."""
    conversations: dict[str, list[Node]] = {}
    for body in map(_body, _notifications(node)):
        if _utterances(body):
            conversations.setdefault(plain(body.get("conversationId")), []).append(body)
    for number, bodies in conversations.items():
        yield _call(number, bodies)


def _call(number: str, bodies: list[Node]) -> Call:
    told = [one for body in bodies for one in _utterances(body)]
    final = {plain(one.get("utteranceId")): one for one in told if one.get("isFinal") is not False}
    if not final:
        raise only_interim()
    begun = when(bodies[0].get("sessionStartTimeMs"), MILLISECOND)
    language = next(filter(None, (plain(one.get("dialect")) for one in told)), "")
    segments = in_order(map(_segment, final.values()))
    return made(segments, number, started_at=stamp(begun), language=language)


def _notifications(node: object) -> list[Node]:
    return objects(node if isinstance(node, list) else [node])


def _body(notification: Node) -> Node:
    wrapped = at(notification, "detail", "eventBody") or notification.get("eventBody")
    return wrapped if isinstance(wrapped, dict) else notification


def _utterances(body: Node) -> list[Node]:
    said = objects(body.get("transcripts"))
    return [one for one in said if "utteranceId" in one and objects(one.get("alternatives"))]


def _segment(utterance: Node) -> Segment:
    best = objects(utterance["alternatives"])[0]
    side = plain(utterance.get("channel")).lower()
    start = when(best.get("offsetMs"), MILLISECOND)
    length = when(best.get("durationMs"), MILLISECOND)
    end = None if start is None or length is None else round(start + length, 6)
    text = first_text(best, "decoratedTranscript", "transcript")
    speaker = side if side in SIDES else ""
    return Segment(SIDES.get(side, UNKNOWN), text, speaker, start, end)
