"""Azure Language, conversations: what is sent in for analysis, or what came back redacted.

    {"analysisInput": {"conversations": [{"id": "17", "language": "en", "conversationItems": [
       {"id": "1", "participantId": "Agent", "text": "Hello.",
        "audioTimings": [{"word": "hello", "offset": 400000, "duration": 3200000}]}]}]}}

    {"status": "succeeded", "tasks": {"items": [{"status": "succeeded", "results": {
       "conversations": [{"id": "17", "conversationItems": [
         {"id": "1", "redactedContent": {"text": "Hello ****."}}]}]}}]}}

Each conversation is a call. Results name no participants: speakers are then unknown,
unless the input lies in the same file; that is read and not the result. Timings of
words are ticks of 100 ns; most files have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import every, finished, first_text, in_order, made, sure
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.moments import TICK, when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "Azure Language Conversations"
UNIT = "ticks"
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for conversations with conversation items, or a job of such."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield every conversation of the input, or of the results. Raises Refusal for a bad state."""
    return every(source, is_mine, calls_in)


def is_mine(node: object) -> bool:
    """Tell whether a node holds conversations, or is the state of an analysis."""
    if any("conversationItems" in one for one in conversations(node)):
        return True
    return isinstance(at(node, "tasks", "items"), list) and bool(plain(at(node, "jobId")))


def conversations(node: object) -> list[Node]:
    """Return the conversations of a document, each once."""
    if isinstance(at(node, "conversationItems"), list):
        return objects([node])
    tasks = objects(at(node, "tasks", "items"))
    lists = [at(node, "analysisInput", "conversations"), at(node, "conversations")]
    lists += [at(one, "results", "conversations") for one in tasks]
    lists += [node]
    kept = ([one for one in objects(each) if "conversationItems" in one] for each in lists)
    return next(filter(None, kept), [])


def calls_in(node: object) -> Iterator[Call]:
    """Yield the calls of a document. Raises Refusal if there are none."""
    found = conversations(node)
    if not found:
        finished(TITLE, at(node, "status"))
        raise Refusal("empty: no turn in it", "export the transcript again")
    yield from map(call_of, found)


def call_of(node: Node) -> Call:
    """Return the call of a conversation."""
    return made(
        in_order(map(_segment, objects(node.get("conversationItems")))),
        call_id=node.get("id"),
        language=node.get("language"),
    )


def _segment(item: Node) -> Segment:
    told = item.get("redactedContent")
    content = told if isinstance(told, dict) else item
    word, speaker = plain(item.get("role")), plain(item.get("participantId"))
    timings = objects(item.get("audioTimings")) or objects(content.get("audioTimings"))
    first, last = (timings[0], timings[-1]) if timings else ({}, {})
    begin, length = when(last.get("offset"), TICK), when(last.get("duration"), TICK)
    return Segment(
        role_of(word) if word else UNKNOWN,
        first_text(content, "text", "itn", "maskedItn", "maskedITN", "lexical"),
        speaker or word,
        when(first.get("offset"), TICK),
        None if begin is None or length is None else round(begin + length, 6),
    )
