"""Plain text, Chinese or English: a speaker before a colon, then what they say.

    通话ID：20240105-17                 (optional lines on top: call id, agent, queue, date)
    客服：您好，工号1024，请问有什么可以帮您？
    客户：我想查一下退款，
    就是上周那单。                       (a line without a speaker goes on)

Speakers: 客服 坐席 座席 工号1024 客户 用户 来电者 Agent Rep Customer Caller …
(`role_words.txt`), 【客服】, [客服], **Agent:**, or any names that take turns. Times may
stand before ([00:01:02], (01:02), [0.0-3.0]) or after the speaker (客服 10:02:11). A text
of several calls, each below a heading with its number, gives each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_checker.call import UNKNOWN, Call, Segment, changed, turns
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.headers import about_call, call_fields, field_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.faq import refuse_text_faq
from qa_checker.readers.words import fold
from qa_checker.readers.written.dialogue import Dialogue, conversation, line_numbers, no_speakers
from qa_checker.readers.written.foot import is_fact
from qa_checker.readers.written.head import fields_of
from qa_checker.readers.written.lines import Line
from qa_checker.readers.written.several import calls_in

TITLE = "Plain text"
UNIT = "clock"
GLANCE = 200


def sniff(source: Source, options: Options) -> float:
    """Return 0.8 if role words lead the lines, 0.5 if names take turns."""
    if not source.text or source.is_json:
        return 0.0
    text = "\n".join(source.lines[:GLANCE])
    segments = conversation(text, options.roles).segments
    if not segments:
        return 0.0
    return 0.8 if any(segment.role != UNKNOWN for segment in segments) else 0.5


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of a text, or each of several. Raises Refusal if nobody speaks."""
    several = calls_in(source.lines)
    for number, text in several or [("", source.text)]:
        found = conversation(text, options.roles)
        if not found.segments:
            raise no_speakers(text)
        _refuse_forms(found)
        refuse_text_faq(found.segments, options)
        segments, notes = from_zero(found.segments)
        call = block_call(found, segments, [*found.notes, *notes])
        own = call.call_id or f"{source.stem}-{number}"
        yield changed(call, call_id=own) if several else call


def block_call(found: Dialogue, segments: Sequence[Segment], notes: list[str]) -> Call:
    """Return the call of a conversation, its head lines as fields."""
    fields, others = _head(found.before)
    if others:
        notes = [*notes, f"{line_numbers(others)} before the first speaker not read as speech"]
    if found.doubtful:
        notes = [
            *notes,
            f"{line_numbers(found.doubtful)}: a short word and a colon, read as speech of the "
            "speaker before; if it is a speaker, name it with roles",
        ]
    for part in filter(is_fact, found.after):
        fields.setdefault(about_call(part.label), part.text)
    fields.setdefault("started_at", found.date)
    return call_fields(Call("", turns(segments), notes=tuple(notes)), fields)


def _head(lines: Sequence[Line]) -> tuple[dict[str, str], list[int]]:
    fields: dict[str, str] = {}
    others = []
    for line in lines:
        told = {_named(key): value for key, value in fields_of(line) if key and value}
        if told and "" not in told:
            fields = {**told, **fields}
        else:
            others.append(line.number)
    return fields, others


def _named(label: str) -> str:
    """Return the field of a call that a label names, the label if it is short, or ""."""
    field = field_of(label)
    if field in ("call_id", "agent", "queue", "started_at", "channel", "language"):
        return field
    return label if len(fold(label)) <= 12 else ""


def _refuse_forms(found: Dialogue) -> None:
    if len(found.before) > 50 and len(found.before) > 4 * len(found.segments):
        raise Refusal(
            "not recognised: most of the text has no speaker labels",
            "start each turn with 客服：/客户： or Agent:/Customer:",
        )
