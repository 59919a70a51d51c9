"""Small changes to rules, one at a time, that some example ought to notice.

Dropped: each phrase and exception of an entry, its negation, homophones, boundary and
fillers; each window, role, size and condition of an item, each name of several, each part of
all and any. Changed by one, up and down: each number of a check, of a window, of an event's
settings, and `deduct`. Points and bands are not changed: their sum is checked by itself, and
no example can expect a band. Gaps inside phrases stay, as there is no end of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from qa_checker.rules.checks import Check, kind_of, kinds
from qa_checker.rules.fields import Wrong, keys
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Rubric, Section
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.rules.windows import Amount, Anchor, Place

SWITCHES = {"negation": "keep", "homophones": "off", "boundary": "", "fillers": ""}
"""Keys of an entry that can be dropped, with what they are without."""
CONDITIONS = ("role", "place", "after", "before", "near", "over")
NEITHER_SIDE = "add an example that this decides, on either side of it"
ONLY_THIS = "add a hit sentence that only this phrase finds, or remove the phrase"
SPARED = "add a miss sentence that only this exception spares, or remove it"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: what was changed (for people), where, and what it makes of the rule.

    `changed` is an Entry, an Item, a Section, or the settings of the event `event`; None if
    nothing sensible is left, which no example has to notice.
    """

    said: str
    node: Node
    changed: Any
    help: str = NEITHER_SIDE
    event: str = ""


def of_entry(entry: Entry) -> Iterator[Mutant]:
    """Yield the mutants of an entry."""
    assert entry.node is not None
    for key, what, help in (
        ("phrases", "phrase", ONLY_THIS),
        ("unless", "exception", SPARED),
    ):
        patterns = getattr(entry, key)
        for number, pattern in enumerate(patterns):
            rest: Any = patterns[:number] + patterns[number + 1 :]
            if rest or key == "unless":
                said = f"{what} “{pattern.written}” dropped"
                node = pattern.node or entry.node
                yield Mutant(said, node, replace(entry, **{key: rest}), help)
    for key, without in SWITCHES.items():
        value = getattr(entry, key)
        if value != without:
            dropped: dict[str, Any] = {key: without}
            node = entry.node.get(key) or entry.node
            yield Mutant(f"{key}: {value} dropped", node, replace(entry, **dropped))


def of_rubric(rubric: Rubric) -> Iterator[Mutant]:
    """Yield the mutants of a rubric's sections, items and event settings."""
    for section in rubric.sections:
        if section.when is not None and section.node is not None:
            node = section.node.at("when")
            yield Mutant(f"when of {section.id} dropped", node, replace(section, when=None))
        for item in section.items:
            yield from of_item(item)
    assert rubric.node is not None
    for name, settings in rubric.events.items():
        for said, place, changed in of_fields(settings, rubric.node.at("events", name)):
            yield Mutant(f"event {name}: {said}", place, changed, event=name)


def of_item(item: Item) -> Iterator[Mutant]:
    """Yield the mutants of an item: of its check, its condition and its deduction."""
    assert item.node is not None
    for said, node, check in of_check(item.check):
        yield Mutant(f"{item.id}: {said}", node, replace(item, check=check))
    if item.when is not None:
        node = item.node.at("when")
        yield Mutant(f"{item.id}: when dropped", node, replace(item, when=None))
        for said, node, check in of_check(item.when):
            yield Mutant(f"{item.id}: when.{said}", node, replace(item, when=check))
    if item.deduct is not None:
        for other in by_one(item.deduct):
            if other <= item.points:
                said = f"{item.id}: deduct {item.deduct} → {other}"
                yield Mutant(said, item.node.at("deduct"), replace(item, deduct=other))


Change = tuple[str, Node, Any]
"""What was changed, where, and the result."""


def of_check(check: Check) -> Iterator[Change]:
    """Yield the changes of a check that still mean something."""
    if kind_of(check) == "manual" or check.node is None:
        return
    names = {field.name: name for name, field in keys(type(check)).items()}
    for name, key in names.items():
        node = check.node.get(key)
        value = getattr(check, name)
        for said, place, changed in of_value(name, value, node) if node is not None else ():
            settled = settle(replace(check, **{name: changed}))
            if settled is not None:
                yield f"{key}{said}", place, settled


def of_value(name: str, value: Any, node: Node) -> Iterator[Change]:
    """Yield the changes of the value of one key of a check."""
    if name in CONDITIONS:
        yield " dropped", node, "" if name == "role" else None
    if name in ("find", "order", "parts") and len(value) > (2 if name == "order" else 1):
        for number, part in enumerate(value):
            place = node.items[number]
            said = f": {part} dropped" if isinstance(part, str) else f"[{number}] dropped"
            yield said, place, value[:number] + value[number + 1 :]
    if name == "parts":
        for number, part in enumerate(value):
            for said, place, changed in of_check(part):
                parts = (*value[:number], changed, *value[number + 1 :])
                yield f"[{number}].{said}", place, parts
    elif isinstance(value, Place):
        for amount in by_one(value.amount):
            said = f".{value.end} {value.amount} → {amount}"
            yield said, node.at(value.end), replace(value, amount=amount)
    elif isinstance(value, Anchor) and value.within is not None:
        for amount in by_one(value.within):
            said = f".within {value.within} → {amount}"
            yield said, node.at("within"), replace(value, within=amount)
    else:
        for number in by_one(value):
            yield f" {value} → {number}", node, number


def of_fields(settings: Any, node: Node) -> Iterator[Change]:
    """Yield the changes of the settings of an event that a rubric states."""
    for field in fields(settings):
        place, value = node.get(field.name), getattr(settings, field.name)
        if place is not None:
            for other in by_one(value):
                changed = replace(settings, **{field.name: other})
                yield f"{field.name} {value} → {other}", place, changed


def by_one(value: Any) -> list[Any]:
    """Return a number one higher and one lower, where that is still above zero."""
    if isinstance(value, Amount):
        return [replace(value, value=number) for number in by_one(value.value)]
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return []
    least = 0 if isinstance(value, int) else 1
    return [value + 1, value - 1] if value - 1 >= least else [value + 1]


def settle(check: Check) -> Check | None:
    """Return a changed check as the reader would leave it; None if it would refuse it."""
    assert check.node is not None
    aside = Source("", "")
    try:
        settled = kinds()[kind_of(check)].settle(check, check.node, aside)
    except Wrong:
        return None
    return None if aside.problems else settled


__all__ = ["Item", "Mutant", "Section", "of_entry", "of_rubric"]
