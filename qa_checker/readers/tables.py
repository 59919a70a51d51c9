"""Rows to calls: one row a turn, many calls in one table, headers in two languages.

A row whose text is a whole conversation ("客服：… 客户：…") is a call of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.dialogue import conversation
from qa_checker.readers.headers import call_fields, field_of, plain
from qa_checker.readers.roles import stated
from qa_checker.readers.soundness import from_zero
from qa_checker.readers.source import Options, SetAside
from qa_checker.readers.strict_json import Refusal, name, names
from qa_checker.readers.times import value as time_value

HEAD_ROWS = 20
DATA = re.compile(r"[。？！，、；?!;]|[0-9]{2}|^[\s0-9.:]*$|\. ")
BLOCKS = 0.3  # share of rows that must hold a conversation
TURN_FIELDS = {"turn", "sentence", "role", "speaker", "text", "start", "end", "start_ms", "end_ms"}
SAME_FOR_ALL = {"call_id", "agent", "queue", "started_at", "language", "channel"}


@dataclass(frozen=True)
class Row:
    """A row of cells; `number` is its line or row in the source, from 1."""

    number: int
    cells: Sequence[object]


@dataclass(frozen=True)
class Table:
    """Rows below a header; `fields` says which column holds which field of ours."""

    rows: Sequence[Row]
    fields: Mapping[str, int]
    others: Mapping[str, int]


def table(rows: Sequence[Row], options: Options) -> Table:
    """Find the header within the first rows. Raises Refusal naming the columns seen."""
    heads = [(row, _fields(row, options)) for row in rows[:HEAD_ROWS]]
    good = [(row, fields) for row, fields in heads if "text" in fields]
    if not good:
        asked = options.columns.get("text")
        lack = f"no column {name(asked)}" if asked else "no text column"
        raise Refusal(
            f"a table, but {lack}: columns seen {_seen(rows)}",
            'say which column holds the words, e.g. columns {"text": "话术"}',
        )
    head, fields = max(good, key=lambda pair: (len(pair[1]), -pair[0].number))
    others = {
        text(cell): place
        for place, cell in enumerate(head.cells)
        if text(cell) and place not in fields.values()
    }
    below = [row for row in rows if row.number > head.number and _filled(row)]
    return Table(below, fields, others)


def _seen(rows: Sequence[Row]) -> str:
    """Return the columns of the first row, unless it holds data: no message quotes that."""
    first = next((row for row in rows[:HEAD_ROWS] if len(_filled(row)) > 1), None)
    if first is None:
        return "none"
    cells = [text(cell).strip() for cell in _filled(first)]
    if any(DATA.search(cell) or len(cell) > 30 for cell in cells):
        return f"{len(cells)} without names"
    return names(cells)


def _fields(row: Row, options: Options) -> dict[str, int]:
    """Return the column of each field: the user's own names first, then the aliases."""
    named = {plain(header): field for field, header in options.columns.items()}
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        field = named.get(plain(text(cell)), "") if isinstance(cell, str) else ""
        if field:
            found.setdefault(field, place)
    for place, cell in enumerate(row.cells):
        field = field_of(cell) if isinstance(cell, str) and len(cell) < 60 else ""
        if field and field not in options.columns and place not in found.values():
            found.setdefault(field, place)
    return found


def _filled(row: Row) -> list[object]:
    return [cell for cell in row.cells if text(cell).strip()]


