"""Gong API: `callTranscripts`, each with monologues of sentences in milliseconds.

    {"callTranscripts": [{"callId": "7782342274025937895", "transcript": [
       {"speakerId": "6432345678555530067", "topic": "Objections", "sentences": [
         {"start": 460230, "end": 462343, "text": "No, I think it's fine."}]}]}],
     "calls": [{"metaData": {"id": "7782…", "direction": "Inbound"},
       "parties": [{"speakerId": "6432…", "affiliation": "Internal"}]}]}

Speakers are ids. Who is Internal or External stands in the parties of the extensive
call data: in the transcript, beside it, or not in the file, and then roles are unknown.
Clients may write snake case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import AGENT, UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import GLANCE, either, every, in_order, lasting, made, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Gong"
UNIT = "milliseconds"
LANGUAGES = {"eng": "en", "zho": "zh", "chi": "zh"}
SPEAKER = {"speakerId", "speaker_id"}
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for transcripts of monologues with sentences."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript."""
    return every(source, is_mine, calls_in)


def is_mine(node: object) -> bool:
    """Tell whether a node is a page of transcripts, or one of them."""
    every = [one for part in _transcripts(node)[:GLANCE] for one in _monologues(part)[:GLANCE]]
    return any(SPEAKER & one.keys() and isinstance(one.get("sentences"), list) for one in every)


def calls_in(node: object) -> Iterator[Call]:
    """Yield the calls of a page, or the one of a transcript."""
    for transcript in _transcripts(node):
        yield call_of(transcript, node)


def _transcripts(node: Any) -> list[Any]:
    return objects(either(node, "callTranscripts", "call_transcripts")) or [node]


def _monologues(transcript: object) -> list[Node]:
    return objects(transcript if isinstance(transcript, list) else at(transcript, "transcript"))


def call_of(node: Any, around: object) -> Call:
    """Return the call of a transcript; `around` is its page, which may hold the parties."""
    call_id = plain(either(node, "callId", "call_id"))
    about = _extensive(around, call_id)
    data = at(about, "metaData")
    language = plain(at(data, "language"))
    people = objects(at(node, "parties") or at(about, "parties") or at(around, "parties"))
    parties = {plain(one.get("speakerId")): one for one in people}
    roles = {who: role_of(plain(one.get("affiliation"))) for who, one in parties.items()}
    ours = [one for who, one in parties.items() if roles[who] == AGENT]
    return made(
        in_order(
            _segment(one, plain(either(part, *SPEAKER)), roles)
            for part in _monologues(node)
            for one in objects(part.get("sentences"))
        ),
        call_id=call_id,
        metadata=kept(duration=lasting(at(data, "duration")), direction=at(data, "direction")),
        agent=either(ours[0], "name", "emailAddress") if len(ours) == 1 else "",
        started_at=at(data, "started"),
        language=LANGUAGES.get(language, language),
    )


def _extensive(around: object, call_id: str) -> Node | None:
    calls = objects(at(around, "calls"))
    return next((one for one in calls if plain(at(one, "metaData", "id")) == call_id), None)


def _segment(one: Node, speaker: str, roles: dict[str, str]) -> Segment:
    start, end = when(one.get("start"), MILLISECOND), when(one.get("end"), MILLISECOND)
    return Segment(roles.get(speaker, UNKNOWN), plain(one.get("text")), speaker, start, end)
