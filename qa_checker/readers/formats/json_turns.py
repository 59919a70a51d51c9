"""JSON that holds a list of turns, whoever wrote it: who says what, one object each.

    {"call_id": "17", "turns": […]}            {"messages": [{"role": "user", "content": "…"}]}
    {"data": {"transcript": {"sentences": [{"speaker_name": "Dana", "text": "…"}]}}}
    {"conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}

Fireflies, RingCentral, Dialpad, Gladia, LiveChat, Zendesk, Sunshine, ChatGPT's and ShareGPT's
messages, and what people's own scripts write. A list counts if almost all of its objects name
who says something, and if it is called what such lists are called (`LISTS`) or two roles are
stated in it; anything else is refused. It may lie some objects deep, never below a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call, changed
from qa_checker.readers.answers import decoded, flat, held, spelled
from qa_checker.readers.exports import each, made, stamp, sure
from qa_checker.readers.headers import call_fields, field_of
from qa_checker.readers.messages import (
    TEXT,
    is_message,
    people_in,
    said_among,
    segments,
    speaker_of,
    text_of,
)
from qa_checker.readers.said import objects, plain
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "JSON with a list of turns"
UNIT = "column"
LISTS = frozenset([
    "turns", "messages", "transcript", "transcripts", "utterances", "segments", "sentences",
    "dialogue", "dialogues", "dialog", "dialogs", "conversation", "conversations", "entries",
    "lines", "history", "chat", "phrases", "events", "speech", "transcriptentries", "message",
    "conversationparts", "chathistory", "conversationhistory", "transcription", "transcriptobject",
    "monologues", "speakerturns", "对话", "对话内容", "对话列表", "消息", "消息列表",
])  # fmt: skip
PEOPLE = frozenset(["participants", "speakers", "speakerinfo", "users", "parties", "members"])
ABOUT = ("call_id", "agent", "queue", "started_at", "language")
OF_A_TURN = ("role", "speaker", "speakerrole", "sender", "author", "角色", "说话人")
DEEPEST = 4
GLANCE = 50  # objects of a list that are looked at
MOST, LEAST = 0.8, 0.3  # share of those with a text, and of all, that must be messages
LONG = 200  # characters of a text that is no fact about a call
LEFT_OUT = "notes, events and other messages that nobody said left out: "


def sniff(source: Source, options: Options) -> float:
    """Return 0.6 for a list of turns in an object, 0.75 for one of messages with their authors."""
    if not source.is_json or not sure(source, is_mine):
        return 0.0
    return 0.75 if _is_turns(source.glance) else 0.6


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every list of turns."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is one conversation; a bare list only if its authors are objects."""
    if isinstance(node, list):
        return _is_turns(node) and _has_authors(node) and (_states_roles(node, {}) or _again(node))
    return bool(_path(node, DEEPEST))


def call_of(node: Any) -> Call:
    """Return the call of a conversation. Raises Refusal if nobody says anything in it."""
    path = [node] if isinstance(node, list) else _path(node, DEEPEST)
    around, found = path[:-1], [flat(one) for one in objects(path[-1])]
    found = [*_opening(around), *found]
    said = said_among(found)
    if not any(map(text_of, said)):
        raise Refusal("empty: no turn has any text", "export the transcript again")
    left = sum(map(bool, map(text_of, found))) - sum(map(bool, map(text_of, said)))
    people = people_in(_people(around))
    call = made(segments(said, people), notes=[f"{LEFT_OUT}{left}"] if left else [])
    told = call_fields(call, _facts(around))
    first = min((one.start for one in call.segments if one.start is not None), default=None)
    return changed(told, started_at=told.started_at or stamp(first))


def _path(node: object, depth: int) -> list[Any]:
    """Return the objects down to a list of turns, and that list; nothing if there is none."""
    node = decoded(node)
    if not isinstance(node, dict) or _is_one_turn(node):
        return []
    lists = sorted(node.items(), key=lambda item: spelled(item[0]) not in LISTS)
    for key, value in lists:
        inner = decoded(value) if spelled(key) in LISTS else value
        if _is_turns(inner) and (spelled(key) in LISTS or _states_roles(inner, node)):
            return [node, inner]
    inside = (_path(one, depth - 1) for one in node.values()) if depth else iter(())
    found = next(filter(None, inside), [])
    return [node, *found] if found else []


def _is_turns(value: object) -> bool:
    """Tell whether almost all of the first items of a list are messages, and some say something."""
    if not isinstance(value, list) or not objects(value[:1]):
        return False
    first = [flat(one) for one in objects(value[:GLANCE])]
    worded = [one for one in first if not one.keys().isdisjoint(TEXT)]
    messages = [one for one in worded if is_message(one)]
    enough = len(messages) >= MOST * len(worded) and len(messages) >= LEAST * len(first)
    return enough and any(map(text_of, messages))


def _is_one_turn(node: dict[str, Any]) -> bool:
    """Tell whether an object is a turn itself: lists in it are what was said before, or words."""
    fields = flat(node)
    return bool(text_of(fields)) and any(held(fields, key) for key in OF_A_TURN)


def _states_roles(value: list[Any], beside: dict[str, Any]) -> bool:
    people = people_in(_people([beside]))
    roles = {speaker_of(flat(one), people)[1] for one in objects(value[:GLANCE])}
    return len(roles - {"unknown", "system"}) > 1


def _again(value: list[Any]) -> bool:
    """Tell whether somebody speaks again after another one."""
    labels = [speaker_of(flat(one), {})[0] for one in objects(value[:GLANCE])]
    return 1 < len(set(labels)) < len(labels)


def _has_authors(value: list[Any]) -> bool:
    first = next(iter(objects(value)), {})
    return any(isinstance(one, dict) for one in first.values())


def _opening(around: list[Any]) -> list[dict[str, Any]]:
    """Return the message that opened a conversation of Intercom; it lies beside the others."""
    for node in around:
        first = flat(node.get("source"))
        if is_message(first):
            return [{"createdat": node.get("created_at"), **first, "type": "message"}]
    return []


def _people(around: list[Any]) -> Iterator[object]:
    for node in around:
        yield from (value for key, value in node.items() if spelled(key) in PEOPLE)


def _facts(around: list[Any]) -> dict[str, str]:
    """Return the plain values around the turns: fields of a call, and what else is short."""
    found: dict[str, str] = {}
    for node in reversed(around):
        for key, value in node.items():
            text = plain(value).strip()
            name = "call_id" if key.casefold() == "id" else field_of(key)
            if text and len(text) <= LONG and "duration" not in key.casefold():
                found.setdefault(name if name in ABOUT else key, text)
    began = found.get("started_at", "")
    if began.isdigit():
        found["started_at"] = stamp(float(began) / (1000 if len(began) > 11 else 1))
    return found
