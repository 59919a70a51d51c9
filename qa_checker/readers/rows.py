"""The rows of a table to calls: grouped by call id, in order of turn numbers.

A row whose text is a whole conversation ("客服：… 客户：…") is a call of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.dialogue import conversation
from qa_checker.readers.headers import call_fields
from qa_checker.readers.roles import stated
from qa_checker.readers.soundness import from_zero
from qa_checker.readers.source import Options, SetAside
from qa_checker.readers.strict_json import names
from qa_checker.readers.tables import HEAD_ROWS, Row, Table, cell_of, text
from qa_checker.readers.times import value as time_value

BLOCKS = 0.3  # share of rows that must hold a conversation
SAME_FOR_ALL = {"call_id", "agent", "queue", "started_at", "language", "channel"}


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
        key = text(cell_of(row, found, "call_id")).strip() or (last if fill else "")
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
        word, label = (text(cell_of(row, found, one)).strip() for one in _people(found))
        if fill and not word and not label and any(who):
            word, label = who
            filled += 1
        who = (word, label)
        role = stated(word, options.roles) if word else UNKNOWN
        if role == UNKNOWN and label:
            role = stated(label, options.roles)
        start, end = (_time(row, found, one) for one in ("start", "end"))
        said = text(cell_of(row, found, "text"))
        segments.append(Segment(role, said, label or word, start, end, row.number))
    return segments, [f"{filled} empty role cells filled from above"] if filled else []


def _people(found: Table) -> tuple[str, str]:
    """The columns for role and speaker; an audio channel serves if neither is there."""
    if "role" in found.fields or "speaker" in found.fields:
        return "role", "speaker"
    return "role", "channel"


def _time(row: Row, found: Table, field: str) -> float | None:
    if f"{field}_ms" in found.fields:
        milliseconds = time_value(cell_of(row, found, f"{field}_ms"))
        return None if milliseconds is None else milliseconds / 1000
    return time_value(cell_of(row, found, field))


def _is_clock(rows: Sequence[Row], found: Table) -> bool:
    """Times of day may have to be counted from the first; plain numbers never are."""
    return any(":" in text(cell_of(row, found, "start")) for row in rows[:HEAD_ROWS])


def _in_order(found: Table) -> tuple[list[Row], list[str]]:
    """Sort by turn (and sentence) number if every row has one; say if numbers are missing."""
    keys: list[tuple[float, float]] = []
    for row in found.rows:
        numbers = [time_value(cell_of(row, found, field)) for field in ("turn", "sentence")]
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
    texts = [text(cell_of(row, found, "text")) for row in found.rows[:100]]
    many = sum(len(conversation(one, options.roles).segments) > 1 for one in texts)
    return many > 0 and many >= BLOCKS * len(texts)


def _block_calls(found: Table, options: Options, default: str) -> Iterator[Call | SetAside]:
    for row in found.rows:
        spoken = conversation(text(cell_of(row, found, "text")), options.roles)
        segments, notes = from_zero(spoken.segments)
        segments = [replace(segment, line=row.number) for segment in segments]
        fields, _ = _shared([row], found)
        call = Call(f"{default}-{row.number}", turns(segments), notes=tuple(notes))
        yield call_fields(call, fields)
