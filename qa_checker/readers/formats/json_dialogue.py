r"""JSON of any product that has the turns of a call, or its whole text, somewhere in a record.

    {"session": "s1", "messages": [{"senderType": "visitor", "content": "Hello"}, …]}
    {"data": {"list": [{"角色": "客服", "内容": "您好"}, …]}}
    {"id": 7, "asr_content": "客服：您好\n客户：我要投诉"}
    {"dialogue": ["Agent: Hi", "Customer: …"]}

What the turns are is told by `readers/shapes.py`; a format of its own always goes before this
one. Times are seconds unless a key or the pace of speech says milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import BOT, Call, Segment, changed, turns
from qa_checker.readers.blocks import block_call, is_conversation
from qa_checker.readers.headers import call_fields, field_of
from qa_checker.readers.json_records import records
from qa_checker.readers.layout import one_at, shown
from qa_checker.readers.records import is_call, not_ours
from qa_checker.readers.roles import stated
from qa_checker.readers.said import MILLISECOND, SECOND, objects, plain, when
from qa_checker.readers.shapes import Shape, role_in, shapes_of, turns_at
from qa_checker.readers.soundness import from_zero
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.times import value

TITLE = "JSON of an unknown product"
UNIT = "column"
STREAMS = True
GLANCE = 20
SURE = 0.4  # below every format that knows a product
ABOUT = ("call_id", "agent", "queue", "started_at", "language")
DEEPEST, LONGEST = 6, 200  # keys from the record to a text; characters of metadata
SLOWEST = 0.2  # characters a second; below it milliseconds were taken for seconds
NUMBER = lazy_re.compile(r"\s*[0-9]+(?:\.[0-9]+)?\s*$")
DIGIT = lazy_re.compile("[0-9]")
WHOLE = lazy_re.compile(r"[0-9]{1,15}$")
ASSISTANTS = {"assistant", "gpt", "model"}
TURNS = "turns"
BY_PACE = "times are whole numbers at the pace of speech only as milliseconds: read so"


def sniff(source: Source, options: Options) -> float:
    """Return 0.4 if half of the first records hold turns or a conversation."""
    if not source.text or source.text.lstrip()[:1] not in ("{", "["):
        return 0.0
    given = islice(records(source, glance=True), GLANCE)
    if any(is_call(one) for _, one in given):
        return 0.0
    first = [one for _, one in islice(_records(source, glance=True), GLANCE)]
    good = sum(isinstance(one, dict) and _holds(one) for one in first)
    return SURE if good and good * 2 >= len(first) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each record; one without turns is set aside."""
    many = not isinstance(source.document, dict)
    for number, record in _records(source):
        try:
            if isinstance(record, Refusal):
                raise record
            yield _call(record, options, f"{source.stem}-{number}" if many else source.stem)
        except Refusal as refusal:
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)


def _records(source: Source, *, glance: bool = False) -> Iterator[tuple[int, Any]]:
    """Yield the records of a file: an object that has a list of calls in it gives each of those."""
    for number, record in records(source, glance=glance):
        inner = _calls_in(record) if isinstance(record, dict) else []
        yield from enumerate(inner, 1) if inner else [(number, record)]


def _calls_in(record: Mapping[str, Any], depth: int = 3) -> list[dict[str, Any]]:
    """Return the objects of the first list in which each holds turns or a conversation."""
    if named := _by_name(record):
        return named
    if depth == 0 or shapes_of(record):
        return []
    for inner in record.values():
        if isinstance(inner, dict) and (found := _calls_in(inner, depth - 1)):
            return found
        if len(several := objects(inner)) > 1 and all(map(_holds, several[:GLANCE])):
            shared = {key: value for key, value in record.items() if field_of(key) in ABOUT}
            return [shared | one for one in several]
    return []


