"""Where the header of a table is and which column means what, in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import islice

from msgspec import Struct

from qa_checker import lazy_re
from qa_checker.readers.headers import field_of, plain
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import Refusal, name, names

HEAD_ROWS = 20
OWN = (
    "call_id", "agent", "queue", "started_at", "language", "turn",
    "role", "speaker", "channel", "start", "end", "text",
)  # fmt: skip
DATA = lazy_re.compile(r"[。？！，、；?!;]|[0-9]{2}|^[\s0-9.:]*$|\.(?: |$)")


class Row(Struct, frozen=True):
    """A row of cells; `number` is its line or row in the source, from 1."""

    number: int
    cells: Sequence[object]


@dataclass(frozen=True)
class Again:
    """Rows that can be gone through any number of times and are never held."""

    start: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.start()


Rows = Sequence[Row] | Again


@dataclass(frozen=True)
class Table:
    """Rows below a header; `fields` says which column holds which field of ours.

    `many` is False if the file itself is one record and the call may have the file's name.
    `width` is how many cells the header has, `mark` what cuts the cells of a text file.
    `told` are remarks for every call of it.
    """

    rows: Rows
    fields: Mapping[str, int]
    others: Mapping[str, int]
    many: bool = True
    width: int = 0
    mark: str = ""
    told: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Tell whether `convert` wrote it: its columns, in its order, and no other."""
        return not self.others and tuple(sorted(self.fields, key=self.fields.__getitem__)) == OWN

    @property
    def large(self) -> bool:
        """Tell whether the rows are not held."""
        return isinstance(self.rows, Again)


def table(rows: Rows, options: Options) -> Table:
    """Find the header within the first rows. Raises Refusal naming the columns seen."""
    top = list(islice(rows, HEAD_ROWS))
    heads = [(row, _fields(row, options)) for row in top]
    good = [(row, fields) for row, fields in heads if "text" in fields]
    if not good:
        asked = options.columns.get("text")
        lack = f"no column {name(asked)}" if asked else "no text column"
        raise Refusal(
            f"a table, but {lack}: columns seen {_seen(top)}",
            "say which column holds the words, e.g. --columns text=话术",
        )
    head, _ = max(good, key=lambda pair: (len(pair[1]), -pair[0].number))
    return headed(head, rows, options)


def headed(head: Row, rows: Rows, options: Options, *, many: bool = True) -> Table:
    """Return the table below a header."""
    fields = _fields(head, options)
    named = options.mapping.named if options.mapping is not None else {}
    others = {
        named.get(text(cell), text(cell)): place
        for place, cell in enumerate(head.cells)
        if text(cell) and place not in fields.values()
    }
    below = partial(_below, rows, head)
    kept = Again(below) if isinstance(rows, Again) else list(below())
    return Table(kept, fields, others, many, len(head.cells))


def _below(rows: Iterable[Row], head: Row) -> Iterator[Row]:
    """Yield the rows below a header that hold anything; a header that comes again is none."""
    for row in rows:
        if row.number > head.number and row.cells and row.cells != head.cells:
            first = row.cells[0]
            filled = isinstance(first, str) and first and not first.isspace()
            if filled or any(text(cell).strip() for cell in row.cells):
                yield row


def _seen(rows: Sequence[Row]) -> str:
    """Return the columns of the first row, unless it holds data: no message quotes that."""
    first = next((row for row in rows if len(_filled(row)) > 1), None)
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
    if isinstance(cell, str):
        return cell
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
