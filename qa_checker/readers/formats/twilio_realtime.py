r"""Twilio Real-Time Transcriptions: what was sent to a webhook, in a list or one a line.

    {"TranscriptionEvent": "transcription-content", "CallSid": "CA…", "Track": "inbound_track",
     "Final": "true", "TranscriptionData": "{\"transcript\": \"Hi.\", \"confidence\": 0.9}",
     "Timestamp": "2024-06-14T15:10:05.123Z", "SequenceId": "3"}

Each call is one, its messages in the order of their numbers. Their times say when they were
sent and not when somebody spoke: they are not read. Only what is final is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import flat, held
from qa_checker.readers.exported.exports import every, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Twilio Real-Time Transcriptions"
UNIT = "none"
EVENT, CONTENT = "TranscriptionEvent", "transcription-content"
SENT = "the times say when messages were sent, not when somebody spoke: left out"
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for events of a transcription."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield every call. Raises Refusal if nothing in it is final."""
    return every(source, is_mine, calls_in)


def is_mine(node: object) -> bool:
    """Tell whether a node is an event of a transcription, or a list with one."""
    return any(EVENT in one for one in objects(node if isinstance(node, list) else [node]))


def calls_in(node: Any) -> Iterator[Call]:
    """Yield the calls of a list of events. Raises Refusal if nothing in it is final."""
    calls: dict[str, list[Node]] = {}
    for event in objects(node if isinstance(node, list) else [node]):
        if EVENT in event:
            calls.setdefault(plain(event.get("CallSid")), []).append(event)
    if not any(_is_final(event) for events in calls.values() for event in events):
        raise only_interim()
    for call_id, events in calls.items():
        final = sorted(filter(_is_final, events), key=_number)
        began = min((plain(one.get("Timestamp")) for one in events), default="")
        language = next((plain(one.get("LanguageCode")) for one in final), "")
        yield made(map(_segment, final), call_id, notes=[SENT], started_at=began, language=language)


def _is_final(event: Node) -> bool:
    final = str(event.get("Final")).casefold() == "true"
    return final and event.get(EVENT) == CONTENT


def _number(event: Node) -> float:
    return when(event.get("SequenceId")) or 0.0


def _segment(event: Node) -> Segment:
    track = plain(event.get("Track"))
    said = held(flat(event.get("TranscriptionData")), "transcript")
    return Segment(UNKNOWN, said, track.removesuffix("_track"), channel=track)
