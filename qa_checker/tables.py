"""Rows of words as a table: lined up for a terminal, or as a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from unicodedata import east_asian_width

Cells = Sequence[str]
LEFT = 'style="text-align: left"'
"""Notebooks put cells to the right."""


def plain(rows: Sequence[Cells], right: int) -> str:
    """Return rows as lines, the columns below each other; that with the number `right` to the
    right, the others to the left.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(line(row, widths, right) for row in rows)


def line(cells: Cells, widths: Sequence[int], right: int) -> str:
    """Return one row, with two blanks between its cells."""
    filled = []
    for place, (cell, wanted) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * (wanted - width(cell))
        filled.append(blank + cell if place == right else cell + blank)
    return "  ".join(filled).rstrip()


def width(text: str) -> int:
    """Return how many places a text takes on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def html(caption: str, rows: Sequence[Cells]) -> str:
    """Return rows as an HTML table, the first of them its header."""
    head, *body = rows
    lines = "".join(row("td", cells) for cells in body)
    return (
        f"<table><caption {LEFT}>{escape(caption)}</caption>"
        f"<thead>{row('th', head)}</thead><tbody>{lines}</tbody></table>"
    )


def row(tag: str, cells: Cells) -> str:
    """Return a row of an HTML table."""
    return f"<tr>{''.join(f'<{tag} {LEFT}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
