r"""JSON in which a whole conversation is one text, or a list of lines, somewhere in a record.

    {"id": 7, "asr_content": "客服：您好\n客户：我要投诉"}
    {"call": {"sid": "c1", "dialogue": ["Agent: Hi", "Customer: Hello"]}}
    {"id": 8, "dialogue": "Amanda: …\nJerry: …"}             names, where the key tells so
    {"allContent": "<li start=0 end=900>坐席：您好</li>…"}    a list of HTML

One record, a list of them, or one a line. The text is read as plain text is; of several the
longest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.answers import spelled
from qa_checker.readers.exported.json_records import records
from qa_checker.readers.exported.records import is_call, not_ours
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.formats import html_list
from qa_checker.readers.headers import ABOUT, about_call, call_fields, field_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.blocks import block_call, is_conversation
from qa_checker.readers.written.dialogue import conversation

TITLE = "JSON with conversations as texts"
UNIT = "clock"
STREAMS = True
GLANCE = 20
SURE = 0.4  # below every format that knows a product
KEYS = frozenset([
    "dialogue", "dialog", "conversation", "transcript", "transcription", "chat",
    "fulltranscript", "calltranscript", "diarizedtranscript",
    "对话", "对话内容", "对话文本", "通话内容", "通话文本",
])  # fmt: skip
DEEPEST, LONGEST = 5, 200  # objects from the record to a text; characters of metadata


def sniff(source: Source, options: Options) -> float:
    """Return 0.4 if half of the first records hold a conversation."""
    if not source.text or source.text.lstrip()[:1] not in ("{", "["):
        return 0.0
    given = [one for _, one in islice(records(source, glance=True), GLANCE)]
    if any(map(is_call, given)):
        return 0.0
    good = sum(bool(_calls_in(one) or _text(one)) for one in given)
    return SURE if good and good * 2 >= len(given) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each record; one without a conversation is set aside."""
    many = not isinstance(source.document, dict)
    for number, record in records(source):
        inner = _calls_in(record)
        for at, one in enumerate(inner, 1) if inner else ((number, record),):
            name = f"{source.stem}-{at}" if many or inner else source.stem
            try:
                yield _call(one, options, name)
            except Refusal as refusal:
                yield SetAside(source.name, f"record {at}: {refusal.reason}", refusal.help)


def _calls_in(record: object, depth: int = 3) -> list[dict[str, Any]]:
    """Return the objects of the first list in which each holds a conversation.

    What is said of all of them (queue, agent, date) is added to each.
    """
    if not isinstance(record, dict) or not depth:
        return []
    for inner in record.values():
        if found := _calls_in(inner, depth - 1):
            return found
        if len(several := objects(inner)) > 1 and all(map(_text, several[:GLANCE])):
            shared = {key: value for key, value in record.items() if field_of(key) in ABOUT}
            return [shared | one for one in several]
    return []


def _text(value: object, depth: int = DEEPEST, key: str = "") -> str:
    """Return the longest text of a record that is a conversation of two roles, "" if none is.

    Under a key that tells what it is, names that take turns are enough.
    """
    if isinstance(value, str):
        told = is_conversation(value) or _is_list(value)
        return value if told or (spelled(key) in KEYS and _takes_turns(value)) else ""
    if isinstance(value, dict) and depth:
        inner = (_text(one, depth - 1, name) for name, one in value.items())
        return max(inner, key=len, default="")
    lines = value if isinstance(value, list) else []
    told_so = lines and all(isinstance(one, str) for one in lines)
    return _text("\n".join(lines), depth, key) if told_so else ""


def _is_list(words: str) -> bool:
    return words.lstrip()[:1] == "<" and html_list.ITEM.search(words[:LONGEST]) is not None


def _takes_turns(words: str) -> bool:
    said = conversation(words, {}).segments if "\n" in words.strip() else []
    return len({one.speaker for one in said}) > 1


def _call(record: Mapping[str, Any] | Refusal, options: Options, name: str) -> Call:
    if isinstance(record, Refusal):
        raise record
    text = _text(record)
    if not text:
        raise not_ours(record)
    about = {about_call(key): plain(value) for key, value in record.items()}
    known = {
        key: value for key, value in about.items() if 0 < len(value) <= LONGEST and value != text
    }
    listed = html_list.read(Source(name, text=text), options) if _is_list(text) else iter(())
    call = next((one for one in listed if isinstance(one, Call)), None)
    return call_fields(call or block_call(text, options), {"call_id": name, **known})
