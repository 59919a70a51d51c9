"""A changed workbook as the new text of its files, read and compared before anybody sees it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa_checker.exchange.rulebook.fields import COMMENTS, SHEETS, Field, head_of
from qa_checker.exchange.rulebook.files import RuleFile
from qa_checker.exchange.rulebook.fresh import as_comment, lines_of
from qa_checker.exchange.rulebook.places import Page
from qa_checker.exchange.rulebook.rewrite import rewritten
from qa_checker.exchange.rulebook.rows import Row, kind_of, rows_of
from qa_checker.exchange.rulebook.values import Unwritable, in_brackets, node_of
from qa_checker.exchange.rulebook.wanted import BadCell, parts_of
from qa_checker.judging.compiled import load_with_places
from qa_checker.problem import BadFile, Problem
from qa_checker.rules.load import load_lexicons
from qa_checker.rules.tree import NotYaml

Made = tuple[str, list[tuple[Row, Row]]]
"""The new text of a file, and each row of it beside its row in the workbook."""


def applied(files: Sequence[RuleFile], rows: Sequence[Row]) -> list[Made]:
    """Return each file as the rows want it. Raises BadCell."""
    return [changed(file, number, own(file, number, files, rows))
            for number, file in enumerate(files)]  # fmt: skip


def own(file: RuleFile, number: int, files: Sequence[RuleFile], rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one file. Raises BadCell for a row of a file that is not there."""
    lexicons = [each.name for each in files if kind_of(each.page) == "lexicon"]
    for row in rows:
        if row.sheet in ("Entries", "Phrases", "Sentences") and row["file"] not in lexicons:
            help = f"one of: {', '.join(lexicons)}"
            raise BadCell(row, "file", f'no file "{row["file"]}"', help)
    if kind_of(file.page) == "rubric":
        sheets = ("Items", "Calls", "Verdicts")
        return [row for row in rows if row.sheet in sheets or is_head(row, number)]
    return [row for row in rows if is_head(row, number)
            or (row.sheet != "Head" and row["file"] == file.name)]  # fmt: skip


def is_head(row: Row, number: int) -> bool:
    """Tell whether a row is the head of the n-th file."""
    return row.sheet == "Head" and row.key == str(number)


def changed(file: RuleFile, number: int, rows: Sequence[Row]) -> Made:
    """Return a file after its changes, and how its rows go with those of the workbook."""
    before, (head, *rest) = file.rows(number), rows
    parts = parts_of(rest, before)
    wanted = [head, *(row for part in parts for row in part.rows())]
    try:
        text = rewritten(file.page, before, head, parts)
        made = rows_of(Page(text), number, file.name)
    except (Unwritable, NotYaml) as error:
        raise BadCell(head, "id", f"{file.name} cannot be written: {error}") from None
    for want, got in zip(wanted, made, strict=False):
        compare(want, got, head_of(kind_of(file.page)) if want is head else SHEETS[want.sheet])
    if len(wanted) != len(made):
        raise BadCell(head, "id", f"{file.name}: {len(wanted)} rows became {len(made)}")
    return text, list(zip(made, wanted, strict=True))


def compare(want: Row, got: Row, fields: Sequence[Field]) -> None:
    """Raise BadCell if a row of the new file does not say what the workbook says."""
    for field in (*fields, COMMENTS):
        name, form = field.name, field.form
        if form == "place" and name not in ("item",):
            continue
        if plain(want[name], form) != plain(got[name], form):
            help = f"write it otherwise, or change the file; it became: {got[name]}"
            raise BadCell(want, name, "this would not be read back as it stands", help)


def plain(cell: str, form: str) -> object:
    """Return a cell so that two that say the same are equal."""
    if form == "comments":
        return sorted(map(as_comment, lines_of(cell)))
    if form == "lines":
        return lines_of(cell)
    if form == "yaml" and cell:
        return in_brackets(node_of(cell))
    return cell.strip()


def problems(files: Sequence[RuleFile], made: Sequence[Made]) -> Iterator[BadCell]:
    """Load the new files in a folder of their own; yield what is wrong, by cell."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, (text, _) in zip(files, made, strict=True):
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        first = folder / files[0].name
        try:
            if kind_of(files[0].page) == "rubric":
                load_with_places(first)
            else:
                load_lexicons([first])
        except BadFile as bad:
            places = {str(folder / file.name): one for file, one in zip(files, made, strict=True)}
            yield from (
                cell_of(problem, places.get(problem.path, made[0])) for problem in bad.problems
            )


def cell_of(problem: Problem, made: Made) -> BadCell:
    """Return the cell in which a mistake of a file was made."""
    text, rows = made
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: problem.line - 1]) + problem.column - 1
    best, found, size = "", rows[0][1], len(text) + 1
    for got, want in rows:
        for name, (start, end) in got.spans.items():
            if start <= at < max(end, start + 1) and end - start < size:
                best, found, size = name, want, end - start
    message = f"{problem.message} [{problem.code}]"
    return BadCell(found, best or first_column(found), message, problem.help)


def first_column(row: Row) -> str:
    """Return the column that names a row."""
    return {"Phrases": "text", "Sentences": "text", "Calls": "name", "Verdicts": "item"}.get(
        row.sheet, "id"
    )
