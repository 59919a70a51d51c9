"""A kind of row, put together once: what is the same in all of its rows, and blanks to fill.

Sheets with a row for every turn or item are made of a few kinds of rows, so most of their XML
is known before the first row is written. A row of a kind is what a row of cells would be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from qa_checker.reports.cells import INLINE, KEPT, Cell, Link, Texts, computed, inner
from qa_checker.reports.heights import Room, height, room_of, tall

LETTERS = [get_column_letter(number) for number in range(1, 128)]
NUMBER = "\0"
"""What stands in a template for the number of the row, and in no text of a cell (cells.clean)."""
PLACE = "\1"
"""What stands in it for the number of a text that the workbook holds once."""
LEADING = ("link", "banner_link")
"""The styles of cells that may lead somewhere."""


class Blank(NamedTuple):
    """A cell that every row fills."""

    style: str


@dataclass(frozen=True)
class Kind:
    """A kind of row: its cells in the order of the columns.

    `template` is the XML of a row, to be filled (%) with its height, and of what fills each
    blank the type and the body; NUMBER stands in it for the number of the row. Its own `texts`
    are held once by the workbook: PLACE stands for the number of each until it is `settled`.
    `least` is how high the row is with nothing in its blanks, `rooms` are theirs, `leading`
    those that may be links, by letter.
    """

    cells: tuple[Cell | Blank, ...]
    template: str
    texts: tuple[str, ...]
    least: float
    rooms: tuple[Room, ...]
    leading: Mapping[str, int]


class Filled(NamedTuple):
    """A row of a kind: what fills its blanks, in their order."""

    kind: Kind
    cells: Sequence[Cell]

    def xml(self, number: int) -> str:
        """Return the row as XML."""
        least, filling = self.kind.least, [part for cell in self.cells for part in cell[:2]]
        for cell, room in zip(self.cells, self.kind.rooms, strict=True):
            if cell[4] and (len(cell[4]) > room[0] or "\n" in cell[4]):
                least = max(least, tall(cell[4], room))
        return (self.kind.template % (least, *filling)).replace(NUMBER, str(number))

    def links(self) -> list[tuple[str, Link | None]]:
        """Return the links, or None, by the letters of their columns."""
        return [(letter, self.cells[which].link) for letter, which in self.kind.leading.items()]


def kind(cells: Sequence[Cell | Blank], widths: Sequence[float], styles: Mapping[str, int]) -> Kind:
    """Put a kind of row together; `styles` are the numbers of all styles by their names."""
    own = [cell if isinstance(cell, Cell) else None for cell in cells]
    texts = [inner(cell) for cell in own if cell is not None and cell.kind == INLINE]
    blanks = [place for place, cell in enumerate(own) if cell is None]
    written = "".join(
        f'<c r="{letter}{NUMBER}" s="{styles[cell.style]}"{inside(cell)}</c>'
        for letter, cell in zip(LETTERS, cells, strict=False)
    )
    return Kind(
        cells=tuple(cells),
        template=f'<row r="{NUMBER}" ht="%s">{written}</row>',
        texts=tuple(texts),
        least=height(own, widths),
        rooms=tuple(room_of(cells[place].style, widths[place]) for place in blanks),
        leading={
            LETTERS[place]: which
            for which, place in enumerate(blanks)
            if cells[place].style in LEADING
        },
    )


def settled(kind: Kind, texts: Texts) -> Kind:
    """Return a kind for one workbook, which has these texts by now; the kind's own are added."""
    start, *rest = kind.template.split(PLACE)
    numbers = [texts.setdefault(text, len(texts)) for text in kind.texts]
    placed = [f"{number}{piece}" for number, piece in zip(numbers, rest, strict=True)]
    return replace(kind, template="".join([start, *placed]))


def inside(cell: Cell | Blank) -> str:
    """Return the rest of a cell, from its type on, as part of a template."""
    if not isinstance(cell, Cell):
        return "%s>%s"
    if cell.kind == INLINE:
        return f"{KEPT}><v>{PLACE}</v>"
    return f"{cell.kind}>{cell.body}".replace("%", "%%")


def live(formula: str, cached: str | float | Fraction | None, style: str = "live") -> Cell:
    """Return a formula for a kind of row, of which only the number of the row differs.

    `formula` is as `cells.filled` has it; `cached` is its value in every row of the kind.
    """
    return computed(formula.replace("{row}", NUMBER), cached, style)
