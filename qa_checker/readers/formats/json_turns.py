"""JSON that holds a list of turns, whoever wrote it: who says what, one object each.

    {"call_id": "17", "turns": […]}            {"messages": [{"role": "user", "content": "…"}]}
    {"data": {"transcript": {"sentences": [{"speaker_name": "Dana", "text": "…"}]}}}
    {"conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}

Fireflies, RingCentral, Dialpad, Gladia, LiveChat, LivePerson, Zendesk, Sunshine, Udesk, messages of
ChatGPT, Gemini and ShareGPT, and what people's own scripts write. A list counts if almost all of
its objects name who says something, and if it is called what such lists are called (`LISTS`) or two
roles are stated in it; anything else is refused. It may lie some objects deep, never below a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import BOT, Call, Segment, changed
from qa_checker.readers.exported.answers import decoded, flat, held, spelled
from qa_checker.readers.exported.exports import every, made, stamp, sure
from qa_checker.readers.exported.json_records import records
from qa_checker.readers.exported.message_times import (
    by_pace,
    dated,
    from_when_to_when,
    oldest_first,
    times_left,
)
from qa_checker.readers.exported.message_words import TEXT, Node, text_of
from qa_checker.readers.exported.messages import (
    IS_CUSTOMER,
    by_way,
    is_message,
    is_word,
    people_in,
    said_among,
    segments,
    speaker_of,
    ways,
)
from qa_checker.readers.exported.records import not_ours
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.headers import about_call, call_fields
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.units import BY_PACE

TITLE = "JSON with a list of turns"
UNIT = "column"
STREAMS = True
LISTS = frozenset([
    "turns", "messages", "transcript", "transcripts", "utterances", "segments", "sentences",
    "dialogue", "dialogues", "dialog", "dialogs", "conversation", "conversations", "entries",
    "lines", "history", "chat", "phrases", "events", "speech", "transcriptentries", "message",
    "conversationparts", "chathistory", "conversationhistory", "transcription", "transcriptobject",
    "monologues", "speakerturns", "speakersegments", "diarizedsegments",
    "contents", "messagerecords", "conversationaltranscript",
    "对话", "对话内容", "对话列表", "消息", "消息列表",
])  # fmt: skip
PEOPLE = frozenset(["participants", "speakers", "speakerinfo", "users", "parties", "members"])
OF_A_TURN = ("role", "speaker", "speakerrole", "sender", "author", "角色", "说话人")
DEEPEST = 4
FEW, GLANCE = 5, 20  # objects of a list that are looked at
MOST, LEAST = 0.8, 0.3  # share of those with a text, and of all, that must be messages
MANY = 8  # texts of one word each are the words of a turn
LONG = 200  # characters of a text that is no fact about a call
DIGIT = lazy_re.compile("[0-9]")
ASSISTANTS = {"assistant", "gpt", "model"}
LEFT_OUT = "notes, events and other messages that nobody said left out: "


def sniff(source: Source, options: Options) -> float:
    """Return 0.6 for a list of turns in an object, 0.75 for one of messages with their authors."""
    if not source.is_json or not sure(source, is_mine):
        return 0.0
    return 0.75 if _is_turns(source.glance) else 0.6


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every list of turns; of a large file record by record."""
    return every(source, is_mine, calls_of) if source.reopen is None else _one_by_one(source)


def _one_by_one(source: Source) -> Iterator[Call | SetAside]:
    for number, record in records(source):
        try:
            if isinstance(record, Refusal):
                raise record
            if not is_mine(record):
                raise not_ours(record)
            call = call_of(record)
        except Refusal as refusal:
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)
            continue
        yield call if call.call_id else changed(call, call_id=f"{source.stem}-{number}")


def is_mine(node: object) -> bool:
    """Tell whether a node is one conversation; a bare list only if its authors are objects.

    Or if each message says whether it came in.
    """
    if isinstance(node, list):
        told = all(isinstance(flat(one).get(IS_CUSTOMER), bool) for one in objects(node[:GLANCE]))
        authors = _has_authors(node) and (_states_roles(node, {}) or _again(node))
        return _is_turns(node) and (told or authors)
    return bool(_path(node, DEEPEST))


def calls_of(node: Any) -> Iterator[Call]:
    """Yield the call of a conversation, or of each where all of them lie under their ids."""
    named = node.items() if isinstance(node, dict) else ()
    if len(named) > 1 and all(DIGIT.search(key) and _is_turns(value) for key, value in named):
        yield from (call_of({"call_id": key, "turns": value}) for key, value in named)
    else:
        yield call_of(node)


