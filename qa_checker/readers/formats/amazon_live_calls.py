"""Amazon's Live Call Analytics: events of calls in a list or one a line, a call each `CallId`.

    {"EventType": "START", "CallId": "17"}
    {"EventType": "ADD_TRANSCRIPT_SEGMENT", "CallId": "17", "Channel": "AGENT",
     "SegmentId": "…", "StartTime": 0.1, "EndTime": 1.9, "Transcript": "Good morning.",
     "IsPartial": false}

The channel states the role: AGENT, or CALLER. Of meetings, where all speak on one channel, the
`Speaker` is the label. A segment is told again until it is final: only that is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call, Segment
from qa_checker.readers.exported.answers import flat, held
from qa_checker.readers.exported.exports import every, in_order, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import objects
from qa_checker.readers.moments import when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Live Call Analytics"
UNIT = "seconds"
ADDED = "ADD_TRANSCRIPT_SEGMENT"
GLANCE = 20
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for events that add segments to a transcript."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield every call. Raises Refusal if nothing in the only one is final."""
    return every(source, is_mine, calls_of)


def is_mine(node: object) -> bool:
    """Tell whether a list holds an event that adds a segment."""
    return any(map(_segment_of, objects(node)[:GLANCE]))


def calls_of(node: Any) -> Iterator[Call]:
    """Yield the call of every id, in the order in which they began."""
    calls: dict[str, list[Node]] = {}
    for event in filter(None, map(_segment_of, objects(node))):
        calls.setdefault(held(event, "callid"), []).append(event)
    for number, events in calls.items():
        final = [one for one in events if one.get("ispartial") is not True]
        once = {held(one, "segmentid") or str(id(one)): one for one in final}
        if not once:
            raise only_interim()
        meeting = len({held(one, "channel") for one in events}) == 1
        yield made(in_order(_said(one, meeting) for one in once.values()), number)


def _segment_of(event: Node) -> Node:
    """Return an event that adds a segment, with its keys in one spelling; else nothing."""
    found = flat(event)
    return found if found.get("eventtype") == ADDED and "transcript" in found else {}


def _said(event: Node, meeting: bool) -> Segment:
    channel, speaker = held(event, "channel"), held(event, "speaker")
    role = role_of(speaker if meeting and speaker else channel)
    start, end = when(event.get("starttime")), when(event.get("endtime"))
    return Segment(role, held(event, "transcript"), speaker or channel, start, end)
