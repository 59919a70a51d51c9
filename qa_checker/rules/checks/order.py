"""First occurrences in this order.

check: {order: [service.greeting, service.identity, service.closing]}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.rules.fields import Wrong, key, list_of
from qa_checker.rules.scalars import as_id
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.rules.windows import ROLE


@dataclass(frozen=True, slots=True)
class Check:
    """The first hits of the steps, in the order in which they must come."""

    order: tuple[str, ...] = key(list_of(as_id), "the steps", required=True)
    role: str = key(ROLE, "whose words count (default: each entry's role)", default="")
    node: Node | None = field(default=None, compare=False, repr=False)


def settle(check: Check, node: Node, source: Source) -> Check:
    """Raise Wrong for fewer than two steps."""
    if len(check.order) < 2:
        raise Wrong(node.at("order"), "QA606", "order needs at least two steps", "use find")
    return check


def names(check: Check) -> tuple[str, ...]:
    """Return every name the check looks up."""
    return check.order
