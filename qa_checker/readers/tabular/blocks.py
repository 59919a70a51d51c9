"""Tables of one row a call: a cell holds the whole conversation ("客服：… 客户：…").

The cell is read as plain text is, or as the list of messages it holds in JSON. Where nobody
can be told apart in it, the call is set aside: who said what is not known, and no rule about
the agent may pass on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from statistics import median

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, turns
from qa_checker.readers.exported.answers import flat, listed
from qa_checker.readers.exported.message_times import by_pace
from qa_checker.readers.exported.message_words import Node
from qa_checker.readers.exported.messages import is_message, said_among, segments
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.headers import call_fields
from qa_checker.readers.source import Options, SetAside
from qa_checker.readers.strict_json import Refusal, document
from qa_checker.readers.tabular.grid import grid, shared
from qa_checker.readers.tabular.headless import HEADLESS, names_of
from qa_checker.readers.tabular.sides import paired
from qa_checker.readers.tabular.surplus import said, surplus
from qa_checker.readers.tabular.tables import (
    HEAD_ROWS,
    Row,
    Rows,
    Table,
    cell_of,
    headed,
    table,
    text,
)
from qa_checker.readers.times import moment
from qa_checker.readers.units import BY_PACE
from qa_checker.readers.written.dialogue import conversation, line_numbers

SHARE = 0.3  # of rows that must hold a conversation
LONG = 200  # characters of a cell that is more than a turn
JSON = lazy_re.compile(r"\s*(?:\{|\[\s*[\[{\"'0-9])")  # "[Agent]: …" is none
LABEL_ENDS = ":：]】"
LED = lazy_re.compile(r"\s*[^\s:：][^:：]{0,38}[:：]\s*\S")
HELP = "start each turn with 客服：/客户： or Agent:/Customer:"


def holds_blocks(found: Table, rows: Sequence[Row], options: Options) -> bool:
    """Tell by the first rows of a table whether each of them is a call."""
    if not rows or "role" in found.fields or "speaker" in found.fields:
        return False
    texts = [said(row, found) for row in rows]
    many = sum(
        bool(messages_in(one)) or len(conversation(one, options.roles).segments) > 1
        for one in texts
    )
    if many > 0 and many >= SHARE * len(texts):
        return True
    if "start" not in found.fields and all(map(_led, texts)):
        return True
    ids = [text(cell_of(row, found, "call_id")) for row in rows]
    if "turn" in found.fields or "" in ids or len(set(ids)) < len(ids):
        return False
    lines = sum("\n" in one.strip() for one in texts)
    return (lines >= SHARE * len(texts) and lines > 0) or median(map(len, texts)) > LONG


def _led(words: str) -> bool:
    """Tell whether a text has several lines and a label could stand before each of them."""
    lines = [line for line in words.splitlines() if line.strip()]
    return len(lines) > 1 and all(LED.match(line) for line in lines)


def table_of(rows: Rows, options: Options) -> Table:
    """Return the table of rows; where no header names the words, whole conversations are those.

    Else two columns may hold what each side says, or a table without a header shows what its
    columns are. Raises Refusal if nothing does.
    """
    try:
        return table(rows, options)
    except Refusal:
        top = list(islice(rows, HEAD_ROWS))
        header = _of_conversations(top)
        if not header or "text" in options.columns:
            if (sides := paired(rows, options)) is not None:
                return sides
            if not options.columns and (fields := names_of(top)):
                return replace(headed(Row(0, fields), rows, options), told=(HEADLESS,))
            raise
        return table(rows, replace(options, columns={**options.columns, "text": header}))


def _of_conversations(top: Sequence[Row]) -> str:
    """Return the first cell of the column in which most others are conversations, or ""."""
    headers = list(map(text, top[0].cells)) if top and len(top[0].cells) > 1 else []
    for place, header in enumerate(headers):
        cells = [text(row.cells[place]) for row in top[1:] if len(row.cells) > place]
        many = sum(map(is_conversation, cells))
        if header.strip() and many and many * 2 >= len(cells):
            return header
    return ""


def is_conversation(words: str) -> bool:
    """Tell whether a text is a whole call: two known roles speak in it."""
    if sum(map(words.count, LABEL_ENDS)) < 2 or JSON.match(words):
        return False
    return len({one.role for one in conversation(words, {}).segments} - {UNKNOWN}) > 1


def messages_in(words: str) -> list[Node]:
    """Return the messages of a list of JSON, spelled in one way; nothing for any other text."""
    if not JSON.match(words):
        return []
    found = [flat(one) for one in listed(words)]
    said_by_somebody = bool(found) and all(map(is_message, found))
    return said_among(found) if said_by_somebody and len(found) > 1 else []


def block_calls(
    found: Table, options: Options, source: str, default: str
) -> Iterator[Call | SetAside]:
    """Yield a call for every row, a SetAside for a cell without speakers."""
    for row in found.rows:
        fields, _ = shared(grid([row], found), found, {"channel"})
        name = fields.get("call_id") or _number(row, found)
        name = name or (f"{default}-{row.number}" if found.many else default)
        try:
            call = block_call(said(row, found), options, row.number)
        except Refusal as refusal:
            yield SetAside(source, f"call {name}: {refusal.reason}", refusal.help, row.number)
            continue
        for field, name_of_call in (("start", "started_at"), ("end", "ended_at")):
            time = text(cell_of(row, found, field))
            if moment(time) is not None:
                fields.setdefault(name_of_call, time)
        told = replace(call, notes=(*call.notes, *surplus([row], found)))
        yield call_fields(told, {**fields, "call_id": name})


def _number(row: Row, found: Table) -> str:
    """Return what a row has under "id", which is the call's where a row is a call."""
    places = [place for header, place in found.others.items() if header.casefold() == "id"]
    return text(row.cells[places[0]]).strip() if places and places[0] < len(row.cells) else ""


def block_call(words: str, options: Options, line: int | None = None) -> Call:
    """Return the call that a text holds. Raises Refusal if nobody can be told apart in it."""
    if messages := messages_in(words):
        said_in_turn, notes = from_zero(list(segments(messages, {})))
        notes = [*notes, BY_PACE] if by_pace(messages) else notes
        return Call("", turns(replace(one, line=line) for one in said_in_turn), notes=tuple(notes))
    if words.lstrip()[:1] in ("{", "[") and isinstance(document(words), dict | list):
        raise Refusal("the text is JSON and not a conversation", "export the words only")
    spoken = conversation(words, options.roles)
    if not spoken.segments:
        raise Refusal("one text without speaker labels: who says what is not known", HELP)
    found, notes = from_zero(spoken.segments)
    unread = [part.number for part in spoken.before if not part.label]
    if unread:
        notes = [f"{line_numbers(unread)} before the first speaker not read as speech", *notes]
    return Call("", turns(replace(one, line=line) for one in found), notes=(*spoken.notes, *notes))
