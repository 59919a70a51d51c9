"""What literals lead to: a phrase of an entry, and what may stand at a literal's ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qa_checker.matching.character_sets import bits_of
from qa_checker.matching.literals import Compiled
from qa_checker.matching.steps import EDGES, Leap, Steps, edge_of
from qa_checker.matching.views import Way
from qa_checker.rules.phrase import Space

ANY = "any"


class Wanted(NamedTuple):
    """A phrase of an entry, and the role whose words the entry counts."""

    entry: int
    role: str
    phrase: Compiled


class Side(NamedTuple):
    """What may be at one end of a literal: `bare`, whether the word must end with it, and
    `beside`, the characters that may stand next to it, as `bits_of` gives them.
    """

    bare: bool
    beside: tuple[int, ...]


class Target(NamedTuple):
    """What literals lead to: a phrase of an entry.

    `simple` tells whether these literals, as written, are all of the phrase; `before` and
    `after` what may be at their ends.
    """

    entry: int
    role: str
    phrase: Compiled
    simple: bool
    before: Side
    after: Side


def targets_of(wanted: Wanted, way: Way) -> Iterator[tuple[Target, list[str]]]:
    """Yield what the literals of a phrase lead to, each time with those that do."""
    entry, role, phrase = wanted
    before, after = side(phrase.before[::-1], way, -1), side(phrase.after, way, 0)
    whole = phrase.whole and not any(way)
    by_kind: dict[bool, list[str]] = {}
    for literal in phrase.literals:
        by_kind.setdefault(whole and literal.strip(EDGES) == literal, []).append(literal)
    for simple, literals in by_kind.items():
        yield Target(entry, role, phrase, simple, before, after), literals


def side(beyond: Steps, way: Way, end: int) -> Side:
    """Return what may be at an end of a literal, beyond which these steps follow.

    `end` is 0 behind the literal and -1 before it. Where no step follows, the phrase ends,
    and with it a word; without the fillers of a turn, though, other words stand side by side
    than those of the turn.
    """
    bare = isinstance(beyond[0], Space | Leap) if beyond else not way[1]
    return Side(bare, bits_of(None if way[0] else edge_of(beyond, end)))
