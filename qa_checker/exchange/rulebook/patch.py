"""Changes of a rule file that touch only the lines they must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import yaml

from qa_checker.exchange.rulebook.places import (
    Page,
    Span,
    dash,
    empty,
    is_flow,
    pair,
    pieces,
    span,
)
from qa_checker.exchange.rulebook.values import Unwritable

Edit = tuple[int, int, str]
Make = Callable[[int, bool], str]
"""Writes what follows "key:", given the column of the key (from 0) and whether in brackets."""


def patched(page: Page, place: Span, edits: Iterable[Edit]) -> str:
    """Return a part of a page with some changes. Raises Unwritable if two touch the same."""
    made: list[str] = []
    at = place[0]
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at and made and not new and not made[-1]:
            at = max(at, end)
            continue
        if start < at:
            raise Unwritable("these changes touch the same characters: make them one by one")
        made += [page.text[at:start], new]
        at = end
    return "".join([*made, page.text[at : place[1]]])


def put(page: Page, mapping: yaml.Node, key: str, make: Make, order: Sequence[str]) -> list[Edit]:
    """Give a key of a mapping another value, or add it where its order says."""
    found = pair(mapping, key)
    flow = is_flow(mapping)
    if found is None:
        return [added(page, mapping, key, make, order)]
    start, end = span(page, found[1])
    colon = page.text.index(":", span(page, found[0])[1])
    new = make(column(page, mapping), flow)
    if flow:
        return [(colon + 1, end, new) if empty(found[1]) else (start, end, new[1:])]
    return on_lines(page, colon, (start, end), new, empty(found[1]), found[1])


def on_lines(
    page: Page, colon: int, old: Span, new: str, was_empty: bool, node: yaml.Node
) -> list[Edit]:
    """Replace what follows a colon; a comment on the line of the colon stays there."""
    line_end = page.next_line(colon) - 1
    first, newline, rest = new.partition("\n")
    rest = newline + rest
    if was_empty or old[0] > line_end:
        tail = (line_end, line_end if was_empty else old[1], rest)
        return [(colon + 1, colon + 1, first), tail]
    stop = min(old[1], line_end)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        stop = old[0] + len(page.text[old[0] : line_end].split()[0])
    inline = (old[0], stop, first[1:]) if first else (colon + 1, stop, "")
    return [inline, (line_end, max(line_end, old[1]), rest)]


def added(page: Page, mapping: yaml.Node, key: str, make: Make, order: Sequence[str]) -> Edit:
    """Add a key that is not there yet."""
    rank = order.index(key) if key in order else len(order)
    before = [
        index
        for index, (name, _) in enumerate(mapping.value)
        if name.value in order and order.index(name.value) < rank
    ]
    indent, flow = column(page, mapping), is_flow(mapping)
    made = key + ":" + make(indent, flow)
    if not before:
        at = span(page, mapping.value[0][0])[0] if mapping.value else span(page, mapping)[1] - 1
        gap = ("" if not mapping.value else ", ") if flow else "\n" + " " * indent
        return at, at, made + gap
    name, last = mapping.value[before[-1]]
    end = max(span(page, name)[1] + 1, span(page, last)[1])
    if flow:
        return end, end, ", " + made
    at = page.next_line(end)
    return at, at, " " * indent + made + "\n"


def removed(page: Page, mapping: yaml.Node, key: str) -> list[Edit]:
    """Take a key out of a mapping; comments stay."""
    place = [name.value for name, _ in mapping.value].index(key)
    name, item = mapping.value[place]
    start, end = span(page, name)[0], span(page, item)[1]
    end = max(end, page.text.index(":", span(page, name)[1]) + 1)
    if is_flow(mapping):
        if place + 1 < len(mapping.value):
            return [(start, span(page, mapping.value[place + 1][0])[0], "")]
        return [(span(page, mapping.value[place - 1][1])[1] if place else start, end, "")]
    first = page.text[page.line_start(start) : start].strip()
    if first and place + 1 < len(mapping.value):
        return [(start, span(page, mapping.value[place + 1][0])[0], "")]
    trailing = page.text[end : page.next_line(end)].strip()
    if trailing or first:
        gap = len(page.text[end:]) - len(page.text[end:].lstrip(" "))
        return [(start, end + gap, "")]
    return [(page.line_start(start), page.next_line(end), "")]


def removed_list(page: Page, mapping: yaml.Node, key: str) -> list[Edit]:
    """Take a list out of a mapping, with the comments of its elements."""
    name, item = next(pair for pair in mapping.value if pair[0].value == key)
    start = span(page, name)[0]
    alone = not page.text[page.line_start(start) : start].strip()
    if is_flow(mapping) or is_flow(item) or not isinstance(item, yaml.CollectionNode) or not alone:
        return removed(page, mapping, key)
    return [(page.line_start(start), pieces(page, item)[-1][1], "")]


def column(page: Page, mapping: yaml.Node) -> int:
    """Return the column in which the keys of a mapping stand."""
    at = span(page, mapping)[0]
    return at - page.line_start(at)


def relisted(page: Page, node: yaml.Node, elements: Sequence[tuple[int | None, str]]) -> list[Edit]:
    """Change a list, or the pairs of a mapping.

    An element is the place it had and its text (the lines of its piece), or None and its
    new text: in brackets as it stands there, else its lines without dash and indent.
    """
    old = pieces(page, node)
    same = [(n, page.text[start:end]) for n, (start, end) in enumerate(old)]
    if list(elements) == same:
        return []
    if is_flow(node):
        return [(old[0][0], old[-1][1], in_brackets(page, old, elements))]
    leads = [blank_lines(page.text[start:end]) for start, end in old]
    usual = leads[1] if len(leads) > 1 else ""
    dashed = isinstance(node, yaml.SequenceNode)
    start = dash(page, span(page, node.value[0])[0]) if dashed else span(page, node)[0]
    indent = start - page.line_start(start)
    made = []
    for n, (place, text) in enumerate(elements):
        body = text.lstrip("\n") if place is not None else new_lines(text, indent, dashed)
        keep = leads[place] if place is not None and place > 0 else usual
        made.append((leads[0] if n == 0 else keep) + body)
    return [(old[0][0], old[-1][1], "".join(made))]


def in_brackets(page: Page, old: Sequence[Span], elements: Sequence[tuple[int | None, str]]) -> str:
    """Return the elements of a list in brackets; old ones keep what stands before them."""
    made = []
    for n, (place, text) in enumerate(elements):
        gap = page.text[old[place - 1][1] : old[place][0]] if place else ", "
        made.append((gap if n else "") + text)
    return "".join(made)


def blank_lines(text: str) -> str:
    """Return the blank lines that a piece begins with."""
    return text[: len(text) - len(text.lstrip("\n"))]


def new_lines(text: str, indent: int, dashed: bool) -> str:
    """Return the lines of a new element: comments, then the element with its dash."""
    made, lead = [], "- " if dashed else ""
    for line in text.split("\n"):
        comment = bool(lead) and line.startswith("#")
        made.append(" " * indent + ("" if comment else lead) + line if line else "")
        lead = lead if comment else " " * len(lead)
    return "\n".join(made) + "\n"
