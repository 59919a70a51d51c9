"""From YAML to frozen dataclasses: the fields of the class are the keys of the file.

A field made with `key` says how its value is read, what it means, and whether it may
be left out. `fill` reads a mapping into such a class and notes every mistake.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from qa_checker.rules.shapes import SHAPES, Read, Shape, shaped
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

T = TypeVar("T")


class Wrong(Exception):
    """A value that cannot be used, with the code and the help for its problem."""

    def __init__(self, node: Node, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.node, self.code, self.message, self.help = node, code, message, help


def key(
    read: Read,
    doc: str,
    *,
    name: str = "",
    required: bool = False,
    wording: bool = False,
    default: Any = None,
) -> Any:
    """Declare a field: how it is read, what it means, and the YAML key if it differs.

    `wording` marks what can never change a verdict; it stays out of the rubric's hash.
    """
    settings = {"read": read, "doc": doc, "name": name, "required": required, "wording": wording}
    if isinstance(default, Mapping):
        return dataclasses.field(default_factory=lambda: default, metadata={"key": settings})
    return dataclasses.field(default=default, metadata={"key": settings})


def keys(kind: type) -> dict[str, dataclasses.Field[Any]]:
    """Return the YAML keys of a class with their fields."""
    fields = [f for f in dataclasses.fields(kind) if "key" in f.metadata]
    return {field.metadata["key"]["name"] or field.name: field for field in fields}


def shape_of(kind: type) -> Shape:
    """Return the JSON Schema of a mapping that fills a class."""
    declared = {name: field.metadata["key"] for name, field in keys(kind).items()}
    return {
        "type": "object",
        "properties": {
            name: {"description": settings["doc"], **SHAPES.get(settings["read"], {})}
            for name, settings in declared.items()
        },
        "required": [name for name, settings in declared.items() if settings["required"]],
        "additionalProperties": False,
    }


def fill(
    kind: type[T],
    node: Node,
    source: Source,
    what: str,
    readers: Mapping[str, Read] = MappingProxyType({}),
    always: bool = False,
    /,
    **given: Any,
) -> T | None:
    """Read a mapping into a class; None (and problems) if it cannot be made.

    `readers` replace the readers of some keys by ones known only now; `given` are
    values for fields, which a key of the file replaces. `always` makes the object even
    with mistakes (noted as problems), so that the rest of it is checked at once.
    """
    known = keys(kind)
    if node.kind != "mapping":
        wrong_shape(node, source, f"{what} must be a mapping of keys to values")
        return None
    values, complete = dict(given), no_surprises(node, source, what, list(known))
    for name, declared in known.items():
        settings = declared.metadata["key"]
        value = node.get(name)
        if value is None:
            if settings["required"]:
                complete = False
                if not any(other.text.startswith(f"{name}：") for other, _ in node.pairs):
                    missing(node, source, what, name)
            continue
        try:
            values[declared.name] = readers.get(name, settings["read"])(value, source)
        except Wrong as wrong:
            source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
            complete = complete and (settings["wording"] or not settings["required"])
    return kind(**values) if complete or always else None


def no_surprises(node: Node, source: Source, what: str, known: list[str]) -> bool:
    """Note unknown and repeated keys; tell whether there were none."""
    seen: dict[str, Node] = {}
    clean = True
    for name, _ in node.pairs:
        if name.text in seen:
            first = seen[name.text].line
            message = f'duplicate key "{name.text}" (first at line {first})'
            source.problem(
                name, "QA004", message, "YAML parsers keep the last one silently; remove one"
            )
            clean = False
        elif "：" in name.text and name.text.partition("：")[0] in known:
            wrong_shape(name, source, "")
        elif name.text not in known:
            message = f'unknown key "{name.text}" in {what}'
            source.problem(name, "QA101", message, did_you_mean(name.text, known))
        seen.setdefault(name.text, name)
    return clean


def missing(node: Node, source: Source, what: str, name: str) -> None:
    """Note a key that must be there."""
    code = "QA702" if name in ("examples", "hit", "miss") else "QA102"
    source.problem(node, code, f'{what} has no "{name}"', f"add {name}:")


def wrong_shape(node: Node, source: Source, message: str) -> None:
    """Note that a value has the wrong shape; a full-width colon is the usual cause."""
    if "：" in node.text:
        name = node.text.split("：")[0]
        help = f"type an ASCII colon and a space: {name}: …"
        message = f'full-width colon “：” after "{name}"'
        source.problem(node, "QA002", message, help, len(name), 1)
    else:
        source.problem(node, "QA102", message)


def list_of(read: Read) -> Read:
    """Return a reader for a list (a single value counts as a list of one)."""
    one = SHAPES.get(read, {})

    @shaped({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]})
    def read_list(node: Node, source: Source) -> tuple[Any, ...]:
        values = []
        for item in node.items if node.kind == "list" else (node,):
            try:
                values.append(read(item, source))
            except Wrong as wrong:
                source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
        if not values and node.kind == "list" and not node.items:
            raise Wrong(node, "QA103", "the list is empty", "write at least one, or remove the key")
        return tuple(value for value in values if value is not None)

    return read_list


def map_of(read: Read) -> Read:
    """Return a reader for a mapping whose keys are free."""

    @shaped({"type": "object", "additionalProperties": SHAPES.get(read, {})})
    def read_map(node: Node, source: Source) -> dict[str, Any]:
        if node.kind != "mapping":
            raise Wrong(node, "QA103", "a mapping of keys to values was expected here")
        no_surprises(node, source, "mapping", [name.text for name, _ in node.pairs])
        values = {}
        for key_node, value in node.pairs:
            if value.kind == "text" and not value.text and "：" in key_node.text:
                wrong_shape(key_node, source, "")
                continue
            try:
                values[key_node.text] = read(value, source)
            except Wrong as wrong:
                source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
        return values

    return read_map


def nested(kind: type, what: str) -> Read:
    """Return a reader for a mapping that fills another class."""

    @shaped(shape_of(kind))
    def read(node: Node, source: Source) -> Any:
        return fill(kind, node, source, what)

    return read