def _by_name(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the calls of a record that holds nothing but calls, each under an id with a digit."""
    several = [{"call_id": key, TURNS: value} for key, value in record.items()]
    nested = all(isinstance(one, dict | list) for one in record.values())
    ids = len(several) > 1 and all(map(DIGIT.search, record))
    return several if nested and ids and all(map(_holds, several)) else []


def _holds(record: Mapping[str, Any]) -> bool:
    return bool(shapes_of(record)) or bool(_text(record))


def _text(value: object, depth: int = DEEPEST) -> str:
    """Return the longest text in a record that is a conversation of two roles, "" if none is."""
    if isinstance(value, str):
        return value if is_conversation(value) else ""
    if depth == 0:
        return ""
    if isinstance(value, dict):
        return max((_text(inner, depth - 1) for inner in value.values()), key=len, default="")
    lines = value if isinstance(value, list) else []
    return _text("\n".join(lines)) if lines and all(isinstance(one, str) for one in lines) else ""


def _call(record: Mapping[str, Any], options: Options, name: str) -> Call:
    shapes = shapes_of(record)
    shape = shapes[0] if shapes else None
    if shape is not None:
        call = _of_turns(record, shape, options)
        call = changed(call, notes=(*call.notes, *_left(shapes[1:])))
    elif text := _text(record):
        call = block_call(text, options)
    else:
        raise not_ours(record)
    fields = {_field(key): plain(value) for key, value in _about(record, shape)}
    known = {key: value for key, value in fields.items() if 0 < len(value) <= LONGEST}
    return call_fields(call, {"call_id": name, **known})


def _left(others: Sequence[Shape]) -> list[str]:
    listed = [shown(one.turns) for one in others]
    return [f"also like turns, and not read: {names(listed)}"] if listed else []


def _about(record: Mapping[str, Any], shape: Shape | None) -> Iterator[tuple[str, object]]:
    """Yield the plain values of a record and of the objects on the way to its turns."""
    yield from ((key, value) for key, value in record.items() if not isinstance(value, dict | list))
    inner: object = record
    for step in shape.turns[:-1] if shape is not None else ():
        inner = one_at(inner, (step,))
        if isinstance(inner, dict):
            yield from (
                (key, one) for key, one in inner.items() if not isinstance(one, dict | list)
            )


def _field(key: str) -> str:
    """Return the field of a call that a key names, or the key; a bare "id" is the call's."""
    if key.casefold() == "id":
        return "call_id"
    return field_of(key) if field_of(key) in ABOUT else key


def _of_turns(record: Mapping[str, Any], shape: Shape, options: Options) -> Call:
    found = turns_at(record, shape)
    unit, notes = _unit(found, shape)
    segments, told = from_zero([_segment(one, shape, unit, options) for one in found])
    robots = {one.speaker for one in segments if one.role == BOT} & ASSISTANTS
    if robots:
        notes.append(f"taken for a bot, unless --roles says else: {names(sorted(robots))}")
    return Call("", turns(segments), notes=(*notes, *told))


def _segment(turn: Mapping[str, Any], shape: Shape, unit: float, options: Options) -> Segment:
    who = one_at(turn, shape.who)
    label = plain(who).strip()
    known = label in options.roles
    role = stated(label, options.roles) if known else role_in(who, str(shape.who[-1]))
    start, end = (_time(one_at(turn, path), unit) for path in (shape.start, shape.end))
    text = one_at(turn, shape.text)
    return Segment(role, text if isinstance(text, str) else "", label, start, end)


def _time(raw: object, unit: float) -> float | None:
    """Return a time in seconds; a clock or a date says itself what it is."""
    return value(raw) if isinstance(raw, str) and not NUMBER.match(raw) else when(raw, unit)


def _unit(found: list[Any], shape: Shape) -> tuple[float, list[str]]:
    """Return the unit of the times in seconds, and a note if only the pace of speech tells it."""
    if shape.milliseconds:
        return MILLISECOND, []
    starts = [plain(one_at(one, shape.start)) for one in found]
    whole = [int(one) for one in starts if WHOLE.match(one)]
    said = sum(len(plain(one_at(one, shape.text))) for one in found[:-1])
    if len(whole) < max(2, len(starts)) or said >= SLOWEST * (whole[-1] - whole[0]):
        return SECOND, []
    return MILLISECOND, [BY_PACE]
