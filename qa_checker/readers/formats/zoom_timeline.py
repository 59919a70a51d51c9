"""Zoom's timeline JSON: who speaks when, with what they say; clock times.

    {"timeline": [{"ts": "00:00:05.120", "end_ts": "00:00:08.300",
                   "users": [{"username": "Agent Lee"}], "text": "…"}]}

Recordings without a transcript have a timeline of speakers only, which is refused: the
words are in the VTT file beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import value as time_value

TITLE = "Zoom"
UNIT = "clock"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a timeline of times and users."""
    parts = objects(at(source.document, "timeline"))
    return 0.95 if any("ts" in part and "users" in part for part in parts[:9]) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal if nobody's words are in it."""
    parts = objects(at(source.document, "timeline"))
    if not any(plain(part.get("text")).strip() for part in parts):
        raise Refusal(
            "a timeline of who speaks when, without words",
            "give the VTT file of the recording instead",
        )
    yield Call("", turns(_segment(part) for part in parts))


def _segment(part: dict[str, Any]) -> Segment:
    users = objects(part.get("users"))
    names = [plain(user.get("username")) or plain(user.get("user_id")) for user in users]
    start, end = time_value(part.get("ts")), time_value(part.get("end_ts"))
    speaker = ", ".join(filter(None, names))
    return Segment(UNKNOWN, plain(part.get("text")).strip(), speaker, start, end)
