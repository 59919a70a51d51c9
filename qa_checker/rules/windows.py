"""Where a check looks, how many it wants, and how big an event must be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qa_checker import lazy_re
from qa_checker.rules.fields import Wrong, fill, key, shape_of
from qa_checker.rules.scalars import as_id, one_of, shown
from qa_checker.rules.shapes import Read, shaped
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node

AMOUNT = lazy_re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*([a-z%]+)")
UNITS = {
    "turn": "turns",
    "turns": "turns",
    "s": "s",
    "chars": "chars",
    "char": "chars",
    "words": "words",
    "word": "words",
    "%": "%",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: turns, s (seconds), chars, words or %."""

    value: Fraction
    unit: str

    def __hash__(self) -> int:
        # that of a Fraction takes ten times as long, and a call asks for some of them
        return hash((*self.value.as_integer_ratio(), self.unit))

    def __str__(self) -> str:
        """Return it as people write it: 2 turns, 0.5 s, 80 %."""
        number = float(self.value)
        return f"{number:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Place:
    """An absolute window: the first or last so many turns or seconds."""

    end: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a relative window is measured from: each, the first or the last hit of a name."""

    which: str
    name: str
    within: Amount | None


def as_amount(*units: str) -> Read:
    """Return a reader for a number with one of these units."""
    written = "|".join(word for word, unit in UNITS.items() if unit in units)

    @shaped({"type": "string", "pattern": rf"^[0-9]+(\.[0-9]+)?\s*({written})$"})
    def read(node: Node, source: Source) -> Amount:
        found = AMOUNT.fullmatch(node.text.strip())
        unit = UNITS.get(found[2]) if found else None
        if found is None or unit not in units:
            examples = " or ".join(f"2 {unit}" for unit in units)
            raise Wrong(node, "QA103", f'"{shown(node)}" is not an amount', f"write {examples}")
        if unit == "turns" and not found[1].isdigit():
            whole = f"write {found[1].partition('.')[0]} turns"
            raise Wrong(node, "QA103", f'"{node.text}" is not a whole number of turns', whole)
        return Amount(Fraction(found[1]), unit)

    return read


@dataclass(frozen=True, slots=True)
class In:
    """The YAML form of Place."""

    first: Amount | None = key(as_amount("turns", "s"), "the first so many turns or seconds")
    last: Amount | None = key(as_amount("turns", "s"), "the last so many turns or seconds")


@shaped(shape_of(In))
def as_place(node: Node, source: Source) -> Place | None:
    """Read `in: {first: 2 turns}`."""
    read = fill(In, node, source, '"in"')
    if read is None:
        return None
    if (read.first is None) == (read.last is None):
        if not any(problem.line == node.line for problem in source.problems):
            raise Wrong(
                node, "QA103", '"in" has exactly one of first and last', "in: {first: 2 turns}"
            )
        return None
    end, size = ("first", read.first) if read.first else ("last", read.last)
    assert size is not None
    if size.value <= 0:
        help = "write a positive number of turns or seconds, e.g. first: 2 turns"
        raise Wrong(node.at(end), "QA601", f'empty window "{end} {size}"', help)
    return Place(end, size)


@dataclass(frozen=True, slots=True)
class Relative:
    """The YAML form of Anchor."""

    each: str = key(as_id, "every turn with a hit of this name", default="")
    first: str = key(as_id, "the first hit of this name", default="")
    last: str = key(as_id, "the last hit of this name", default="")
    within: Amount | None = key(as_amount("turns", "s"), "how far from it; left out: to the end")


@shaped(shape_of(Relative))
def as_anchor(node: Node, source: Source) -> Anchor | None:
    """Read `after: {each: service.anger, within: 2 turns}`."""
    read = fill(Relative, node, source, "the window")
    if read is None:
        return None
    named = [which for which in ("each", "first", "last") if getattr(read, which)]
    if len(named) != 1:
        help = "after: {each: service.anger, within: 2 turns}"
        raise Wrong(node, "QA103", "a window has exactly one of each, first, last", help)
    return Anchor(named[0], getattr(read, named[0]), read.within)


ROLE = one_of("agent", "customer", "any")
