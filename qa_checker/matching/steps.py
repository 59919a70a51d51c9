"""A phrase as steps, from one place of a text to the next: what is walked around a literal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa_checker.matching.slots import MAY_BEGIN, MAY_END
from qa_checker.matching.variants import runs
from qa_checker.rules.phrase import BuiltIn, Choice, Edge, Gap, Literal, Part, Phrase, Rest, Space
from qa_checker.text.characters import TURN_BREAK

EDGES = TURN_BREAK + " 。"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several literals; `sizes` are the lengths that they have."""

    texts: frozenset[str]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A choice between sequences of steps.

    `begins` and `finishes` lead from a character to those that may begin and end with it;
    under None are those that may with any character, also those that are not listed.
    """

    options: tuple[Steps, ...]
    optional: bool
    begins: Doors = field(hash=False)
    finishes: Doors = field(hash=False)


@dataclass(frozen=True, slots=True)
class Leap:
    """A gap; `ahead` and `behind` hold the characters between which it must lie (None: any).

    One that is `affirmed` may not hold what negates the words behind it.
    """

    least: int
    most: int
    affirmed: bool
    ahead: frozenset[str] | None
    behind: frozenset[str] | None


Step = OneOf | Branch | Leap | Literal | Space | Gap | BuiltIn | Rest | Edge
Steps = tuple[Step, ...]
"""A phrase in which runs of parts that can only be so many texts are one step."""
Doors = Mapping[str | None, tuple[Steps, ...]]


def steps(phrase: Phrase) -> Steps:
    """Return a phrase with each longest run of parts that is a list of literals as one step."""
    made: list[Step] = []
    start = 0
    while start < len(phrase):
        found = [(end, literals) for end, literals in runs(phrase, start) if literals]
        end, literals = found[-1] if found else (start + 1, ())
        made.append(one_of(literals) if literals else inner_steps(phrase[start]))
        start = end
    return tuple(leap(made, n) if isinstance(step, Gap) else step for n, step in enumerate(made))


def leap(made: Sequence[Step], place: int) -> Leap:
    """Return the gap at a place between other steps with what must stand beside it."""
    gap = made[place]
    assert isinstance(gap, Gap)
    behind, ahead = made[:place][::-1], made[place + 1 :]
    return Leap(gap.least, gap.most, gap.affirmed, edge_of(ahead, 0), edge_of(behind, -1))


def inner_steps(part: Part) -> Step:
    """Return a part with the runs inside its options as steps."""
    if not isinstance(part, Choice):
        return part
    options = tuple(merged(map(steps, part.options)))
    return Branch(options, part.optional, doors(options, 0), doors(options, -1))


def merged(options: Iterable[Steps]) -> Iterator[Steps]:
    """Yield sequences of steps; those that differ only in the literal they begin with as one."""
    begins: dict[Steps, list[str]] = {}
    for option in options:
        match option:
            case (OneOf(texts), *rest):
                begins.setdefault(tuple(rest), []).extend(texts)
            case _:
                yield option
    for rest_of_it, all_texts in begins.items():
        yield one_of(all_texts), *rest_of_it


def one_of(texts: Collection[str]) -> OneOf:
    """Return some literals as a step."""
    return OneOf(frozenset(texts), tuple(sorted({len(text) for text in texts})))


def doors(options: Sequence[Steps], place: int) -> Doors:
    """Return by which characters each of some sequences can begin (place 0) or end (-1)."""
    edges = [(option, edge_of(option if place == 0 else option[::-1], place)) for option in options]
    known = {character for _, edge in edges if edge is not None for character in edge}
    return {
        character: tuple(o for o, edge in edges if edge is None or character in edge)
        for character in (None, *known)
    }


def edge_of(option: Sequence[Step], place: int) -> frozenset[str] | None:
    """Return the characters at which a sequence can begin (place 0) or, reversed, end (-1).

    "" is the end of the text; None: any character.
    """
    found: set[str] = set()
    for step in option:
        match step:
            case OneOf(texts):
                return frozenset({*found, *(text[place] for text in texts)})
            case Literal(text):
                return frozenset({*found, text[place]})
            case Space():
                found.add(" ")
            case Edge():
                return frozenset({*found, *EDGES, ""})
            case BuiltIn(name):
                return frozenset({*found, *(MAY_END if place else MAY_BEGIN)[name]})
            case Branch(_, optional, begins, finishes):
                beside = begins if place == 0 else finishes
                if beside[None]:
                    return None
                found.update(character for character in beside if character is not None)
                if not optional:
                    return frozenset(found)
            case _:
                return None
    return None