def call_of(node: Any) -> Call:
    """Return the call of a conversation. Raises Refusal if nobody says anything in it."""
    path = [node] if isinstance(node, list) else _path(node, DEEPEST)
    around, found = path[:-1], [dated(flat(one)) for one in objects(path[-1])]
    found = [*_opening(around), *found]
    said = oldest_first(said_among(found))
    if not any(map(text_of, said)):
        raise Refusal("empty: no turn has any text", "export the transcript again")
    left = sum(map(bool, map(text_of, found))) - sum(map(bool, map(text_of, said)))
    notes = [f"{LEFT_OUT}{left}"] if left else []
    notes += [BY_PACE] if by_pace(said) else []
    people = people_in(_people(around))
    notes += by_way(ways(said, people))
    call = made(segments(said, people), notes=notes)
    notes = _times_left(said, call.segments)
    robots = {one.speaker for one in call.segments if one.role == BOT} & ASSISTANTS
    call = changed(call, notes=(*call.notes, *notes, *_left(path), *_robots(robots)))
    call = call_fields(call, _facts(around))
    first = min((one.start for one in call.segments if one.start is not None), default=None)
    return changed(call, started_at=call.started_at or stamp(first))


def _left(path: list[Any]) -> list[str]:
    """Name the other lists beside the turns that are like turns."""
    beside = path[-2] if len(path) > 1 else {}
    found = [key for key, one in beside.items() if one is not path[-1] and _is_turns(one)]
    return [f"also like turns, and not read: {names(found)}"] if found else []


def _times_left(said: Sequence[Node], found: Sequence[Segment]) -> list[str]:
    left = times_left(said, found)
    return [f"look like times, and not read: {names(left)}"] if left else []


def _robots(labels: Set[str]) -> list[str]:
    if not labels:
        return []
    return [f"taken for a bot, unless --roles says else: {names(sorted(labels))}"]


def _path(node: object, depth: int) -> list[Any]:
    """Return the objects down to a list of turns, and that list; nothing if there is none."""
    node = decoded(node)
    if not isinstance(node, dict) or _is_one_turn(node):
        return []
    lists = sorted(node.items(), key=lambda item: spelled(item[0]) not in LISTS)
    for key, value in lists:
        inner = decoded(value) if spelled(key) in LISTS else value
        named = spelled(key) in LISTS
        if _is_turns(inner) and (named or _states_roles(inner, node) or _is_recording(inner)):
            return [node, inner]
    below = (one for one in node.values() if isinstance(one, dict | str)) if depth else iter(())
    inside = (_path(one, depth - 1) for one in below)
    found = next(filter(None, inside), [])
    return [node, *found] if found else []


def _is_turns(value: object) -> bool:
    """Tell whether almost all of the first items of a list are messages, and some say something."""
    if not isinstance(value, list) or not any(map(_may_say, objects(value[:FEW]))):
        return False
    first = [flat(one) for one in objects(value[:GLANCE])]
    worded = [one for one in first if not one.keys().isdisjoint(TEXT)]
    messages = [one for one in worded if is_message(one)]
    enough = len(messages) >= MOST * len(worded) and len(messages) >= LEAST * len(first)
    texts = [text for one in messages if (text := text_of(one))]
    words = len(texts) >= MANY and sum(map(is_word, texts)) >= MOST * len(texts)
    return enough and bool(texts) and not words


def _is_one_turn(node: dict[str, Any]) -> bool:
    """Tell whether an object is a turn itself: lists in it are what was said before, or words."""
    fields = flat(node)
    return bool(text_of(fields)) and any(held(fields, key) for key in OF_A_TURN)


def _states_roles(value: list[Any], beside: dict[str, Any]) -> bool:
    people = people_in(_people([beside]))
    roles = {speaker_of(flat(one), people)[1] for one in objects(value[:GLANCE])}
    return len(roles - {"unknown", "system"}) > 1


def _may_say(one: dict[str, Any]) -> bool:
    return any(spelled(key) in TEXT for key in one)


def _again(value: list[Any]) -> bool:
    """Tell whether somebody speaks again after another one."""
    labels = [speaker_of(flat(one), {})[0] for one in objects(value[:GLANCE])]
    return 1 < len(set(labels)) < len(labels)


def _is_recording(value: list[Any]) -> bool:
    """Tell whether somebody speaks again after another one, and everybody from when to when."""
    first = [flat(one) for one in objects(value[:GLANCE])]
    return _again(value) and all(map(from_when_to_when, first))


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
        more = node.get("metadata")
        for key, value in [*node.items(), *(more.items() if isinstance(more, dict) else ())]:
            text = plain(value).strip()
            if text and len(text) <= LONG and "duration" not in key.casefold():
                found.setdefault(about_call(key), text)
    began = found.get("started_at", "")
    if began.isdigit():
        found["started_at"] = stamp(float(began) / (1000 if len(began) > 11 else 1))
    return found
