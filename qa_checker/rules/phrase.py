"""A phrase as a small tree: what may stand in it (grammar.py reads it from text)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that stand there as they are (in plain form)."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """Spaces and soft marks, or nothing where a word ends."""


@dataclass(frozen=True, slots=True)
class Gap:
    """From `least` to `most` units: Han characters, words, runs of symbols.

    One that is `affirmed` may not hold what negates the words behind it.
    """

    least: int
    most: int
    affirmed: bool = False


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A built-in slot: num, date, time or money."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several phrases, or nothing if it is optional."""

    options: tuple[Phrase, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of a word: what `*` stands for."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The start (or the end) of the turn; marks and spaces do not count."""

    start: bool


Part = Literal | Space | Gap | BuiltIn | Choice | Rest | Edge
Phrase = tuple[Part, ...]


def affirmed(phrase: Phrase) -> Phrase:
    """Return a phrase all of whose gaps are affirmed."""
    return tuple(map(affirmed_part, phrase))


def affirmed_part(part: Part) -> Part:
    """Return a part all of whose gaps are affirmed."""
    match part:
        case Gap(least, most):
            return Gap(least, most, affirmed=True)
        case Choice(options, optional):
            return Choice(tuple(map(affirmed, options)), optional)
        case _:
            return part


def may_be_empty(phrase: Phrase) -> bool:
    """Tell whether a phrase can match nothing at all."""
    return all(part_may_be_empty(part) for part in phrase)


def part_may_be_empty(part: Part) -> bool:
    """Tell whether a part can match nothing."""
    match part:
        case Literal() | BuiltIn():
            return False
        case Gap(least):
            return least == 0
        case Choice(options, optional):
            return optional or any(may_be_empty(option) for option in options)
        case _:
            return True
