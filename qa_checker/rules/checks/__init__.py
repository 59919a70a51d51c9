"""The kinds of check, one file each, named after the key that begins it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from qa_checker.rules.fields import Wrong, fill
from qa_checker.rules.shapes import shaped
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

Check = Any
"""A frozen dataclass of one of the modules here; its module holds KEY and names()."""


@cache
def kinds() -> dict[str, ModuleType]:
    """Return the kinds of check by the key that begins them."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}") for name in names}


def kind_of(check: Check) -> str:
    """Return the key of a check: find, measure, order, all, any, meta or manual."""
    return type(check).__module__.rpartition(".")[2]


@shaped({"$ref": "#/$defs/check"})
def read_check(node: Node, source: Source) -> Check | None:
    """Read a check: exactly one subject, then where, then how many."""
    if node.kind == "text" and node.text == "manual":
        return kinds()["manual"].Check()
    subjects = [name for name in kinds() if name != "manual"]
    if node.kind != "mapping":
        help = "check: {find: lexicon.entry} or check: manual"
        if node.text:
            help = did_you_mean(node.text, ["manual"]) if len(node.text) < 8 else help
        raise Wrong(node, "QA104", "a check is a mapping, or the word manual", help)
    named = [name.text for name, _ in node.pairs if name.text in subjects]
    if len(named) != 1:
        said = f"; here: {', '.join(named)}" if named else ""
        message = f"a check has exactly one of {', '.join(subjects)}{said}"
        help = "split it into two checks under all:" if named else unknown_subject(node, subjects)
        raise Wrong(node, "QA104", message, help)
    module = kinds()[named[0]]
    check = fill(module.Check, node, source, f'"{named[0]}" check', node=node)
    if check is None:
        return None
    try:
        return module.settle(check, node, source)
    except Wrong as wrong:
        source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
        return check


def unknown_subject(node: Node, subjects: list[str]) -> str:
    """Guess which subject was meant by the first key."""
    return did_you_mean(node.pairs[0][0].text, subjects) if node.pairs else ""
