"""Where the header of a table is and which column means what, in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from qa_checker.readers.headers import field_of, plain
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import Refusal, name, names

HEAD_ROWS = 20
DATA = re.compile(r"[。？！，、；?!;]|[0-9]{2}|^[\s0-9.:]*$|\. ")


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


def cell_of(row: Row, found: Table, field: str) -> object:
    """Return the cell of a field in a row, None if the row is shorter."""
    place = found.fields.get(field, -1)
    return row.cells[place] if 0 <= place < len(row.cells) else None
