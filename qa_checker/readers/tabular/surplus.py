"""Rows with more cells than their header: commas in the text that nobody put into quotes.

If the text is the last column, the cells beyond it are put back with the mark that cut them;
elsewhere nobody knows which cell was cut, and the rows are named.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_checker.readers.tabular.tables import Row, Table, cell_of, text

SHOWN = 6


def said(row: Row, found: Table) -> str:
    """Return what a row says, with the cells beyond a text column that is the last."""
    if not _text_is_last(found) or len(row.cells) <= found.width:
        return text(cell_of(row, found, "text"))
    cells = [text(cell) for cell in row.cells[found.fields["text"] :]]
    while len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return found.mark.join(cells)


def surplus(rows: Sequence[Row], found: Table) -> list[str]:
    """Return a note on the rows that have more cells than the header, none if there are none."""
    wide = [row.number for row in rows if any(text(one).strip() for one in beyond(row, found))]
    if not wide:
        return []
    shown = ", ".join(map(str, wide[:SHOWN])) + (", …" if len(wide) > SHOWN else "")
    rest = (
        "joined to the text, the last column"
        if _text_is_last(found)
        else "not read: text with commas needs quotes"
    )
    return [f"{len(wide)} rows with more cells than the header, at line {shown}: {rest}"]


def beyond(row: Row, found: Table) -> Sequence[object]:
    """Return the cells of a row that the header has no name for."""
    return row.cells[found.width :] if found.mark else ()


def _text_is_last(found: Table) -> bool:
    return bool(found.mark) and found.fields.get("text", -1) == found.width - 1
