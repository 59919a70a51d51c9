"""Twilio Voice or Conversational Intelligence: `sentences` by channel.

    {"sentences": [{"media_channel": 1, "sentence_index": 0, "start_time": "0.5",
       "end_time": "2.1", "transcript": "Hello.", "sid": "GX…"}],
     "transcript": {"sid": "GT…", "status": "completed", "duration": 80,
       "channel": {"participants": [{"channel_participant": 1, "role": "Agent"}]}}}

Times are seconds, as text. Who is on a channel stands in the transcript resource: around
the sentences, beside them, or not in the file, and then the roles are unknown. Camel case
is read too. Pages of sentences in a list belong to one call if their addresses name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    either,
    every,
    finished,
    in_order,
    lasting,
    made,
    pointer,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Twilio Conversational Intelligence"
UNIT = "seconds"
ADDRESS = lazy_re.compile(r"/Transcripts/(GT[0-9a-zA-Z]{1,64})/Sentences")
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for sentences of a media channel, or a transcript resource."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript."""
    return every(source, is_mine, lambda node: map(call_of, _transcripts(node)))


def is_mine(node: object) -> bool:
    """Tell whether a node is one transcript, with or without its sentences, or pages of some."""
    if isinstance(node, list) and any(map(_of_page, objects(node))):
        return True
    found = _sentences(node)[:GLANCE]
    spoken = any("transcript" in one and _channel(one) for one in found)
    resource = plain(at(node, "sid")).startswith("GT") and bool(plain(at(node, "status")))
    return spoken or resource


def _sentences(node: object) -> list[Node]:
    """Return the sentences: bare, under their key, or in a page of them."""
    if isinstance(node, list):
        return objects(node)
    found = at(node, "sentences")
    return objects(at(found, "sentences") if isinstance(found, dict) else found)


def _transcripts(node: Any) -> list[Any]:
    """Return the transcripts whose pages are in a list, or the one node."""
    if not isinstance(node, list) or not any(map(_of_page, objects(node))):
        return [node]
    found: dict[str, Node] = {}
    for number, page in enumerate(objects(node)):
        sid = _of_page(page) or str(number)
        whole = found.setdefault(sid, {"sid": _of_page(page), **page, "sentences": []})
        whole["sentences"] += _sentences(page)
    return list(found.values())


def _of_page(page: Node) -> str:
    """Return the transcript whose page of sentences it is, as its address tells, or ""."""
    if "sentences" not in page:
        return ""
    match = ADDRESS.search(plain(at(page, "meta", "url")))
    return match[1] if match is not None else ""


def _channel(sentence: Node) -> str:
    return plain(either(sentence, "media_channel", "mediaChannel"))


def call_of(node: Any) -> Call:
    """Return the call of a transcript. Raises Refusal if it is not done, or not in the file."""
    about = at(node, "transcript") if isinstance(at(node, "transcript"), dict) else node
    if isinstance(node, dict) and "sentences" not in node:
        raise pointer(TITLE, node.get("status"), answer=node)
    finished(TITLE, at(about, "status"))
    people = objects(at(about, "channel", "participants"))
    roles = {_place(one): role_of(plain(one.get("role"))) for one in people}
    channels = {role: channel for channel, role in roles.items() if channel}
    agent = next((one for one in people if roles[_place(one)] == AGENT), None)
    found = sorted(_sentences(node), key=_index)
    return made(
        in_order(_segment(one, roles) for one in found),
        call_id=at(about, "sid"),
        metadata=kept(
            duration=lasting(at(about, "duration")),
            agent_channel=channels.get(AGENT),
            customer_channel=channels.get(CUSTOMER),
            customer_key=either(about, "customer_key", "customerKey"),
        ),
        agent=either(agent, "full_name", "fullName", "user_id", "userId"),
        started_at=either(about, "media_start_time", "mediaStartTime"),
        language=either(about, "language_code", "languageCode"),
    )


def _place(participant: Node) -> str:
    return plain(either(participant, "channel_participant", "channelParticipant"))


def _index(sentence: Node) -> float:
    index = when(either(sentence, "sentence_index", "sentenceIndex"))
    return index if index is not None and index == index else 0.0


def _segment(one: Node, roles: Mapping[str, str]) -> Segment:
    channel = _channel(one)
    return Segment(
        roles.get(channel, UNKNOWN),
        plain(one.get("transcript")),
        channel,
        when(either(one, "start_time", "startTime")),
        when(either(one, "end_time", "endTime")),
        channel=channel,
    )
