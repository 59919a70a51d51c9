"""Where things stand in a rule file: values, the lines that belong to them, comments.

Offsets count characters from 0. A file is read with simple line ends only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import yaml

from qa_checker import lazy_re
from qa_checker.rules.tree import LOADER, parse

COMMENT = lazy_re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)
ALONE = lazy_re.compile(r"[ \t]*(#.*)?")
Span = tuple[int, int]


@dataclass(frozen=True)
class Page:
    """A rule file as text that ends in a line end, with its YAML tree. Raises NotYaml."""

    text: str

    @cached_property
    def root(self) -> Any:
        """The tree, whose marks hold offsets."""
        parse(self.text)
        return yaml.compose(self.text, Loader=LOADER)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """Every comment, in order."""
        shown = list(self.text)
        for node in scalars(self.root):
            start, end = span(self, node)
            shown[start:end] = "x" * (end - start)
        return tuple(found.span() for found in COMMENT.finditer("".join(shown)))

    def line_start(self, at: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, at) + 1

    def next_line(self, at: int) -> int:
        """Return where the line after an offset begins."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def above(self, at: int, floor: int) -> int:
        """Return where the comments and blank lines right above a line begin.

        They begin at `floor` at the earliest.
        """
        start = self.line_start(at)
        while start > floor:
            before = self.line_start(start - 1)
            if not ALONE.fullmatch(self.text, before, start - 1):
                break
            start = before
        return max(start, floor)


def scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield every scalar of a tree, keys included."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in children(node):
        yield from scalars(child)


def children(node: yaml.Node) -> list[yaml.Node]:
    """Return the parts of a list or mapping, keys and values in turn."""
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def span(page: Page, node: yaml.Node) -> Span:
    """Return where a value begins and ends, without what follows its last character."""
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, yaml.ScalarNode) and not is_flow(node):
        parts = children(node)
        return start, max(start, span(page, parts[-1])[1]) if parts else end
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = start + len(page.text[start:end].rstrip())
    return start, end


def pair(mapping: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return a key and its value, None if the mapping has no such key."""
    pairs = mapping.value if isinstance(mapping, yaml.MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)


def value(mapping: yaml.Node | None, *path: str) -> yaml.Node | None:
    """Follow keys to a value, None if one of them is not there."""
    for key in path:
        found = pair(mapping, key)
        if found is None:
            return None
        mapping = found[1]
    return mapping


def listed(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list; a single value counts as a list of one."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [] if node is None or empty(node) else [node]


def empty(node: yaml.Node) -> bool:
    """Tell whether a value is null."""
    return isinstance(node, yaml.ScalarNode) and (
        node.style not in ("'", '"') and node.value in ("", "~", "null")
    )


def is_flow(node: yaml.Node) -> bool:
    """Tell whether a list or mapping is written in brackets."""
    return bool(getattr(node, "flow_style", False))


def pieces(page: Page, node: yaml.Node) -> list[Span]:
    """Return the parts of a list, or the pairs of a mapping.

    In brackets a part is its characters. Otherwise it is whole lines: the comments and
    blank lines above it, itself, and what is on its last line. Parts then follow each
    other without a gap.
    """
    if isinstance(node, yaml.MappingNode):
        ends = [(span(page, name)[0], span(page, item)[1]) for name, item in node.value]
    else:
        ends = [span(page, item) for item in node.value]
    if is_flow(node) or not ends:
        return ends
    if isinstance(node, yaml.SequenceNode):
        ends = [(dash(page, start), end) for start, end in ends]
    begins = [page.above(ends[0][0], 0)]
    for (_, before), (start, _) in pairwise(ends):
        begins.append(page.above(start, page.next_line(before)))
    return list(zip(begins, [*begins[1:], page.next_line(ends[-1][1])], strict=True))


def dash(page: Page, start: int) -> int:
    """Return where the dash before an item of a list stands."""
    row = page.line_start(start)
    while "-" not in page.text[row:start].partition("#")[0]:
        row = page.line_start(row - 1)
    return page.text.index("-", row)
