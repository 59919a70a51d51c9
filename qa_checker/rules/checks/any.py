"""One part must pass.

check: {any: [{find: service.empathy}, {find: service.apology}]}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.rules.checks import Check as AnyCheck
from qa_checker.rules.checks import kind_of, kinds, read_check
from qa_checker.rules.fields import Wrong, key, list_of
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Check:
    """any: any pass passes, else any fail fails, else na; the fewest violations count."""

    parts: tuple[AnyCheck, ...] = key(list_of(read_check), "the checks", name="any", required=True)
    node: Node | None = field(default=None, compare=False, repr=False)


def settle(check: Check, node: Node, source: Source) -> Check:
    """Raise Wrong for a manual part: a person judges items, not parts of them."""
    for number, part in enumerate(check.parts):
        if kind_of(part) == "manual":
            place = node.at("any", number)
            raise Wrong(
                place, "QA104", '"manual" cannot stand inside any', "make it an item of its own"
            )
    return check


def names(check: Check) -> tuple[str, ...]:
    """Return every name the parts look up."""
    return tuple(name for part in check.parts for name in kinds()[kind_of(part)].names(part))
