"""The rows of a table to calls: grouped by call id, in order of turn numbers.

A table whose rows are whole conversations ("客服：… 客户：…") is read by `blocks.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Columns, columns, unmade
from qa_checker.readers.exported.messages import WAYS, by_way
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.headers import call_fields
from qa_checker.readers.layout import Layout
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options, SetAside
from qa_checker.readers.strict_json import names
from qa_checker.readers.tabular.astray import columns_astray, nobody_called
from qa_checker.readers.tabular.blocks import block_calls, holds_blocks
from qa_checker.readers.tabular.grid import Grid, grid, shared
from qa_checker.readers.tabular.groups import grouped
from qa_checker.readers.tabular.labelled_rows import told_apart, without_media
from qa_checker.readers.tabular.row_times import both_times, in_seconds, is_clock
from qa_checker.readers.tabular.surplus import said, surplus
from qa_checker.readers.tabular.tables import Row, Table, text

GLANCE = 100
PEOPLE = frozenset(("role", "speaker", "channel"))
ROUNDED = lazy_re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+$")


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
    place = found.fields.get("call_id", sys.maxsize)
    last, key = "", ""
    cell: object = None  # of which the key is known
    for row in found.rows:
        given = row.cells[place] if place < len(row.cells) else ""
        if not isinstance(given, str):
            cell, key = None, text(given).strip()
        elif given != cell:
            cell, key = given, given.strip()
        last = key or (last if fill else "")
        yield last, row


def _call(
    given: Sequence[Row], found: Table, options: Options, key: str, fill: bool = False
) -> Call:
    rows, cells, notes = _in_order(given, found)
    spoken, told = _spoken(rows, cells, found, options, fill)
    speaking = found.own or _people(found)[1] == "channel"
    fields, left = shared(cells, found, () if speaking else ("channel",))
    if len(cells.columns) > found.width:
        notes += surplus(rows, found)
    way = _way(rows, found)
    left = [one for one in left if one != way]
    if left:
        notes.append(f"columns not read: {names(left)}")
    if ROUNDED.match(key):
        notes.append("the call id is a number that a spreadsheet has rounded: keep ids as text")
    if options.mapping is None:
        spoken, told = in_seconds(spoken, cells, told)
    else:
        told = [*told, *_astray(options.mapping, found, cells, options)]
    if options.mapping is not None or is_clock(cells):
        segments, moved = from_zero(spoken.segments())
        spoken, told = columns(segments), [*told, *moved]
    call = unmade(Call(key, (), notes=(*found.told, *notes, *told)), spoken)
    return call_fields(call, {**fields, "call_id": key})


def _spoken(
    rows: Sequence[Row], cells: Grid, found: Table, options: Options, fill: bool
) -> tuple[Columns, list[str]]:
    words, labels = (cells.words(one) for one in _people(found))
    by_messages = []
    if way := _way(rows, found):
        labels = [_cell(row, found.others[way]) for row in rows]
        by_messages = by_way({one: WAYS[one] for one in labels})
        options = replace(options, roles={**WAYS, **options.roles})
    wide = len(cells.columns) > found.width
    texts = [said(row, found) for row in rows] if wide else cells.texts("text")
    if PEOPLE.isdisjoint(found.fields) and not way and (led := told_apart(texts)):
        labels, texts = led
    texts = without_media(texts, rows, found.others)
    filled = _fill(words, labels) if fill else 0
    roles = {one: _role(*one, options) for one in set(zip(words, labels, strict=True))}
    own = found.own
    spoken = Columns(
        [roles[one] for one in zip(words, labels, strict=True)],
        texts,
        labels if own else [label or word for word, label in zip(words, labels, strict=True)],
        *both_times(cells, found, options),
        [row.number for row in rows],
        cells.words("channel") if own else [""] * len(rows),
    )
    carried = [f"{filled} empty role cells filled from above"] if filled else []
    return spoken, [*by_messages, *carried]


def _astray(layout: Layout, found: Table, cells: Grid, options: Options) -> list[str]:
    """Return notes on what the mapping does not find in the rows of a call."""
    called = {word for field in ("role", "speaker", "channel") for word in cells.words(field)}
    lost = columns_astray(layout, options.columns, found, cells)
    return [*lost, *nobody_called(layout, called, options.roles)]


def _way(rows: Sequence[Row], found: Table) -> str:
    """Return the column that says which way each message went, where nothing else says who."""
    if not PEOPLE.isdisjoint(found.fields):
        return ""
    for header, place in found.others.items():
        ways = {_cell(row, place) for row in rows}
        if ways <= WAYS.keys() and len({WAYS[way] for way in ways}) > 1:
            return header
    return ""


def _cell(row: Row, place: int) -> str:
    return text(row.cells[place]).strip().lower() if place < len(row.cells) else ""


def _fill(words: list[str], labels: list[str]) -> int:
    """Carry role and label down into rows that have neither; return into how many."""
    filled = 0
    for place in range(1, len(words)):
        if not words[place] and not labels[place] and (words[place - 1] or labels[place - 1]):
            words[place], labels[place] = words[place - 1], labels[place - 1]
            filled += 1
    return filled


def _role(word: str, label: str, options: Options) -> str:
    role = stated(word, options.roles) if word else UNKNOWN
    return stated(label, options.roles) if role == UNKNOWN and label else role


def _people(found: Table) -> tuple[str, str]:
    """The columns for role and speaker; an audio channel serves if neither is there."""
    if "role" in found.fields or "speaker" in found.fields:
        return "role", "speaker"
    return "role", "channel"


def _in_order(given: Sequence[Row], found: Table) -> tuple[Sequence[Row], Grid, list[str]]:
    """Sort by turn (and sentence) number if every row has one; say if numbers are missing."""
    cells = grid(given, found)
    numbers = cells.times("turn") if "turn" in found.fields else [None]
    parts = cells.times("sentence")
    if None in numbers or any(one != one for one in (*numbers, *parts)):
        return given, cells, []
    keys = [(turn or 0.0, part or 0.0) for turn, part in zip(numbers, parts, strict=True)]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    known = {turn for turn, _ in keys}
    gaps = int(max(known) - min(known)) + 1 - len(known)
    notes = [f"{gaps} turn numbers are missing between the first and the last"] if gaps > 0 else []
    rows = [given[place] for place in order]
    return rows, grid(rows, found), notes
