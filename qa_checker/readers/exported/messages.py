"""A message of whatever system to a segment: who, what and when, under the names people give them.

    {"speaker": "Agent", "text": "Hi", "start": 0.5}
    {"author": {"type": "admin", "name": "Dana"}, "body": "<p>Hi</p>", "created_at": 1718377805}
    {"role": "user", "content": [{"type": "text", "text": "Hi"}]}
    {"speakerId": "7", "text": "Hi", "startMs": 500}        the people in a list beside it

Keys are compared as `answers.flat` spells them. What is no speech (a tool's answer, a note to
colleagues, an event among messages) is left out by `said_among`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qa_checker import lazy_re
from qa_checker.call import AGENT, BOT, CUSTOMER, SYSTEM, UNKNOWN, Segment
from qa_checker.readers.exported.answers import flat, held
from qa_checker.readers.exported.message_times import from_when_to_when, times_of
from qa_checker.readers.exported.message_words import TEXT, Node, text_of
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.people.roles import role_of

ROLE = (
    "role", "speakerrole", "participantrole", "authorrole", "senderrole", "speakertype",
    "sendertype", "authortype", "participanttype", "participantpurpose", "usertype", "roletype",
    "from", "sentby",
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
CHANNEL = ("channel", "channelid")
RESOURCE = lazy_re.compile("[a-z]+/[^/]+/[a-z]+/")  # projects/…/messages/…: the name of no person
WORD = lazy_re.compile(r"\s*(?:[^\s\u3400-\u9fff]+|[\u3400-\u9fff]{1,2}[，。！？]?)\s*$")
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
IS_CUSTOMER = "incoming"  # Freshdesk
WAYS = {
    "outbound": AGENT, "outgoing": AGENT, "out": AGENT, "to": AGENT, "sent": AGENT,
    "inbound": CUSTOMER, "incoming": CUSTOMER, "in": CUSTOMER, "from": CUSTOMER,
    "received": CUSTOMER,
}  # fmt: skip
WAY = "direction"


def people_in(lists: Iterable[object]) -> dict[str, Node]:
    """Return everybody of some lists of people, by each of their ids."""
    found: dict[str, Node] = {}
    for person in (flat(one) for people in lists for one in objects(people)):
        for key in ("id", *NUMBER):
            if number := held(person, key):
                found.setdefault(number, person)
    return found


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
    if isinstance(message.get(IS_CUSTOMER), bool):
        return CUSTOMER if message[IS_CUSTOMER] else AGENT
    source = role_named(held(message, "source"))  # mostly where a message came in: "email"
    return WAYS.get(_way(message), source)


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
    for one, (start, end) in zip(messages, times_of(messages), strict=True):
        label, role = speaker_of(one, people)
        role = SYSTEM if _kind(one) == SYSTEM_MESSAGE else role
        channel = held(one, *CHANNEL)
        yield Segment(role, text_of(one), label, start, end, channel=channel)


def _says_who(value: object) -> bool:
    return bool(plain(value).strip()) or (isinstance(value, dict) and bool(value))
