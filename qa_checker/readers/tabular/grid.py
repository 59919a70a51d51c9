"""The cells of a call's rows, column by column: one question for all of a column costs least."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import nan

from qa_checker import lazy_re
from qa_checker.readers.tabular.tables import Row, Table, text
from qa_checker.readers.times import LARGEST, value

ABOUT = ("call_id", "agent", "queue", "started_at", "language")
# of digits and a point only, or empty: nothing that `seconds` would read in another way
PLAIN_TIMES = lazy_re.compile(r"(?:(?:[0-9]{1,17}(?:\.[0-9]{1,9})?)?\n)+")


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by column, then row; `fields` says which column holds which field of ours."""

    columns: Sequence[Sequence[object]]
    fields: Mapping[str, int]
    size: int

    def cells(self, field: str) -> Sequence[object]:
        """Return the cells of a field, None where a row is shorter or has no such column."""
        place = self.fields.get(field, -1)
        return self.columns[place] if 0 <= place < len(self.columns) else [None] * self.size

    def texts(self, field: str) -> list[str]:
        """Return the cells of a field as text."""
        if field not in self.fields:
            return [""] * self.size
        return [cell if isinstance(cell, str) else text(cell) for cell in self.cells(field)]

    def words(self, field: str) -> list[str]:
        """Return the cells of a field as text, trimmed."""
        return list(map(str.strip, self.texts(field)))

    def times(self, field: str) -> list[float | None]:
        """Return the cells of a field in seconds, as `times.value` reads each."""
        return times(self.cells(field))

    def different(self, place: int) -> set[str]:
        """Return the trimmed texts of a column that are not empty."""
        cells = self.columns[place] if place < len(self.columns) else ()
        alike = {type(cell) for cell in cells} == {str}
        return {text(cell).strip() for cell in (set(cells) if alike else cells)} - {""}


def grid(rows: Sequence[Row], found: Table) -> Grid:
    """Return the cells of rows by column; a row that is shorter has None there."""
    return Grid(list(zip_longest(*[row.cells for row in rows])), found.fields, len(rows))


def times(column: Sequence[object]) -> list[float | None]:
    """Return the seconds of cells: None if empty, NaN if unreadable."""
    texts = [cell for cell in column if isinstance(cell, str)]
    lines = "\n".join([*texts, ""])
    if len(texts) == len(column) == lines.count("\n") and PLAIN_TIMES.fullmatch(lines):
        return [float(cell) if cell else None for cell in texts]
    numbers = [cell for cell in column if type(cell) is float]
    if len(numbers) == len(column):
        return [one if -LARGEST < one < LARGEST else nan for one in numbers]
    return [value(cell) for cell in column]


def shared(cells: Grid, found: Table, same: Container[str]) -> tuple[dict[str, str], list[str]]:
    """Return what is the same in all rows of a call, and the columns that are not read.

    Columns nobody knows become metadata if they have one value; so do the fields of `same`,
    which belong to the call and not to a turn.
    """
    places = {field: at for field, at in found.fields.items() if field in ABOUT or field in same}
    fields: dict[str, str] = {}
    left: list[str] = []
    for header, place in {**found.others, **places}.items():
        values = cells.different(place)
        if len(values) == 1:
            fields[header] = values.pop()
        elif header == "started_at" and values:
            fields[header] = min(values)
        elif values:
            left.append(header)
    return fields, left
