"""Our own shape of a call as JSON, for one object, an array and JSON lines alike.

    {"call_id": "A-17", "agent": "1024", "queue": "refund", "started_at": "2024-01-05 10:00",
     "language": "zh", "metadata": {"channel": "phone"},
     "turns": [{"role": "agent", "text": "您好", "speaker": "张三", "start": 0.0, "end": 3.0,
                "channel": "0"}]}

Only `turns` with `role` (or `speaker`) and `text` is needed; times are seconds from the
start of the call. `notes` are remarks of an earlier reader. Other keys with a plain value
are kept as metadata. docs/call.schema.json says the same to programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.job_states import state_of
from qa_checker.readers.exported.receipts import wordless
from qa_checker.readers.headers import call_fields
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import Refusal, name, names, seen
from qa_checker.readers.times import value as time_value

FIELDS = ("call_id", "agent", "queue", "started_at", "language")
TURN_KEYS = {"role", "text", "speaker", "start", "end", "channel"}
SAY_WHO, SAY_WHEN = {"role", "speaker", "channel"}, {"start", "end"}
LIKE_A_TIME = lazy_re.compile("(?i)time|begin|start|offset|stamp|^ts$|时间")
TURN_NEED = "a turn is {role, text, speaker?, start?, end?, channel?}"


def is_call(document: object) -> bool:
    """Tell whether an object has our shape: turns, with text in the first one.

    Where a speaker is an object somebody else wrote them.
    """
    if not isinstance(document, dict) or not isinstance(document.get("turns"), list):
        return False
    return all(
        isinstance(turn, dict) and "text" in turn and not isinstance(turn.get("speaker"), dict)
        for turn in document["turns"][:1]
    )


def surely_ours(document: object) -> bool:
    """Tell whether an object has our shape, and who speaks and when are where ours says it.

    A reader that knows what others call a speaker or a time may know more of such a call.
    """
    if not isinstance(document, dict) or not is_call(document):
        return False
    keys = {key for turn in document["turns"] if isinstance(turn, dict) for key in turn}
    other = keys - TURN_KEYS
    timed = not keys.isdisjoint(SAY_WHEN) or not any(map(LIKE_A_TIME.search, other))
    return not other or (timed and not keys.isdisjoint(SAY_WHO))


def not_ours(document: object) -> Refusal:
    """Return the refusal of JSON that is something else: its state, a link, or the keys seen."""
    state = state_of(document) or wordless(document)
    if state is not None:
        return state
    first = document[0] if isinstance(document, list) and document else document
    return Refusal(
        f"JSON, but not a transcript this version reads: {seen(first)}",
        "needed: call_id and turns, each with role and text; or say where they are with --mapping",
    )


def call_of(record: Mapping[str, Any], options: Options, line: int | None = None) -> Call:
    """Return the call of one record. Raises Refusal naming the turn that is wrong."""
    found = [_segment(n, turn, options, line) for n, turn in enumerate(record["turns"], 1)]
    metadata, notes = _metadata(record)
    odd = sorted({key for turn in record["turns"] for key in turn} - TURN_KEYS)
    if odd:
        notes.append(f"turn keys not read: {names(odd)}")
    fields = {key: _scalar(key, record.get(key)) for key in FIELDS}
    call = Call("", turns(found), metadata=metadata, notes=(*_told(record), *notes))
    return call_fields(call, fields)


def _segment(number: int, turn: Any, options: Options, line: int | None) -> Segment:
    if not isinstance(turn, dict):
        raise Refusal(f"turn {number} is not an object", TURN_NEED, line)
    text = turn.get("text")
    if not isinstance(text, str) and text is not None:
        raise Refusal(f'turn {number}: "text" is not a string', TURN_NEED, line)
    if "text" not in turn:
        raise Refusal(f'turn {number} has no "text": it has {names(list(turn))}', TURN_NEED, line)
    word = _scalar(f"turn {number}: role", turn.get("role"), line)
    speaker = _scalar(f"turn {number}: speaker", turn.get("speaker"), line)
    channel = _scalar(f"turn {number}: channel", turn.get("channel"), line)
    if turn.get("speaker") is None:
        speaker = word
    role = stated(word, options.roles) if word else UNKNOWN
    start, end = time_value(turn.get("start")), time_value(turn.get("end"))
    return Segment(role, text or "", speaker, start, end, line, channel)


def _scalar(key: str, value: Any, line: int | None = None) -> str:
    """Return a plain value as text: ids may be numbers in the source."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise Refusal(f"{name(key)} is not a plain value", "write it as text", line)


def _told(record: Mapping[str, Any]) -> list[str]:
    """Return the remarks of an earlier reader, as `convert` writes them."""
    told = record.get("notes")
    return told if isinstance(told, list) and all(isinstance(one, str) for one in told) else []


def _metadata(record: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    given = record.get("metadata")
    taken = (*FIELDS, "turns", "notes") if _told(record) else (*FIELDS, "turns")
    more = {key: value for key, value in record.items() if key not in taken}
    if isinstance(given, dict):
        more = {**{key: value for key, value in more.items() if key != "metadata"}, **given}
    nested = sorted(key for key, value in more.items() if isinstance(value, dict | list))
    plain = {key: _scalar(key, value) for key, value in more.items() if key not in nested}
    notes = [f"keys with nested values not read: {names(nested)}"] if nested else []
    return plain, notes
