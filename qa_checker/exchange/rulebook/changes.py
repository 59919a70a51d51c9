"""What changes in the lines of one entry, item, call or head when its cells change."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import yaml

from qa_checker.exchange.rulebook.fields import ORDERS, Field, by_key
from qa_checker.exchange.rulebook.fresh import as_comment, lines_of, make_of
from qa_checker.exchange.rulebook.patch import Edit, Make, patched, put, relisted, removed
from qa_checker.exchange.rulebook.places import (
    Page,
    Span,
    is_flow,
    pair,
    pieces,
    span,
    value,
)
from qa_checker.exchange.rulebook.rows import Row, first_language, further
from qa_checker.exchange.rulebook.values import Unwritable, block, scalar, typed
from qa_checker.exchange.rulebook.wanted import BadCell


def record_edits(
    page: Page,
    node: yaml.Node | None,
    fields: Sequence[Field],
    was: Row,
    row: Row,
    comments: Sequence[Span],
    order: Sequence[str],
) -> list[Edit]:
    """Return the changes of the keys of a mapping and of the comments in it. Raises BadCell."""
    edits: list[Edit] = []
    for key, columns in by_key(fields):
        if any(was[column.name] != row[column.name] for column in columns):
            assert node is not None
            try:
                edits += changed(page, node, key, columns, was, row, order)
            except Unwritable as error:
                raise BadCell(row, columns[0].name, f"not YAML: {error}") from None
    if was["comments"] != row["comments"]:
        edits += comment_edits(page, was, row, comments)
    return edits


def changed(
    page: Page,
    node: yaml.Node,
    key: str,
    columns: Sequence[Field],
    was: Row,
    row: Row,
    order: Sequence[str],
) -> list[Edit]:
    """Return the changes of one key."""
    given = {column.language: row[column.name] for column in columns if row[column.name]}
    old, form = value(node, key), columns[0].form
    if not given:
        return removed(page, node, key) if pair(node, key) else []
    if form == "words":
        return words(page, node, key, columns, was, row, order)
    if form == "lines" and isinstance(old, yaml.SequenceNode):
        return lines(page, old, lines_of(was[columns[0].name]), lines_of(given[""]))
    make = make_of(form, given) if old is None else like(page, old, form, given[""])
    return put(page, node, key, make, order)


def like(page: Page, old: yaml.Node, form: str, text: str) -> Make:
    """Return what writes a value as the old one was written: its quotes, its indent."""
    further_lines = further(page, old)
    quote = old.style if isinstance(old, yaml.ScalarNode) and old.style in ("'", '"') else ""

    def make(indent: int, flow: bool) -> str:
        deep = further_lines or indent + 2
        if form == "yaml":
            return typed(text, deep, flow)
        if form == "text" and "\n" not in text:
            return " " + scalar(text, flow, quote)
        if form in ("text", "call") and not flow:
            return " " + block(text + "\n" * (form == "call"), deep)
        return make_of(form, {"": text})(indent, flow)

    return make


def words(
    page: Page,
    node: yaml.Node,
    key: str,
    columns: Sequence[Field],
    was: Row,
    row: Row,
    order: Sequence[str],
) -> list[Edit]:
    """Return the changes of a text in two languages."""
    given = {column.language: row[column.name] for column in columns if row[column.name]}
    old = value(node, key)
    if old is None:
        return put(page, node, key, make_of("words", given), order)
    if not isinstance(old, yaml.MappingNode):
        if list(given) == [first_language(page)]:
            return put(page, node, key, like(page, old, "text", *given.values()), order)
        return put(page, node, key, make_of("words", given), order)
    edits: list[Edit] = []
    for column in columns:
        if row[column.name] == was[column.name]:
            continue
        inner, text = value(old, column.language), row[column.name]
        if not text:
            edits += removed(page, old, column.language)
        else:
            make = make_of("text", {"": text}) if inner is None else like(page, inner, "text", text)
            edits += put(page, old, column.language, make, ORDERS["words"])
    return edits


def lines(page: Page, node: yaml.Node, old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Return the changes of a list that one cell shows; what stays is not touched."""
    spots, flow = pieces(page, node), is_flow(node)
    made: list[tuple[int | None, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made += [(n, page.text[slice(*spots[n])]) for n in range(a, b)]
            continue
        for n, text in enumerate(new[c:d], a):
            if n < b:
                start, end = span(page, node.value[n])
                made.append((n, patched(page, spots[n], [(start, end, scalar(text, flow))])))
            else:
                made.append((None, scalar(text, flow)))
    return relisted(page, node, made)


def comment_edits(page: Page, was: Row, row: Row, places: Sequence[Span]) -> list[Edit]:
    """Return the changes of comments: other words, fewer, or more, as lines of their own."""
    new = [as_comment(line) for line in lines_of(row["comments"])]
    old = [page.text[start:end] for start, end in places]
    edits: list[Edit] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for n in range(a, b):
            edits.append(replaced(page, places[n], new[c + n - a] if c + n - a < d else ""))
        more = new[c + max(0, b - a) : d]
        if more:
            at = line_for(page, was, row, places[b:])
            lead = " " * (len(page.text[at:]) - len(page.text[at:].lstrip(" ")))
            edits.append((at, at, "".join(f"{lead}{line}\n" for line in more)))
    return edits


def replaced(page: Page, place: Span, new: str) -> Edit:
    """Return the change of one comment; an empty one goes, with its line if it has its own."""
    start, end = place
    if new:
        return start, end, new
    before = page.text[page.line_start(start) : start]
    if not before.strip():
        return page.line_start(start), page.next_line(end), ""
    return start - (len(before) - len(before.rstrip())), end, ""


def line_for(page: Page, was: Row, row: Row, later: Sequence[Span]) -> int:
    """Return the line above which new comments go: that of the next comment, else the first."""
    for start, _ in later:
        at = page.line_start(start)
        if not page.text[at:start].strip():
            return at
    at = was.spans[""][0]
    if page.line_start(at) != at:
        raise BadCell(row, "comments", "this stands in brackets and holds no comments of its own",
                      "put the comment into the row that it belongs to")  # fmt: skip
    while not page.text[at : page.next_line(at)].strip() or page.text[at:].lstrip(" ")[:1] == "#":
        at = page.next_line(at)
    return at
