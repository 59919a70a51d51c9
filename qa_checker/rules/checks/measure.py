"""Hold a number of the call against limits.

check: {measure: talk_share, role: agent, max: 65 %}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.rules.fields import Wrong, key
from qa_checker.rules.scalars import one_of
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.rules.windows import ROLE, Amount, as_amount

UNITS = {
    "talk_share": "%",
    "duration": "s",
    "turns": "turns",
    "chars": "chars",
    "silence_share": "%",
}
LIMIT = as_amount("%", "s", "turns", "chars")


@dataclass(frozen=True, slots=True)
class Check:
    """A measure between `min` and `max`, in the measure's own unit."""

    measure: str = key(one_of(*UNITS), "what is measured", required=True)
    role: str = key(ROLE, "whose (default: agent for talk_share, any for the rest)", default="")
    min: Amount | None = key(LIMIT, "at least, with its unit")
    max: Amount | None = key(LIMIT, "at most, with its unit")
    node: Node | None = field(default=None, compare=False, repr=False)


def settle(check: Check, node: Node, source: Source) -> Check:
    """Raise Wrong for limits that are missing, crossed, or in another unit."""
    unit = UNITS[check.measure]
    for which in ("min", "max"):
        limit = getattr(check, which)
        if limit is not None and limit.unit != unit:
            message = f"{check.measure} is measured in {unit}, not in {limit.unit}"
            raise Wrong(
                node.at(which), "QA103", message, f"write {which}: {float(limit.value):g} {unit}"
            )
    if check.min is None and check.max is None:
        if not any(problem.line == node.line for problem in source.problems):
            raise Wrong(node, "QA104", '"measure" needs min or max', f"add max: 65 {unit}")
    elif check.min and check.max and check.min.value > check.max.value:
        message = f"min {check.min} is above max {check.max}: no call can pass"
        raise Wrong(node.at("min"), "QA602", message, "swap them")
    return check


def names(check: Check) -> tuple[str, ...]:
    """A measure looks up no names."""
    return ()
