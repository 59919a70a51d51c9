"""A message of whatever system to a segment: who, what and when, under the names people give them.

    {"speaker": "Agent", "text": "Hi", "start": 0.5}
    {"author": {"type": "admin", "name": "Dana"}, "body": "<p>Hi</p>", "created_at": 1718377805}
    {"role": "user", "content": [{"type": "text", "text": "Hi"}]}
    {"speakerId": "7", "text": "Hi", "startMs": 500}        the people in a list beside it

Keys are compared as `answers.flat` spells them. What is no speech (a tool's answer, a note to
colleagues, an event among messages) is left out by `said_among`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import AGENT, BOT, CUSTOMER, SYSTEM, UNKNOWN, Segment
from qa_checker.readers.answers import flat, held
from qa_checker.readers.roles import role_of
from qa_checker.readers.said import MILLISECOND, SECOND, objects, plain, when
from qa_checker.readers.times import value as time_value
from qa_checker.readers.units import FASTEST, SLOWEST, in_milliseconds

Node = Mapping[str, Any]
TEXT = (
    "text", "content", "message", "body", "plainbody", "transcript", "transcription", "utterance",
    "sentence", "value", "msg", "messagetext", "messagecontent", "spokentext", "displaytext",
    "phrase", "内容", "文本", "话术", "消息内容", "对话内容", "语句",
)  # fmt: skip
ROLE = (
    "role", "speakerrole", "participantrole", "authorrole", "senderrole", "speakertype",
    "sendertype", "authortype", "participanttype", "participantpurpose", "usertype", "roletype",
    "from",
    "角色", "说话角色", "说话人角色", "身份",
)  # fmt: skip
PERSON = ("author", "sender", "speaker", "participant", "user", "from", "actor")
NAME = (
    "speakername", "sendername", "authorname", "participantname", "displayname", "username",
    "personname", "name", "fullname", "nickname", "nick",
)  # fmt: skip
LABEL = (
    "speaker", "speakerlabel", "speakertag", "sender", "author", "participant", "user", "from",
    "spk", "说话人", "发言人", "发送人", "发送者", "发送方", "说话方",
)  # fmt: skip
NUMBER = ("speakerid", "participantid", "authorid", "senderid", "userid", "contactid")
START = (
    "start", "starttime", "secondsfromstart", "timeincallsecs", "startoffset", "begin", "begintime",
    "offset", "timestamp", "time", "createdat", "createdtime", "createtime", "startedat", "sentat",
    "sendtime", "datetime", "date", "datesent", "received", "ts", "stime", "st", "bt",
    "开始时间", "起始时间", "发送时间", "时间", "开始", "起始",
)  # fmt: skip
START_MS = (
    "startms", "starttimems", "starttimemillis", "startoffsetms", "startoffsetmillis", "beginms",
    "begintimems", "beginoffsetmillis", "offsetms", "offsetmillis", "offsetmillisecond",
    "timestampms", "timems",
)  # fmt: skip
END = (
    "end", "endtime", "endedat", "endoffset", "stop", "stoptime", "etime", "et", "finish",
    "finishtime", "结束时间", "结束",
)  # fmt: skip
END_MS = ("endms", "endtimems", "endtimemillis", "endoffsetms", "endoffsetmillis", "stopms")
CHANNEL = ("channel", "channelid")
LONG = ("duration", "时长")
LONG_MS = ("durationms", "durationmillis", "durationmillisecond", "durationmilliseconds")
RESOURCE = lazy_re.compile("[a-z]+/[^/]+/[a-z]+/")  # projects/…/messages/…: the name of no person
LIKE_A_TIME = lazy_re.compile(
    r"(?:time|date|stamp|offset|duration|finish|时间|时长|日期)(?:ms|millis|s|sec|seconds|us|ns)?$"
)
WORD = lazy_re.compile(r"\s*(?:[^\s\u3400-\u9fff]+|[\u3400-\u9fff]{1,2}[，。！？]?)\s*$")
WHOLE = lazy_re.compile(r"[0-9]{1,15}$")
SINCE_1970 = 1e9  # from here on, numbers of seconds are dates
KIND = ("parttype", "eventtype", "messagetype", "kind", "type")
OTHER = ("subject", "title", "htmlurl")  # mails, issues and posts have authors too
WHO = frozenset([*ROLE, *PERSON, *LABEL, *NAME, *NUMBER])
SYSTEM_MESSAGE = "systemmessage"
SPOKEN = frozenset([
    "message", "comment", "text", "transcript", "utterance", "speech", "chat", "chatmessage",
    "chatmsg", "msg", "chat.msg", "reply", "conversationmessage",
])  # fmt: skip
TOOLS = frozenset(["tool", "function", "toolcallresult", "toolcalls", "toolcallinvocation"])
ALSO = {  # roles that only messages of software have
    "assistant": BOT, "gpt": BOT, "chatgpt": BOT, "model": BOT, "human": CUSTOMER,
    "admin": AGENT, "teammate": AGENT, "team": AGENT, "business": AGENT, "lead": CUSTOMER,
    "developer": SYSTEM, "kefu": AGENT, "yonghu": CUSTOMER,
}  # fmt: skip
IS_AGENT = ("isagent", "fromagent", "isstaff")
WAYS = {
    "outbound": AGENT, "outgoing": AGENT, "out": AGENT, "to": AGENT, "sent": AGENT,
    "inbound": CUSTOMER, "incoming": CUSTOMER, "in": CUSTOMER, "from": CUSTOMER,
    "received": CUSTOMER,
}  # fmt: skip
WAY = "direction"
MARKUP = lazy_re.compile(r"\s*<(?:p|div|span|br|html|body|ul|ol|b|a)\b[^<>]{0,500}>", re.IGNORECASE)
BREAK = lazy_re.compile(r"</?(?:p|div|br|li|tr)\b[^<>]{0,500}>", re.IGNORECASE)
TAG = lazy_re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)


def people_in(lists: Iterable[object]) -> dict[str, Node]:
    """Return everybody of some lists of people, by each of their ids."""
    found: dict[str, Node] = {}
    for person in (flat(one) for people in lists for one in objects(people)):
        for key in ("id", *NUMBER):
            if number := held(person, key):
                found.setdefault(number, person)
    return found


def text_of(message: Node) -> str:
    """Return what a message says, "" if nothing; of HTML its text."""
    for key in TEXT:
        said = _plain_text(message.get(key))
        if said.strip():
            return _without_markup(said)
    return ""


def speaker_of(message: Node, people: Mapping[str, Node]) -> tuple[str, str]:
    """Return the label and the role of who sent a message, "" and "unknown" if it does not say."""
    persons: list[Node] = [
        flat(message[key]) for key in PERSON if isinstance(message.get(key), dict)
    ]
    numbers = [held(message, *NUMBER), *(held(one, "id", *NUMBER) for one in persons)]
    persons += [people[number] for number in numbers if number in people]
    words = [held(message, key) for key in ROLE]
    words += [held(one, key) for one in persons for key in (*ROLE, "type")]
    role = next((known for word in words if (known := role_named(word)) != UNKNOWN), UNKNOWN)
    named = [held(message, *NAME), *(held(one, *NAME) for one in persons), held(message, *LABEL)]
    named = [one for one in named if not RESOURCE.match(one)]
    label = next(filter(None, [*named, *numbers, *words, held(message, *CHANNEL)]), "")
    if role == UNKNOWN:
        role = role_named(held(message, *LABEL))
    side = _side(message) if role == UNKNOWN else UNKNOWN
    return (label, role) if side == UNKNOWN else (label or side, side)


def _side(message: Node) -> str:
    """Return whose message it is where only a flag or the way it went says so."""
    flags = [message[key] for key in IS_AGENT if isinstance(message.get(key), bool)]
    if flags:
        return AGENT if flags[0] else CUSTOMER
    return WAYS.get(_way(message), UNKNOWN)


def _way(message: Node) -> str:
    return held(message, WAY).casefold().partition("-")[0]  # outbound-api


def role_named(word: str) -> str:
    """Return the role of a word, also of those that only messages of software use."""
    return ALSO.get(word.strip().casefold()) or role_of(word)


def is_message(message: Node) -> bool:
    """Tell whether an object names who says something; what is said may be empty.

    What was recorded on a channel, from when to when, names it.
    """
    if message.keys().isdisjoint(TEXT) or any(map(message.get, OTHER)):
        return False
    named = WHO & message.keys()
    told = any(_says_who(message[key]) for key in named) or _side(message) != UNKNOWN
    told = told or bool(held(message, *CHANNEL) and from_when_to_when(message))
    return told or _kind(message) == SYSTEM_MESSAGE


def is_word(text: str) -> bool:
    """Tell whether a text is one word, or one or two Han."""
    return WORD.match(text) is not None


def said_among(messages: Sequence[Node]) -> list[Node]:
    """Return the messages that were said to the other side.

    Where some are of a kind that is a message, those of another kind are something else.
    """
    kinds = any(_kind(one) in SPOKEN for one in messages)
    return [one for one in messages if _is_said(one, kinds)]


def _is_said(message: Node, kinds: bool) -> bool:
    if held(message, "role").casefold().replace("_", "") in TOOLS or message.get("public") is False:
        return False
    if message.get("private") is True or message.get("internal") is True:
        return False
    kind = _kind(message)
    return not kinds or not kind or kind in SPOKEN or kind == SYSTEM_MESSAGE


def _kind(message: Node) -> str:
    return held(message, *KIND).casefold().replace("_", "")


def ways(messages: Sequence[Node], people: Mapping[str, Node]) -> dict[str, str]:
    """Return the role for each way that messages went, where nothing else says who sent them.

    Nothing is returned if all of them went one way: it may be the call's direction.
    """
    sent = [one for one in messages if _way(one) in WAYS and not _known(one, people)]
    found = {_way(one): WAYS[_way(one)] for one in sent}
    return found if len(set(found.values())) > 1 else {}


def by_way(found: Mapping[str, str]) -> list[str]:
    """Return a note on roles that the way of the messages tells, none if it tells none."""
    told = ", ".join(f"{way} = {role}" for way, role in sorted(found.items()))
    return [f"roles by the direction of each message: {told}"] if found else []


def _known(message: Node, people: Mapping[str, Node]) -> bool:
    return speaker_of(_without_way(message), people)[1] != UNKNOWN


def _without_way(message: Node) -> Node:
    return {key: value for key, value in message.items() if key != WAY}


def segments(messages: Sequence[Node], people: Mapping[str, Node]) -> Iterator[Segment]:
    """Yield a segment for every message, in their order."""
    if any(WAY in one for one in messages) and not ways(messages, people):
        messages = list(map(_without_way, messages))
    unit = MILLISECOND if by_pace(messages) else SECOND
    lasting = _lasting(messages, unit)
    for one in messages:
        label, role = speaker_of(one, people)
        role = SYSTEM if _kind(one) == SYSTEM_MESSAGE else role
        start, end = _time(one, START, START_MS, unit), _time(one, END, END_MS, unit)
        if start is not None and end is not None and start < SINCE_1970 <= end:
            end = None  # a date beside seconds from the start
        if lasting and start is not None and end is None:
            end = _after(start, _time(one, LONG, LONG_MS, unit))
        channel = held(one, *CHANNEL)
        yield Segment(role, text_of(one), label, start, end, channel=channel)


def _lasting(messages: Sequence[Node], unit: float) -> bool:
    """Tell whether all starts have a duration beside them, in which the words can be said."""
    if not any(held(one, *LONG, *LONG_MS) for one in messages):
        return False
    timed = [one for one in messages if _time(one, START, START_MS, unit) is not None]
    long = [_time(one, LONG, LONG_MS, unit) for one in timed]
    known = [time for time in long if time is not None and time >= 0]
    if not known or len(known) < len(long):
        return False
    if any((_time(one, START, START_MS, unit) or 0.0) >= SINCE_1970 for one in timed):
        return False
    said = sum(len(text_of(one)) for one in timed)
    return SLOWEST * sum(known) <= said <= FASTEST * sum(known)


def _after(start: float, long: float | None) -> float | None:
    return None if long is None else round(start + long, 6)


def times_left(messages: Sequence[Node], found: Sequence[Segment]) -> list[str]:
    """Return the keys that look like times where none was read as the start, or as the end."""
    starts = any(one.start is not None for one in found)
    ends = any(one.end is not None for one in found)
    if starts and ends:
        return []
    read = {*START, *START_MS} if starts else set()
    unread = sorted({key for one in messages for key in one} - read)
    return [key for key in unread if LIKE_A_TIME.search(key) and _is_time(messages, key)]


def _is_time(messages: Sequence[Node], key: str) -> bool:
    times = [time_value(one[key]) for one in messages if plain(one.get(key))]
    return len(times) > 0 and not any(time is None or time != time for time in times)


def from_when_to_when(message: Node) -> bool:
    """Tell whether a message says when somebody began to speak, and when he ended."""
    return bool(held(message, *START, *START_MS) and held(message, *END, *END_MS, *LONG_MS))


def by_pace(messages: Sequence[Node]) -> bool:
    """Tell whether whole numbers for times give the pace of speech only as milliseconds."""
    starts = [held(one, *START) for one in messages]
    whole = [int(one) for one in starts if WHOLE.match(one)]
    if len(whole) < max(2, len(starts)) or whole[0] >= SINCE_1970:
        return False
    return in_milliseconds(whole, list(map(text_of, messages)))


def _says_who(value: object) -> bool:
    return bool(plain(value).strip()) or (isinstance(value, dict) and bool(value))


def _plain_text(value: object) -> str:
    """Return text: as it is, of an object that holds it, or of a list of parts."""
    if isinstance(value, dict):
        fields = flat(value)
        return next((_plain_text(fields[key]) for key in TEXT if key in fields), "")
    if isinstance(value, list):
        return " ".join(filter(None, (_plain_text(part).strip() for part in value)))
    return value if isinstance(value, str) else ""


def _without_markup(text: str) -> str:
    if not MARKUP.match(text):
        return text
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", text))).split())


def _time(
    message: Node, names: Sequence[str], in_milliseconds: Sequence[str], unit: float
) -> float | None:
    """Return a time in seconds: what is told in milliseconds by its name goes first."""
    for key in in_milliseconds:
        if plain(message.get(key)):
            return when(message[key], MILLISECOND)
    raw = next((message[key] for key in names if plain(message.get(key))), None)
    return time_value(raw) if unit == SECOND else when(raw, unit)
