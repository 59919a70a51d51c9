"""The way to a place in a rule file by names, which stays the same when lines move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qa_checker.problem import Problem
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node, NotYaml, parse


def with_where(source: Source, root: Node | None, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems of one file with `where` set; "" where the file cannot be parsed.

    `root` is the file's tree if it is known.
    """
    listed = list(problems)
    try:
        root = root or (parse(source.text) if listed else None)
    except NotYaml:
        root = None
    if root is None:
        return listed
    return [replace(p, where="/".join(way(root, p.line, p.column))) for p in listed]


def way(node: Node, line: int, column: int) -> list[str]:
    """Return the names that lead from a node to the deepest one that begins at a place or
    before it.
    """
    if node.kind == "mapping":
        before = [pair for pair in node.pairs if begins(pair[0], line, column)]
        if not before:
            return []
        name, value = before[-1]
        inside = way(value, line, column) if begins(value, line, column) else []
        return [name.text, *inside]
    items = [item for item in node.items if begins(item, line, column)]
    if not items:
        return []
    named = items[-1].get("id") or items[-1].get("name")
    # the number of a phrase changes when another one is added above it: it stays unnamed
    return [*([named.text] if named else []), *way(items[-1], line, column)]


def begins(node: Node, line: int, column: int) -> bool:
    """Tell whether a node begins at a place or before it."""
    return (node.line, node.column) <= (line, column)
