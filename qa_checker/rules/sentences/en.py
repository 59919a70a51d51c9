"""Rules as English sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa_checker.rules.rubric import Item
from qa_checker.rules.sentences.names import Names
from qa_checker.rules.windows import Amount, Anchor
from qa_checker.scorecard import text

ROLES = {"agent": "the agent", "customer": "the customer", "any": "anyone", "": ""}
UNITS = {"turns": "turns", "s": "seconds", "chars": "characters", "words": "words", "%": "%"}
MEASURES = {
    "talk_share": "share of the talking",
    "duration": "duration",
    "turns": "number of turns",
    "chars": "number of characters",
    "silence_share": "share of silence",
}


def points(item: Item) -> str:
    """Return what an item is worth and what a violation costs."""
    said = f"{text(item.points)} point{'' if item.points == 1 else 's'}"
    if item.deduct is not None:
        said += f", minus {text(item.deduct)} per violation"
    if item.auto_fail:
        said += ", auto-fail" if item.auto_fail is True else ", failing it clears the section"
    return said + ": "


def amount(value: Amount, role: str = "") -> str:
    """Return a number with its unit."""
    unit = UNITS[value.unit]
    unit = unit.removesuffix("s") if value.value == 1 else unit
    return f"{float(value.value):g} {role + ' ' if role else ''}{unit}"


def quoted(found: Sequence[str], names: Names) -> str:
    """Return names in quotation marks."""
    return " or ".join(f"“{names.title(name)}”" for name in found)


def find(check: Any, names: Names) -> str:
    """Return a find check as a sentence."""
    role = check.role or names.role(check.find)
    role = "" if role == "any" else role
    where = "".join(f"{relative(place, anchor, role, names)}, " for place, anchor in check.windows)
    if check.place is not None:
        where = f"in the {check.place.end} {amount(check.place.amount, role)}, " + where
    what = quoted(check.find, names)
    if check.over is not None:
        what += f" (over {amount(check.over)})"
    who = f"by {ROLES[role]}" if role else ""
    said = f"{where}{what} {how_many(check)} {who}".strip()
    return said + ("; not applicable if the anchor never occurs." if check.windows else ".")


def relative(where: str, anchor: Anchor, role: str, names: Names) -> str:
    """Return a relative window."""
    which = {"each": "every", "first": "the first", "last": "the last"}[anchor.which]
    said = f"{which} “{names.title(anchor.name)}”"
    if anchor.within is None:
        return f"{where} {said}"
    if anchor.within.value == 0:
        return f"{where} {said} in the same turn"
    return f"within {amount(anchor.within, role)} {where} {said}"


def how_many(check: Any) -> str:
    """Return how many hits are wanted."""
    if check.max == 0:
        return "must not occur"
    if check.min is None:
        return f"at most {times(check.max)}"
    if check.max is None:
        return f"at least {times(check.min)}"
    return f"{check.min} to {times(check.max)}"


def times(number: int) -> str:
    """Return a number of times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def measure(check: Any, names: Names) -> str:
    """Return a measure check as a sentence."""
    role = check.role or ("agent" if check.measure == "talk_share" else "")
    limits = []
    if check.min is not None:
        limits.append(f"at least {amount(check.min)}")
    if check.max is not None:
        limits.append(f"at most {amount(check.max)}")
    of = f"{ROLES[role]}'s " if role else ""
    return f"{of}{MEASURES[check.measure]} is {' and '.join(limits)}."


def order(check: Any, names: Names) -> str:
    """Return an order check as a sentence."""
    steps = " → ".join(f"“{names.title(name)}”" for name in check.order)
    return f"these steps first occur in this order: {steps} (not applicable if fewer than two do)."


def all_of(parts: Sequence[str]) -> str:
    """Return several sentences that must all hold."""
    return "all of these: " + " ".join(f"({n}) {part}" for n, part in enumerate(parts, 1))


def any_of(parts: Sequence[str]) -> str:
    """Return several sentences of which one must hold."""
    return "one of these: " + " ".join(f"({n}) {part}" for n, part in enumerate(parts, 1))


def meta(check: Any, names: Names) -> str:
    """Return a meta check as a sentence."""
    return f"the call's {check.meta} is {' or '.join(check.values)}."


def manual(check: Any, names: Names) -> str:
    """Return a manual check as a sentence."""
    return "judged by a person."


def when(condition: str) -> str:
    """Return a condition in front of a rule."""
    return f"[only if: {condition.rstrip('.')}] "
