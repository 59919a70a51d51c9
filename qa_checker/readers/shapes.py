"""Where the turns of a call lie in JSON of a product that nobody has told us about.

A list of objects is taken for the turns if one key of each holds words, another one who says
them, and at least two people speak, of whom a role or a number is known. Lists of words,
of findings and of comments are none. `formats/json_dialogue.py` reads what is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN
from qa_checker.readers.headers import field_of, plain
from qa_checker.readers.layout import EVERY, Path, every, one_at
from qa_checker.readers.roles import role_of
from qa_checker.readers.said import plain as as_text

DEEPEST = 6
LOOKED_AT = 20  # items of a list
MOST_PEOPLE = 8
BY_NUMBER, BY_NAME = 0.01, 0.005  # what it is worth to know people by these, less than any role
SAID = frozenset(["value", "body", "msg", "said", "say", "asr", "words", "speech", "txt", "原文"])
WHO = frozenset(["from", "usertype", "roletype", "side", "party", "user"])
PERHAPS = frozenset(["by", "type", "source", "name", "owner"])  # who speaks, if they name roles
OF_AGENT = frozenset(["isagent", "fromagent", "isstaff", "agent", "iskefu", "isservice"])
DIRECTION = "direction"
BEGUN = frozenset(["createdat", "created", "createtime", "sentat", "sendtime", "datesent", "ts"])
OUT, IN = ("outbound", "outgoing", "out", "sent"), ("inbound", "incoming", "in", "received")
VOICE = lazy_re.compile(
    r"(?:(?:speaker|spk|channel|ch|说话人|讲话人|声道)[ _-]?)?(?:[0-9]{1,3}|[A-F])$"
)
WORD = lazy_re.compile(r"\s*(?:[^\s\u3400-\u9fff]+|[\u3400-\u9fff]{1,2}[，。！？,.]?)\s*$")
MOST_WORDS = 0.8  # of the texts; a list of them holds the words of turns and not turns
PARTICIPANTS = {  # what programs call them, beside the words that people use
    **dict.fromkeys(["assistant", "gpt", "model"], "bot"),
    **dict.fromkeys(["human", "yonghu"], "customer"),
    **dict.fromkeys(["kefu", "service", "server"], "agent"),
    **dict.fromkeys(["tool", "function"], "system"),
}


@dataclass(frozen=True)
class Shape:
    """Paths to the turns of a call and within a turn; `milliseconds` says what times are in."""

    turns: Path
    text: Path
    who: Path
    start: Path | None = None
    end: Path | None = None
    milliseconds: bool = False


def shapes_of(record: Mapping[str, Any]) -> list[Shape]:
    """Return where the turns of a record may be, first the lists that say much, in their order."""
    found = [
        (sum(len(as_text(one_at(one, shape.text))) for one in items), shape)
        for path, items in _lists(record, ())
        if (shape := _turns(path, items)) is not None
    ]
    most = max((size for size, _ in found), default=0)
    return [shape for _, shape in sorted(found, key=lambda pair: pair[0] * 2 < most)]


def role_in(value: object, key: str) -> str:
    """Return the role that a value names, as a word, as "is the agent" or as a direction."""
    if isinstance(value, bool):
        return ("agent" if value else "customer") if plain(key) in OF_AGENT else UNKNOWN
    word = as_text(value).strip().casefold()
    if plain(key) == DIRECTION:
        way = word.partition("-")[0]  # outbound-api, outbound-reply
        return "agent" if way in OUT else "customer" if way in IN else UNKNOWN
    return PARTICIPANTS.get(word) or role_of(word)


def _lists(value: object, path: Path) -> Iterator[tuple[Path, list[Any]]]:
    """Yield every list of two or more objects, with its path from the record."""
    if len(path) > DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(inner, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        if len(value) > 1:
            yield path, value
        for inner in value if len(value) == 1 else ():
            yield from _lists(inner, (*path, 0))


def _turns(path: Path, items: Sequence[Mapping[str, Any]]) -> Shape | None:
    some = items[:LOOKED_AT]
    paths = list(dict.fromkeys(chain.from_iterable(map(_paths, some))))
    text = _text(some, paths)
    times = {field: one for one in reversed(paths) if (field := _time(one))}
    start = times.get("start_ms") or times.get("start")
    end = times.get("end_ms") or times.get("end")
    who = _who(some, [one for one in paths if one != text], timed=end is not None)
    if text is None or who is None:
        return None
    return Shape(path, text, who, start, end, "start_ms" in times)


def _paths(item: Mapping[str, Any]) -> Iterator[Path]:
    """Yield the path of each plain value of an item, and of the objects in it."""
    for key, value in item.items():
        if isinstance(value, dict):
            yield from (
                (key, inner) for inner, one in value.items() if not isinstance(one, dict | list)
            )
        elif not isinstance(value, list):
            yield (key,)


def _text(items: Sequence[Mapping[str, Any]], paths: Sequence[Path]) -> Path | None:
    """Return the path of the words: of those that are called so, the one that says most."""
    called = [one for one in paths if field_of(_key(one)) == "text" or plain(_key(one)) in SAID]
    texts = {path: _texts(items, path) for path in called}
    good = {path: found for path, found in texts.items() if len(found) * 2 >= len(items)}
    if not good:
        return None
    best = max(good, key=lambda path: sum(map(len, good[path])))
    words = sum(WORD.match(one) is not None for one in good[best])
    return best if words < MOST_WORDS * len(good[best]) else None


def _texts(items: Sequence[Mapping[str, Any]], path: Path) -> list[str]:
    return [one for item in items if isinstance(one := one_at(item, path), str) and one.strip()]


def _who(items: Sequence[Mapping[str, Any]], paths: Sequence[Path], *, timed: bool) -> Path | None:
    """Return the path of who speaks, the one that knows most of them; names need times
    from when to when, which comments and messages do not have.
    """
    known = {path: _knows(items, path) for path in paths}
    least = BY_NAME if timed else BY_NUMBER
    good = {path: share for path, share in known.items() if share >= least}
    return max(good, key=good.__getitem__, default=None)


def _knows(items: Sequence[Mapping[str, Any]], path: Path) -> float:
    """Return which share of the items' roles a path tells; little if it only tells people apart."""
    key = plain(_key(path))
    named = key in WHO or field_of(_key(path)) in ("role", "speaker", "channel")
    if not named and key not in PERHAPS and key not in OF_AGENT and key != DIRECTION:
        return 0.0
    values = [one_at(item, path) for item in items]
    people = {as_text(one) or str(one) for one in values if one is not None}
    if not 2 <= len(people) <= MOST_PEOPLE:
        return 0.0
    roles = sum(role_in(one, key) != UNKNOWN for one in values) / len(values)
    if roles or not named:
        return roles
    return BY_NUMBER if all(VOICE.match(one) for one in people) else BY_NAME


def _time(path: Path) -> str:
    """Return start, end, start_ms or end_ms if a key says so, else ""."""
    key = _key(path)
    field = field_of(key)
    if field in ("start", "end", "start_ms", "end_ms"):
        return field
    return "start" if plain(key) in BEGUN else ""


def _key(path: Path) -> str:
    return str(path[-1])


def turns_at(record: Mapping[str, Any], shape: Shape) -> list[Any]:
    """Return the turns of a record."""
    return every(record, (*shape.turns, EVERY))
