"""Amazon Transcribe Call Analytics after a call: `Transcript` of turns with a role each.

    {"JobStatus": "COMPLETED", "LanguageCode": "en-US", "JobName": "call-17",
     "ConversationCharacteristics": {"TotalConversationDurationMillis": 32110},
     "Transcript": [{"ParticipantRole": "AGENT", "Content": "Hello.",
                     "BeginOffsetMillis": 0, "EndOffsetMillis": 900}]}

The turns may lie one level down, or be saved alone. Times are milliseconds. Contact Lens
looks alike, but its turns name a `ParticipantId`: see `amazon_contact_lens.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.exports import (
    GLANCE,
    each,
    finished,
    in_order,
    lasting,
    made,
    pointer,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects
from qa_checker.readers.formats.amazon_contact_lens import (
    LENGTH,
    clear_text,
    offsets,
    spoken_turn,
    turns_in,
)
from qa_checker.readers.moments import MILLISECOND
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Transcribe Call Analytics"
UNIT = "milliseconds"
JOB = "CallAnalyticsJob"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for turns with a role and offsets but no participant, or for a job."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is such a transcript, or the description of a job."""
    if isinstance(node, list):
        return any(map(_is_turn, objects(node)[:GLANCE]))
    if not isinstance(node, dict):
        return False
    if {"JobName", "JobStatus"} <= node.keys() or isinstance(node.get(JOB), dict):
        return True
    return any(map(_is_turn, turns_in(node)))


def _is_turn(one: dict[str, Any]) -> bool:
    return "ParticipantRole" in one and offsets(one) and "ParticipantId" not in one


def call_of(given: Any) -> Call:
    """Return the call of a transcript. Raises Refusal for a job that is not done."""
    node = {"Transcript": given} if isinstance(given, list) else given
    if isinstance(node.get(JOB), dict):
        raise pointer(TITLE, at(node, JOB, "CallAnalyticsJobStatus"), answer=at(node, JOB))
    finished(TITLE, node.get("JobStatus"), answer=node)
    return made(
        in_order(spoken_turn(one, {}) for one in turns_in(node)),
        metadata=kept(
            job=node.get("JobName"),
            channel=node.get("Channel"),
            duration=lasting(at(node, *LENGTH), MILLISECOND),
        ),
        notes=[clear_text(node)],
        language=node.get("LanguageCode"),
    )
