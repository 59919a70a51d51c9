"""The rows of a changed workbook as the tree of a rule file: what belongs to what, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa_checker.exchange.rulebook.fields import SECTION
from qa_checker.exchange.rulebook.rows import Row
from qa_checker.rules.source import did_you_mean


class BadCell(Exception):
    """A cell that cannot be used: its row and column, what is wrong and what to do."""

    def __init__(self, row: Row, column: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.row, self.column, self.message, self.help = row, column, message, help


@dataclass(frozen=True)
class Part:
    """A row with the rows below it, by the key that holds them."""

    row: Row
    below: Mapping[str, list[Part]] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Yield this row and those below it."""
        yield self.row
        for parts in self.below.values():
            for part in parts:
                yield from part.rows()


LISTS = {"Phrases": ("phrases", "unless"), "Sentences": ("hit", "miss"), "Verdicts": ("expect",)}


def parts_of(rows: Sequence[Row], before: Sequence[Row]) -> list[Part]:
    """Return the entries, or the sections and then the calls, of one file.

    `before` are the rows that the file had. Raises BadCell for a row that belongs nowhere.
    """
    was = {(row.sheet, row.key): row for row in before}
    made = [*sections(rows), *owners(rows, was, "Entries", "entry", "id", ("Phrases", "Sentences"))]
    return [*made, *owners(rows, was, "Calls", "call", "name", ("Verdicts",))]


def sections(rows: Sequence[Row]) -> list[Part]:
    """Return the sections, each with the items below it."""
    made: list[Part] = []
    for row in rows:
        if row.sheet != "Items":
            continue
        if row["kind"] == "section":
            check_section(row)
            made.append(Part(row, {"items": []}))
        elif row["kind"] != "item":
            raise BadCell(row, "kind", f'"{row["kind"]}" is no kind', "write section or item")
        elif not made:
            raise BadCell(row, "kind", "an item above the first section", "put a section above it")
        else:
            made[-1].below["items"].append(Part(row))
    return made


def check_section(row: Row) -> None:
    """Raise BadCell for a cell of a section that only items have."""
    known = {"kind", "comments", *(field.name for field in SECTION)}
    stray = next((name for name in row.cells if name not in known), "")
    if stray:
        help = "empty this cell, or put it into the row of an item"
        raise BadCell(row, stray, f'a section has no "{stray}"', help)


def owners(
    rows: Sequence[Row],
    was: Mapping[tuple[str, str], Row],
    sheet: str,
    column: str,
    name: str,
    sheets: Sequence[str],
) -> list[Part]:
    """Return the parts of a sheet with the rows of other sheets that name them in a column."""
    lists = [each for other in sheets for each in LISTS[other]]
    made = [Part(row, {each: [] for each in lists}) for row in rows if row.sheet == sheet]
    now = {part.row[name]: part for part in made}
    kept = {part.row.key: part for part in made if part.row.key}
    former = {row[name]: kept.get(key) for (where, key), row in was.items() if where == sheet}
    for row in rows:
        if row.sheet not in sheets:
            continue
        old = was.get((row.sheet, row.key))
        if old is not None and old[column] == row[column]:
            part = kept.get(".".join(row.steps[:2]))  # it goes where its owner goes
        else:
            part = now.get(row[column]) or former.get(row[column])
        if part is None:
            raise BadCell(
                row, column, f'no {column} "{row[column]}"', help_for(row, old, sheet, now)
            )
        part.below[list_of(row)].append(Part(row))
    return made


def help_for(row: Row, old: Row | None, sheet: str, now: Mapping[str, Part]) -> str:
    """Return what to do with a row whose owner is not there, or no longer."""
    column = "call" if sheet == "Calls" else "entry"
    if old is not None and old[column] == row[column]:
        return f"its row in {sheet} is gone: put that back, or delete this row too"
    return did_you_mean(row[column], now)


def list_of(row: Row) -> str:
    """Return the key of the list that a row belongs to."""
    if row.sheet == "Verdicts":
        return "expect"
    kind = row["kind"].partition(" ")[0]
    found = {"phrase": "phrases", "unless": "unless", "hit": "hit", "miss": "miss"}.get(kind, "")
    if found not in LISTS[row.sheet]:
        known = "phrase or unless" if row.sheet == "Phrases" else "hit or miss"
        raise BadCell(row, "kind", f'"{row["kind"]}" is no kind', f"write {known}")
    return found
