"""Amazon Transcribe streaming: the events of a stream, in a list or one a line; a call each stream.

    {"TranscriptEvent": {"Transcript": {"Results": [{"ResultId": "…", "IsPartial": false,
       "StartTime": 0.1, "EndTime": 2.0, "ChannelId": "ch_0", "Alternatives": [{
         "Transcript": "Good morning.", "Items": [{"Content": "Good", "Speaker": "0", …}]}]}]}}}
    {"UtteranceEvent": {"UtteranceId": "…", "IsPartial": false, "ParticipantRole": "AGENT",
       "BeginOffsetMillis": 0, "EndOffsetMillis": 1900, "Transcript": "Good morning."}}

The second is Call Analytics, whose roles are stated. Partial results are told again until they
are final: only the final ones are read. Without its event around it a transcript is read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import flat, held, listed
from qa_checker.readers.exported.exports import each, in_order, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import Word, label, objects, spoken
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Amazon Transcribe Streaming"
UNIT = "seconds"
MARKS = frozenset([
    "TranscriptEvent", "UtteranceEvent", "Transcript", "Results", "transcript_event",
    "utterance_event", "transcript", "results",
])  # fmt: skip
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for events of a stream with results or utterances."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every stream. Raises Refusal if nothing in it is final."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is an event of a stream, or a list with one."""
    events = objects(node if isinstance(node, list) else [node])
    marked = [one for one in events if not MARKS.isdisjoint(one)]
    return any(map(_results, marked)) or any(map(_utterance, marked))


def call_of(node: Any) -> Call:
    """Return the call of a stream. Raises Refusal if nothing in it is final."""
    events = objects(node) if isinstance(node, list) else [node]
    results = [one for event in events for one in _results(event)]
    utterances = [found for event in events if (found := _utterance(event))]
    segments = [segment for one in _final(results, "resultid") for segment in _segments(one)]
    segments += map(_analysed, _final(utterances, "utteranceid"))
    if not segments:
        raise only_interim()
    return made(in_order(segments))


def _results(event: Node) -> list[Node]:
    """Return the results of an event, if it is one of a stream."""
    inside = flat(flat(event).get("transcriptevent") or event)
    found = [flat(one) for one in listed(flat(inside.get("transcript")).get("results"))]
    return [one for one in found if "ispartial" in one and "alternatives" in one]


def _utterance(event: Node) -> Node:
    return flat(flat(event).get("utteranceevent"))


def _final(told: list[Node], key: str) -> list[Node]:
    """Return what is final, each once: the last that has its id."""
    final = [one for one in told if one.get("ispartial") is not True]
    return list({held(one, key) or id(one): one for one in final}.values())


def _segments(result: Node) -> Iterator[Segment]:
    best = flat(next(iter(listed(result.get("alternatives"))), None))
    channel = held(result, "channelid")
    words = list(_words(listed(best.get("items")), channel))
    speakers = {word.speaker for word in words if word.speaker}
    if len(speakers) > 1:
        yield from spoken(words)
        return
    speaker = next(iter(speakers), channel)
    start, end = when(result.get("starttime")), when(result.get("endtime"))
    yield Segment(UNKNOWN, held(best, "transcript"), speaker, start, end, channel=channel)


def _words(items: list[Node], channel: str) -> Iterator[Word]:
    """Yield the words and marks; a mark that names no speaker is the one's before it."""
    speaker = ""
    for one in map(flat, items):
        mark = held(one, "type").casefold() == "punctuation"
        own = label(channel, held(one, "speaker")) if held(one, "speaker") else ""
        speaker = own or (speaker if mark else "")
        start, end = (None if mark else when(one.get(key)) for key in ("starttime", "endtime"))
        yield Word(held(one, "content"), speaker, start, end, channel)


def _analysed(one: Node) -> Segment:
    role = held(one, "participantrole")
    start, end = (
        when(one.get(key), MILLISECOND) for key in ("beginoffsetmillis", "endoffsetmillis")
    )
    return Segment(role_of(role) if role else UNKNOWN, held(one, "transcript"), role, start, end)
