"""Values as YAML text: as plain as they can be where they stand."""

from __future__ import annotations

from typing import Any

import yaml

from qa_checker.rules.canonical import SPECIAL
from qa_checker.rules.tree import LOADER, NotYaml, parse

WIDE = 10**9
UNCLEAR = (SPECIAL | {"~"}) - {"true", "false"}
"""Words that some readers of YAML take for something else."""


class Unwritable(Exception):
    """A text that is no YAML value; the message says why."""


def scalar(text: str, flow: bool = False, style: str = "") -> str:
    """Return a text as one line of YAML; `style` is the quote it had, `flow` for brackets."""
    if not style and is_plain(text, flow):
        return text
    if style != '"' and "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    made = yaml.dump(
        text, Dumper=yaml.CSafeDumper, allow_unicode=True, width=WIDE, default_style='"'
    )
    return made.rstrip("\n")


def is_plain(text: str, flow: bool) -> bool:
    """Tell whether YAML reads a text without quotes as just that text."""
    if "\n" in text or text == "" or text.lower() in UNCLEAR:
        return False
    try:
        node: Any = yaml.compose(f"[{text}]" if flow else f"a: {text}", Loader=LOADER)
    except yaml.YAMLError:
        return False
    if not isinstance(node, yaml.CollectionNode) or len(node.value) != 1:
        return False
    read = node.value[0] if flow else node.value[0][1]
    return isinstance(read, yaml.ScalarNode) and read.style in (None, "") and read.value == text


def block(text: str, indent: int) -> str:
    """Return a text of several lines as a literal block, indented by so many blanks."""
    lines = text.rstrip("\n").split("\n")
    if not text.strip() or lines[0].startswith((" ", "\t")) or not printable(text):
        return scalar(text, style='"')
    keep = "|" if text.endswith("\n") else "|-"
    return "\n".join([keep, *(" " * indent + line if line else "" for line in lines)])


def printable(text: str) -> bool:
    """Tell whether a text holds nothing but characters that can be seen and line ends."""
    return all(line.isprintable() for line in text.split("\n"))


def node_of(text: str) -> Any:
    """Read YAML text that somebody typed. Raises Unwritable."""
    try:
        parse(text)
    except NotYaml as error:
        raise Unwritable(f"{error.message} (line {error.line}, column {error.column})") from None
    return yaml.compose(text, Loader=LOADER)


def typed(text: str, indent: int, flow: bool) -> str:
    """Return YAML that somebody typed as it stands after "key:", with the blank or line end.

    Raises Unwritable if it is no YAML.
    """
    node = node_of(text)
    if flow:
        return " " + in_brackets(node)
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        first, *rest = text.strip().split("\n")
        return "\n".join([f" {first}", *(" " * indent + line if line else "" for line in rest)])
    lines = text.strip("\n").split("\n")
    return "\n" + "\n".join(" " * indent + line if line else "" for line in lines)


def in_brackets(node: Any) -> str:
    """Return a value on one line."""
    if isinstance(node, yaml.SequenceNode):
        return f"[{', '.join(map(in_brackets, node.value))}]"
    if isinstance(node, yaml.MappingNode):
        pairs = (f"{in_brackets(name)}: {in_brackets(item)}" for name, item in node.value)
        return f"{{{', '.join(pairs)}}}"
    quoted = node.style if node.style in ("'", '"') else ""
    return scalar(node.value, True, quoted) if node.value or quoted else "null"
