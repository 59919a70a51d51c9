"""How high a row has to be for its text: not every program works that out by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from qa_checker import lazy_re
from qa_checker.reports.cells import Cell
from qa_checker.reports.theme import SIZE, STYLES

LINE = 1.42  # line height over the size of the font
LOWEST, HIGHEST = 17.2, 409.0  # points; one line, and as much as Excel allows
LATIN = 0.92  # an average Latin letter over a digit, by which columns are measured
USED = 0.95  # of a column's width, the rest is lost where lines break
WIDEST = 2.2  # any character over a digit, in bold too
WIDE = lazy_re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
    "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003ffff]+"
)


def width(line: str) -> int:
    """Return the width of a line in half-width characters: a Chinese one counts two."""
    if line.isascii():
        return ceil(len(line) * LATIN)
    return len(line) + sum(len(run) for run in WIDE.findall(line))


@lru_cache(8192)
def lines(text: str, room: float) -> int:
    """Return how many lines text takes in a column `room` half-width characters wide."""
    each = max(1.0, room * USED)
    if len(text) * 2 <= each and "\n" not in text:
        return 1
    return sum(max(1, ceil(width(line) / each)) for line in text.split("\n"))


class Room(NamedTuple):
    """The room for text in a cell: so `few` characters, whichever they are, fit in a lowest row.

    `width` is in half-width characters of the usual size, `size` that of the font in points.
    """

    few: int
    width: float
    size: int
    wrap: bool


@lru_cache
def room_of(style: str, width: float) -> Room:
    """Return the room of a cell of a style in a column `width` half-width characters wide."""
    look = STYLES[style]
    scale = look.size / SIZE * (1.08 if look.bold else 1)
    few = int(width * USED / WIDEST) if look.size <= SIZE else -1  # a larger font needs more
    return Room(few, width / scale, look.size, look.wrap)


def height(row: Sequence[Cell | None], widths: Sequence[float], tallest: float = HIGHEST) -> float:
    """Return the height of a row in points, at most `tallest`."""
    highest = LOWEST
    for cell, width in zip(row, widths, strict=False):
        if cell is not None and cell.shown:
            highest = max(highest, tall(cell.shown, room_of(cell.style, width)))
    return min(highest, tallest)


def tall(shown: str, room: Room) -> float:
    """Return how high a row has to be for a text, in points."""
    if len(shown) <= room.few and "\n" not in shown:
        return LOWEST
    count = lines(shown, room.width) if room.wrap else 1
    return round(min(max(LOWEST, count * room.size * LINE + 3), HIGHEST), 1)
