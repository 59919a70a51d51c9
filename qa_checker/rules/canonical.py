"""A rule file in its canonical form: keys in one order, no needless quotes, tidy lines.

Whole lines are moved, so comments stay as they are and go with the key below them. Mappings
written on one line, {find: …, max: 0}, keep their order. What the file says never changes:
the result is read again, and a file that would say something else is left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from qa_checker import lazy_re
from qa_checker.rules.tree import LOADER, Node, parse

CHECK = (
    *("find", "measure", "order", "all", "any", "meta", "is", "role", "in"),
    *("after", "before", "near", "over", "min", "max"),
)
ORDER: Mapping[str, Sequence[str]] = {
    "lexicon": (
        *("qa_checker", "id", "version", "languages", "title", "source", "owner"),
        *("segmenter", "defaults", "slots", "entries"),
    ),
    "rubric": (
        *("qa_checker", "id", "version", "languages", "title", "source", "owner", "uses"),
        *("applies_to", "total", "bands", "pass", "events", "sections", "signals", "examples"),
    ),
    "entries": (
        *("id", "was", "title", "polarity", "severity", "role", "homophones", "boundary"),
        *("negation", "fillers", "phrases", "unless", "instead", "why", "source", "examples"),
    ),
    "sections": ("id", "was", "title", "when", "items"),
    "items": (
        *("id", "was", "title", "points", "auto_fail", "when", "deduct", "check"),
        *("advice", "why", "source"),
    ),
    "signals": ("id", "title", "labels"),
    "labels": ("value", "check"),
    "check": CHECK,
    "when": CHECK,
}
"""The order of keys, by the key that a mapping (or a list of them) stands under."""
EXAMPLE = ("name", "todo", "turns", "expect", "score")
PLAIN = lazy_re.compile(r"[^\W\d_]\w*(?: \w+)*")
"""Text that means the same without quotes, wherever it stands."""
SPECIAL = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
BLANKS = lazy_re.compile(r"\n{3,}")


def canonical(text: str) -> str:
    """Return a rule file in its canonical form. Raises NotYaml for what cannot be read."""
    tidy = "\n".join(line.rstrip() for line in re.split("\r\n|\r|\n", text))
    tidy = unquoted(tidy, parse(tidy))
    lines = tidy.split("\n")
    root = parse(tidy)
    kind = root.at("qa_checker").text.partition("/")[0]
    lines = ordered(lines, root, kind, len(lines))
    made = BLANKS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
    return made if means(made) == means(text) else text


def means(text: str) -> Any:
    """Return what a file says, whatever the order of its keys."""
    return yaml.load(text, Loader=LOADER)


def unquoted(text: str, root: Node) -> str:
    """Return the text without the quotes that nothing needs."""
    lines = text.split("\n")
    for node in sorted(scalars(root), key=lambda node: (-node.line, -node.column)):
        row, start = lines[node.line - 1], node.column - 1
        if node.quoted and node.plain and not needed(node.text):
            lines[node.line - 1] = row[:start] + node.text + row[start + node.width :]
    return "\n".join(lines)


def needed(text: str) -> bool:
    """Tell whether a text needs its quotes."""
    return PLAIN.fullmatch(text) is None or text.lower() in SPECIAL


def scalars(node: Node) -> Iterator[Node]:
    """Yield every scalar of a tree, keys included."""
    for name, value in node.pairs:
        yield from (name, *scalars(value))
    for item in node.items:
        yield from scalars(item)
    if node.kind == "text":
        yield node


def ordered(lines: list[str], node: Node, under: str, end: int) -> list[str]:
    """Return all lines, those of a node put in order; `end` is the line it ends before."""
    for item, stop in reversed(list(stops(list(node.items), end))):
        lines = ordered(lines, item, under, stop)
    if node.kind != "mapping":
        return lines
    pairs = list(node.pairs)
    for (_, stop), (name, value) in reversed(
        list(zip(stops([name for name, _ in pairs], end), pairs, strict=True))
    ):
        lines = ordered(lines, value, name.text, stop)
    names = [name for name, _ in pairs]
    in_block = len({name.line for name in names}) == len(names)
    order = EXAMPLE if under == "examples" and node.get("turns") else ORDER.get(under, ())
    if not in_block or not order or len(names) < 2:
        return lines
    return put_in_order(lines, names, order, end)


def stops(nodes: Sequence[Node], end: int) -> Iterator[tuple[Node, int]]:
    """Yield nodes that follow each other, each with the line that it ends before (from 0)."""
    for number, node in enumerate(nodes):
        after = nodes[number + 1].line - 1 if number + 1 < len(nodes) else end
        yield node, after


def put_in_order(
    lines: list[str], names: Sequence[Node], order: Sequence[str], end: int
) -> list[str]:
    """Return all lines, the keys of one mapping, with their comments, in an order."""
    begins = [above(lines, name.line - 1) if n else name.line - 1 for n, name in enumerate(names)]
    last = names[-1].line
    while last < end and (not lines[last].strip() or belongs(lines[last], names[0].column)):
        last += 1
    while last > names[-1].line and not lines[last - 1].strip():
        last -= 1
    chunks = {
        name.text: lines[start:stop]
        for name, start, stop in zip(names, begins, [*begins[1:], last], strict=True)
    }
    ranked = sorted(chunks, key=lambda name: order.index(name) if name in order else len(order))
    if ranked == list(chunks):
        return lines
    lead = lines[begins[0]][: names[0].column - 1]
    first = chunks[names[0].text]
    chunks[names[0].text] = [" " * len(lead) + first[0][len(lead) :], *first[1:]]
    moved = [line for name in ranked for line in chunks[name]]
    top = next(n for n, line in enumerate(moved) if line.strip() and line.lstrip()[0] != "#")
    moved[top] = lead + moved[top][len(lead) :]
    return [*lines[: begins[0]], *moved, *lines[last:]]


def above(lines: Sequence[str], row: int) -> int:
    """Return the row at which the comments and blank lines right above a key begin."""
    while row and (not lines[row - 1] or lines[row - 1].lstrip().startswith("#")):
        row -= 1
    return row


def belongs(line: str, column: int) -> bool:
    """Tell whether a line belongs to the value of a key that stands at a column (from 1)."""
    indent = len(line) - len(line.lstrip())
    return indent >= column or (indent == column - 1 and line.lstrip().startswith("- "))
