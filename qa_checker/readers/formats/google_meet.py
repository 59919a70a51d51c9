"""Google Meet API, the entries of a transcript: who, what, from when to when.

    {"transcriptEntries": [{"name": "conferenceRecords/17/transcripts/2/entries/1",
       "participant": "conferenceRecords/17/participants/5", "text": "Hello.",
       "languageCode": "en-US", "startTime": "2025-03-01T09:30:00.120Z",
       "endTime": "2025-03-01T09:30:01.900Z"}]}

Participants are names of resources; if a list of them is in the file, their display
names are taken. Times count from the first entry. Clients may write snake case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    date,
    each,
    either,
    from_start,
    in_order,
    made,
    sure,
)
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Google Meet"
UNIT = "dates"
ENTRIES = ("transcriptEntries", "transcript_entries")
KINDS = ("signedinUser", "anonymousUser", "phoneUser")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for transcript entries of participants."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one list of entries."""
    found = _entries(node)[:GLANCE]
    return any({"participant", "text"} <= one.keys() and _time(one, "start") for one in found)


def _entries(node: object) -> list[dict[str, Any]]:
    return objects(node if isinstance(node, list) else either(node, *ENTRIES))


def _time(one: dict[str, Any], edge: str) -> Any:
    return either(one, f"{edge}Time", f"{edge}_time")


def call_of(node: Any) -> Call:
    """Return the call of a list of entries."""
    entries, names = _entries(node), _names(at(node, "participants"))
    meeting = plain(at(entries, 0, "name")).split("/")
    return made(
        from_start(in_order(_segment(one, names) for one in entries)),
        call_id=at(meeting, 1) if meeting[0] == "conferenceRecords" else "",
        started_at=min(filter(None, (plain(_time(one, "start")) for one in entries)), default=""),
        language=either(at(entries, 0), "languageCode", "language_code"),
    )


def _names(people: object) -> dict[str, str]:
    named = {}
    for person in objects(people):
        known = (plain(at(person, kind, "displayName")) for kind in KINDS)
        named[plain(person.get("name"))] = next(filter(None, known), "")
    return named


def _segment(one: dict[str, Any], names: Mapping[str, str]) -> Segment:
    who = plain(one.get("participant"))
    speaker = names.get(who) or who
    start, end = date(_time(one, "start")), date(_time(one, "end"))
    return Segment(UNKNOWN, plain(one.get("text")), speaker, start, end)
