"""What Google CX Insights (CCAI Insights) takes in: `entries` with microseconds and roles.

    {"conversation_info": {"categories": [{"display_name": "Billing"}]},
     "entries": [{"start_timestamp_usec": 1740821400000000, "text": "Hello.",
                  "role": "AGENT", "user_id": 2}]}

Times are microseconds since 1970, or since the start of the call; both are counted from
the first entry. None has an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    each,
    either,
    from_start,
    in_order,
    made,
    stamp,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MICROSECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Google CX Insights Input (CCAI)"
UNIT = "microseconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for entries with a time in microseconds."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every conversation."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one conversation."""
    found = objects(at(node, "entries"))[:GLANCE]
    return any("text" in one and (_raw(one) is not None or "user_id" in one) for one in found)


def call_of(node: dict[str, Any]) -> Call:
    """Return the call of a conversation."""
    found = in_order(map(_segment, objects(node.get("entries"))))
    about = either(node, "conversation_info", "conversationInfo")
    category = at(either(about, "categories"), 0)
    return made(
        from_start(found),
        metadata=kept(category=either(category, "display_name", "displayName")),
        started_at=stamp(found[0].start if found else None),
    )


def _raw(one: dict[str, Any]) -> object:
    return either(one, "start_timestamp_usec", "startTimestampUsec")


def _segment(one: dict[str, Any]) -> Segment:
    word = plain(one.get("role"))
    speaker = plain(either(one, "user_id", "userId")) or word
    return Segment(role_of(word), plain(one.get("text")), speaker, when(_raw(one), MICROSECOND))
