"""The rows of a table to calls: grouped by call id, in order of turn numbers.

A table whose rows are whole conversations ("客服：… 客户：…") is read by `blocks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.blocks import block_calls, holds_blocks
from qa_checker.readers.groups import grouped
from qa_checker.readers.headers import call_fields
from qa_checker.readers.roles import stated
from qa_checker.readers.soundness import from_zero
from qa_checker.readers.source import Options, SetAside
from qa_checker.readers.strict_json import names
from qa_checker.readers.surplus import said, surplus
from qa_checker.readers.tables import HEAD_ROWS, Row, Table, cell_of, shared, text
from qa_checker.readers.times import value as time_value

GLANCE = 100
DAY = 86_400.0
FASTEST = 100.0  # characters a second; beyond it fractions of a day were taken for seconds
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+$")


def calls(
    found: Table, options: Options, source: str, *, default: str, fill: bool = False
) -> Iterator[Call | SetAside]:
    """Yield the calls of a table in the order of their first rows.

    `default` is the call id of a table without an id column; `fill` carries role and
    call id down into empty cells, as merged cells of a workbook leave them.
    """
    if holds_blocks(found, list(islice(found.rows, GLANCE)), options):
        yield from block_calls(found, options, source, default)
        return
    for key, rows in grouped(partial(_keyed, found, fill), found.large):
        if key or "call_id" not in found.fields:
            yield _call(rows, found, options, key or default, fill)
        else:
            for row in rows:
                yield SetAside(source, "a row without call id", "fill the cell", row.number)


def _keyed(found: Table, fill: bool) -> Iterator[tuple[str, Row]]:
    last = ""
    for row in found.rows:
        key = text(cell_of(row, found, "call_id")).strip() or (last if fill else "")
        last = key or last
        yield key, row


def _call(
    given: Sequence[Row], found: Table, options: Options, key: str, fill: bool = False
) -> Call:
    rows, notes = _in_order(given, found)
    segments, told = _segments(rows, found, options, fill)
    speaking = found.own or _people(found)[1] == "channel"
    fields, left = shared(rows, found, () if speaking else ("channel",))
    notes += surplus(rows, found)
    if left:
        notes.append(f"columns not read: {names(left)}")
    if ROUNDED.match(key):
        notes.append("the call id is a number that a spreadsheet has rounded: keep ids as text")
    if options.mapping is None:
        segments, told = _from_days(segments, found, told)
    if options.mapping is not None or _is_clock(rows, found):
        segments, moved = from_zero(segments)
        told = [*told, *moved]
    call = Call(key, turns(segments), notes=(*notes, *told))
    return call_fields(call, {**fields, "call_id": key})


def _segments(
    rows: Sequence[Row], found: Table, options: Options, fill: bool
) -> tuple[list[Segment], list[str]]:
    segments: list[Segment] = []
    filled, own = 0, found.own
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
        start, end = (_time(row, found, one, options) for one in ("start", "end"))
        channel = text(cell_of(row, found, "channel")).strip() if own else ""
        label = label if own else label or word
        segments.append(Segment(role, said(row, found), label, start, end, row.number, channel))
    return segments, [f"{filled} empty role cells filled from above"] if filled else []


def _people(found: Table) -> tuple[str, str]:
    """The columns for role and speaker; an audio channel serves if neither is there."""
    if "role" in found.fields or "speaker" in found.fields:
        return "role", "speaker"
    return "role", "channel"


def _time(row: Row, found: Table, field: str, options: Options) -> float | None:
    if options.mapping is not None and options.mapping.unit and field in options.columns:
        return options.mapping.seconds(cell_of(row, found, field))
    if f"{field}_ms" in found.fields:
        milliseconds = time_value(cell_of(row, found, f"{field}_ms"))
        return None if milliseconds is None else milliseconds / 1000
    return time_value(cell_of(row, found, field))


def _is_clock(rows: Sequence[Row], found: Table) -> bool:
    """Times of day may have to be counted from the first; plain numbers never are."""
    return any(":" in text(cell_of(row, found, "start")) for row in rows[:HEAD_ROWS])


def _from_days(
    segments: list[Segment], found: Table, notes: list[str]
) -> tuple[list[Segment], list[str]]:
    """Times of a spreadsheet may be fractions of a day: 0.0022 is 3 minutes 10."""
    times = [time for one in segments for time in (one.start, one.end) if time is not None]
    size = sum(len(one.text) for one in segments)
    if len(times) < 2 or "start" not in found.fields or not 0 < max(times) < 0.5:
        return segments, notes
    if size < FASTEST * (max(times) - min(times)):
        return segments, notes
    moved = [replace(one, start=_days(one.start), end=_days(one.end)) for one in segments]
    return moved, [*notes, "times were fractions of a day, as spreadsheets keep them"]


def _days(time: float | None) -> float | None:
    return None if time is None else round(time * DAY, 3)


def _in_order(given: Sequence[Row], found: Table) -> tuple[list[Row], list[str]]:
    """Sort by turn (and sentence) number if every row has one; say if numbers are missing."""
    keys: list[tuple[float, float]] = []
    for row in given:
        numbers = [time_value(cell_of(row, found, field)) for field in ("turn", "sentence")]
        if numbers[0] is None or any(one != one for one in numbers):
            return list(given), []
        keys.append((numbers[0], numbers[1] or 0.0))
    order = sorted(range(len(keys)), key=lambda place: keys[place])
    known = {turn for turn, _ in keys}
    gaps = int(max(known) - min(known)) + 1 - len(known) if known else 0
    notes = [f"{gaps} turn numbers are missing between the first and the last"] if gaps > 0 else []
    return [given[place] for place in order], notes
