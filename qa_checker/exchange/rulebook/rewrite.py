"""A rule file changed as its rows were: only the lines of what changed are touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import yaml

from qa_checker.exchange.rulebook.changes import record_edits
from qa_checker.exchange.rulebook.fields import CALL, ENTRY, ITEM, ORDERS, SECTION, Field, head_of
from qa_checker.exchange.rulebook.fresh import element_text, list_lines, new_record
from qa_checker.exchange.rulebook.patch import Edit, patched, put, relisted, removed, removed_list
from qa_checker.exchange.rulebook.places import Page, Span, dash, is_flow, pair, span, value
from qa_checker.exchange.rulebook.rows import Row, comments_of, kind_of, parts
from qa_checker.exchange.rulebook.values import in_brackets, node_of, scalar
from qa_checker.exchange.rulebook.wanted import BadCell, Part


@dataclass(frozen=True)
class Change:
    """A page with the rows it had, by which its parts are told."""

    page: Page
    before: Sequence[Row]

    @cached_property
    def was(self) -> dict[tuple[str, str], Row]:
        """The rows by sheet and key."""
        return {(row.sheet, row.key): row for row in self.before}

    @cached_property
    def comments(self) -> dict[tuple[str, str], list[Span]]:
        """The places of the comments of each row."""
        owned = comments_of(self.page, self.before)
        return {
            (row.sheet, row.key): places for row, places in zip(self.before, owned, strict=True)
        }


def rewritten(page: Page, before: Sequence[Row], head: Row, wanted: Sequence[Part]) -> str:
    """Return the text of a file after the changes. Raises BadCell, Unwritable."""
    change, kind = Change(page, before), kind_of(page)
    edits = row_edits(change, page.root, head, head_of(kind), ORDERS[kind])
    if kind == "lexicon":
        edits += many(change, page.root, "entries", wanted, kind)
    else:
        groups = [
            [part for part in wanted if part.row.sheet == name] for name in ("Items", "Calls")
        ]
        edits += many(change, page.root, "sections", groups[0], kind)
        edits += many(change, page.root, "examples", groups[1], kind)
    return patched(page, (0, len(page.text)), edits)


FIELDS = {"entries": ENTRY, "sections": SECTION, "items": ITEM, "examples": CALL}
LISTS = {"entries": ("phrases", "unless"), "examples": ("expect",)}


def many(
    change: Change, mapping: yaml.Node, key: str, wanted: Sequence[Part], under: str
) -> list[Edit]:
    """Change a list of entries, sections, items or calls."""
    page, node = change.page, value(mapping, key)
    spots = parts(page, node)
    flow = is_flow(node) if node is not None else is_flow(mapping)
    elements: list[tuple[int | None, str]] = []
    for part in wanted:
        place = own_place(part, spots, under, mapping, change)
        if place is not None:
            elements.append((place, part_text(change, key, part, *spots[place])))
        else:
            elements.append((None, fitting(part_lines(change, key, part), flow)))
    if not elements:
        return removed(page, mapping, key) if pair(mapping, key) else []
    if isinstance(node, yaml.SequenceNode):
        return relisted(page, node, elements)
    lines = list_lines([text for _, text in elements])
    return put(page, mapping, key, lines, ORDERS[under])


def own_place(
    part: Part, spots: Sequence[object], under: str, mapping: yaml.Node, change: Change
) -> int | None:
    """Return which place of the list a part had, None if it is new there."""
    row = change.was.get((part.row.sheet, part.row.key))
    if row is None:
        return None
    inside = span(change.page, mapping)
    start = row.spans[""][0]
    return int(row.steps[-1]) if inside[0] <= start < inside[1] or under != "sections" else None


def fitting(lines: str, flow: bool) -> str:
    """Return a new element as its list needs it."""
    return in_brackets(node_of(lines)) if flow else lines


def part_text(change: Change, key: str, part: Part, node: yaml.Node, place: Span) -> str:
    """Return the text of a part that stays where it is, with its changes."""
    return patched(change.page, place, part_edits(change, key, part, node))


def part_edits(change: Change, key: str, part: Part, node: yaml.Node) -> list[Edit]:
    """Return the changes of a part and of what is below it."""
    edits = row_edits(change, node, part.row, FIELDS[key], ORDERS[key])
    if key == "sections":
        edits += many(change, node, "items", part.below["items"], "sections")
    for name in LISTS.get(key, ()):
        edits += elements(change, node, name, part.below[name], ORDERS[key])
    if key == "entries":
        edits += sentences(change, node, part)
    return edits


def sentences(change: Change, entry: yaml.Node, part: Part) -> list[Edit]:
    """Change the hit and miss sentences of an entry."""
    examples = value(entry, "examples")
    assert examples is not None  # a lexicon without them does not load
    return [
        edit
        for name in ("hit", "miss")
        for edit in elements(change, examples, name, part.below[name], ("hit", "miss"))
    ]


def row_edits(
    change: Change, node: yaml.Node, row: Row, fields: Sequence[Field], order: Sequence[str]
) -> list[Edit]:
    """Return the changes of the keys and comments of one row."""
    name = (row.sheet, row.key)
    return record_edits(
        change.page, node, fields, change.was[name], row, change.comments[name], order
    )


def part_lines(change: Change, key: str, part: Part) -> str:
    """Return the lines of a part that is new in its list, without dash and indent."""
    old = change.was.get((part.row.sheet, part.row.key))
    if old is None:
        return new_record(key, part)
    node = value(change.page.root, "sections")
    for step in old.steps[1:]:
        listed = value(node, "items") if isinstance(node, yaml.MappingNode) else node
        node = listed.value[int(step)]  # type: ignore[union-attr]
    assert node is not None
    text = part_text(change, key, part, node, old.spans[""])
    return undashed(change.page, node, text, old.spans[""])


def undashed(page: Page, node: yaml.Node, text: str, place: Span) -> str:
    """Return the lines of a moved element without its dash and indent."""
    start = span(page, node)[0]
    if page.line_start(place[0]) != place[0]:
        return text
    mark = dash(page, start)
    outer, inner = mark - page.line_start(mark), start - page.line_start(start)
    made, dashed = [], False
    for line in text.strip("\n").split("\n"):
        first = not dashed and not line.lstrip().startswith("#")
        dashed = dashed or first
        made.append(line[inner if dashed else outer :])
    return "\n".join(made)


def elements(
    change: Change, mapping: yaml.Node, key: str, wanted: Sequence[Part], order: Sequence[str]
) -> list[Edit]:
    """Change a list of phrases or sentences, or the pairs of verdicts."""
    page, node = change.page, value(mapping, key)
    rows = [part.row for part in wanted]
    if not rows:
        return removed_list(page, mapping, key) if pair(mapping, key) else []
    begins = owner_of(change, mapping, key)
    old = [row for row in change.before if row.key.startswith(begins)]
    if isinstance(node, yaml.SequenceNode | yaml.MappingNode):
        flow = is_flow(node)
        return relisted(page, node, [one(change, row, old, flow) for row in rows])
    if [row.cells for row in rows] == [row.cells for row in old]:
        return []
    texts = [element_text(row, is_flow(mapping)) for row in rows]
    return put(page, mapping, key, list_lines(texts), order)


def owner_of(change: Change, mapping: yaml.Node, key: str) -> str:
    """Return how the keys of the rows of a list begin."""
    start = span(change.page, mapping)[0]
    near = [
        row
        for row in change.before
        if row.sheet in ("Entries", "Calls") and row.spans[""][0] <= start < row.spans[""][1]
    ]
    return f"{near[0].key}.{key}." if near else "-"


def one(change: Change, row: Row, old: Sequence[Row], flow: bool) -> tuple[int | None, str]:
    """Return an element of a list: the place it had and its text, changed if it was."""
    was = next((each for each in old if each.key == row.key and each.sheet == row.sheet), None)
    if was is None or form(was) != form(row):
        if flow and row["comments"]:
            raise BadCell(row, "comments", "this list stands on one line and holds no comments",
                          "put the comment into the row of the entry")  # fmt: skip
        return None, element_text(row, flow)
    edits = changed_element(change.page, was, row, flow)
    owned = change.comments[(row.sheet, row.key)]
    edits += record_edits(change.page, None, (), was, row, owned, ())
    return int(row.steps[-1]), patched(change.page, was.spans[""], edits)


def form(row: Row) -> str:
    """Return whether a row is a phrase, a regex or words of the segmenter."""
    return row["kind"].partition(" ")[2]


def changed_element(page: Page, was: Row, row: Row, flow: bool) -> list[Edit]:
    """Return the changes of the text, or of the item and its verdict."""
    edits = []
    for name in ("text", "item", "verdict"):
        if row[name] == was[name]:
            continue
        if not row[name]:
            raise BadCell(row, name, "this cell is empty", "fill it, or delete the whole row")
        start, end = was.spans[name]
        old = page.text[start:end]
        if form(row) == "(tokens)":
            made = in_brackets(node_of(row[name]))
        else:
            in_flow = flow or page.text[was.spans[""][0] : end].lstrip("- \n").startswith("{")
            made = scalar(row[name], in_flow, old[0] if old[:1] in ("'", '"') else "")
        edits.append((start, end, made))
    return edits