def text(cell: object) -> str:
    """Return a cell as text: whole numbers without ".0", dates as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def calls(
    found: Table, options: Options, source: str, *, default: str, fill: bool = False
) -> Iterator[Call | SetAside]:
    """Yield the calls of a table in the order of their first rows.

    `default` is the call id of a table without an id column; `fill` carries role and
    call id down into empty cells, as merged cells of a workbook leave them.
    """
    if _blocks(found, options):
        yield from _block_calls(found, options, default)
        return
    groups: dict[str, list[Row]] = {}
    last = ""
    for row in found.rows:
        key = text(_cell(row, found, "call_id")).strip() or (last if fill else "")
        if key or "call_id" not in found.fields:
            groups.setdefault(key, []).append(row)
            last = key
        else:
            yield SetAside(source, "a row without call id", "fill the cell", row.number)
    for key, rows in groups.items():
        yield _call(replace(found, rows=rows), options, key or default, fill)


def _call(found: Table, options: Options, key: str, fill: bool) -> Call:
    rows, notes = _in_order(found)
    segments, told = _segments(rows, found, options, fill)
    fields, left = _shared(rows, found)
    if left:
        notes.append(f"columns not read: {names(left)}")
    if _is_clock(rows, found):
        segments, moved = from_zero(segments)
        told = [*told, *moved]
    call = Call(key, turns(segments), notes=(*notes, *told))
    return call_fields(call, {**fields, "call_id": key})


def _segments(
    rows: Sequence[Row], found: Table, options: Options, fill: bool
) -> tuple[list[Segment], list[str]]:
    segments: list[Segment] = []
    filled = 0
    who = ("", "")
    for row in rows:
        word, label = (text(_cell(row, found, one)).strip() for one in _people(found))
        if fill and not word and not label and any(who):
            word, label = who
            filled += 1
        who = (word, label)
        role = stated(word, options.roles) if word else UNKNOWN
        if role == UNKNOWN and label:
            role = stated(label, options.roles)
        start, end = (_time(row, found, one) for one in ("start", "end"))
        said = text(_cell(row, found, "text"))
        segments.append(Segment(role, said, label or word, start, end, row.number))
    return segments, [f"{filled} empty role cells filled from above"] if filled else []


def _people(found: Table) -> tuple[str, str]:
    """The columns for role and speaker; an audio channel serves if neither is there."""
    if "role" in found.fields or "speaker" in found.fields:
        return "role", "speaker"
    return "role", "channel"


def _cell(row: Row, found: Table, field: str) -> object:
    place = found.fields.get(field, -1)
    return row.cells[place] if 0 <= place < len(row.cells) else None


def _time(row: Row, found: Table, field: str) -> float | None:
    if f"{field}_ms" in found.fields:
        milliseconds = time_value(_cell(row, found, f"{field}_ms"))
        return None if milliseconds is None else milliseconds / 1000
    return time_value(_cell(row, found, field))


def _is_clock(rows: Sequence[Row], found: Table) -> bool:
    """Times of day may have to be counted from the first; plain numbers never are."""
    return any(":" in text(_cell(row, found, "start")) for row in rows[:HEAD_ROWS])


def _in_order(found: Table) -> tuple[list[Row], list[str]]:
    """Sort by turn (and sentence) number if every row has one; say if numbers are missing."""
    keys: list[tuple[float, float]] = []
    for row in found.rows:
        numbers = [time_value(_cell(row, found, field)) for field in ("turn", "sentence")]
        if numbers[0] is None or any(one != one for one in numbers):
            return list(found.rows), []
        keys.append((numbers[0], numbers[1] or 0.0))
    order = sorted(range(len(keys)), key=lambda place: keys[place])
    known = {turn for turn, _ in keys}
    gaps = int(max(known) - min(known)) + 1 - len(known) if known else 0
    notes = [f"{gaps} turn numbers are missing between the first and the last"] if gaps > 0 else []
    return [found.rows[place] for place in order], notes


def _shared(rows: Sequence[Row], found: Table) -> tuple[dict[str, str], list[str]]:
    """Columns with one value in the whole call are fields or metadata; others are named."""
    places = {field: place for field, place in found.fields.items() if field in SAME_FOR_ALL}
    if _people(found)[1] == "channel":
        places.pop("channel", None)
    fields: dict[str, str] = {}
    left: list[str] = []
    for header, place in {**found.others, **places}.items():
        values = {text(row.cells[place]).strip() for row in rows if place < len(row.cells)}
        values.discard("")
        if len(values) == 1:
            fields[header] = values.pop()
        elif header == "started_at" and values:
            fields[header] = min(values)
        elif values:
            left.append(header)
    return fields, left


def _blocks(found: Table, options: Options) -> bool:
    if "role" in found.fields or "speaker" in found.fields:
        return False
    texts = [text(_cell(row, found, "text")) for row in found.rows[:100]]
    many = sum(len(conversation(one, options.roles).segments) > 1 for one in texts)
    return many > 0 and many >= BLOCKS * len(texts)


def _block_calls(found: Table, options: Options, default: str) -> Iterator[Call | SetAside]:
    for row in found.rows:
        spoken = conversation(text(_cell(row, found, "text")), options.roles)
        segments, notes = from_zero(spoken.segments)
        segments = [replace(segment, line=row.number) for segment in segments]
        fields, _ = _shared([row], found)
        call = Call(f"{default}-{row.number}", turns(segments), notes=tuple(notes))
        yield call_fields(call, fields)
