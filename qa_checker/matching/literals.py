"""Which literals lead to a phrase: all it can be, or those of a part to look for first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from qa_checker.matching.slots import HOLDS
from qa_checker.matching.steps import EDGES, Branch, OneOf, Step, Steps, steps
from qa_checker.matching.variants import runs, whole_literals
from qa_checker.rules.phrase import BuiltIn, Choice, Edge, Literal, Part, Phrase
from qa_checker.text.characters import TURN_BREAK

FEW = 100
HARD_MARK = "。"
DEEPEST = 3

Needs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase, or one alternative of it, ready to be looked for.

    `whole`: the literals are all that it can be. Otherwise each of them stands for some
    parts of it, with `before` in front and `after` behind. No literals: it must be tried
    everywhere, and `after` is all of it. What follows the literal holds one text of each of
    `ahead`, what precedes it one of each of `behind`; with `one_sentence` that is so within its
    sentence.
    """

    written: str
    literals: tuple[str, ...]
    whole: bool
    before: Steps
    after: Steps
    ahead: Needs = ()
    behind: Needs = ()
    one_sentence: bool = False


@lru_cache(maxsize=20_000)
def compile_phrase(
    written: str, phrase: Phrase, edges: bool = False, depth: int = 0
) -> tuple[Compiled, ...]:
    """Choose the literals by which a phrase is found.

    A phrase without a part that is a list of literals is taken apart into alternatives
    that have one, where that is possible. With `edges`, the literals of ^ and $ hold the
    break between two turns.
    """
    seen = framed(phrase) if edges else phrase
    literals = whole_literals(seen)
    if literals:
        return (Compiled(written, literals, True, (), ()),)
    found = best_run(seen)
    if found:
        start, end, literals = found
        before, after = steps(phrase[:start]), steps(phrase[end:])
        ahead, behind = needs(after), needs(before)
        one = not any(HARD_MARK in text for texts in (*ahead, *behind, literals) for text in texts)
        return (Compiled(written, literals, False, before, after, ahead, behind, one),)
    choices = [n for n, p in enumerate(phrase) if isinstance(p, Choice) and not p.optional]
    if not choices or depth == DEEPEST:
        all_of_it = steps(phrase)
        return (Compiled(written, (), False, (), all_of_it, needs(all_of_it)),)
    chosen = min(choices, key=lambda n: len(phrase[n].options))  # type: ignore[union-attr]
    return tuple(
        compiled
        for option in phrase[chosen].options  # type: ignore[union-attr]
        for compiled in compile_phrase(
            written, (*phrase[:chosen], *option, *phrase[chosen + 1 :]), edges, depth + 1
        )
    )


def needs(steps: Sequence[Step]) -> Needs:
    """Return lists of texts of which each must have one among some steps."""
    found = [tuple(shortest(texts)) for texts in map(needed, steps) if texts]
    return tuple(texts for texts in found if len(texts) <= FEW)


def needed(step: Step) -> frozenset[str]:
    """Return texts of which a step always holds one; nothing if there is no such list."""
    match step:
        case OneOf(texts):
            return texts
        case Literal(text):
            return frozenset([text])
        case BuiltIn(name):
            return HOLDS[name]
        case Branch(options, False):
            each = list(map(fewest, options))
            return frozenset().union(*each) if all(each) else frozenset()
        case _:
            return frozenset()


def fewest(steps: Steps) -> frozenset[str]:
    """Return the shortest list of texts of which some steps always hold one, that of a slot only
    where there is no other: much else holds those.
    """
    lists = [
        (isinstance(step, BuiltIn), len(found), found) for step in steps if (found := needed(step))
    ]
    return min(lists, key=itemgetter(0, 1))[2] if lists else frozenset()


def shortest(texts: Iterable[str]) -> Iterator[str]:
    """Yield some texts without those that hold another of them."""
    kept: list[str] = []
    for text in sorted(texts, key=lambda text: (len(text), text)):
        if not any(each in text for each in kept):
            kept.append(text)
            yield text


def framed(phrase: Phrase) -> Phrase:
    """Return a phrase with the break between two turns, and a mark beside it, as its edges."""
    return tuple(framed_part(part) for part in phrase)


def framed_part(part: Part) -> Part:
    """Return a part with its edges as literals."""
    match part:
        case Edge(start):
            marks = ("", " ", "。")
            ends = [TURN_BREAK + mark if start else mark + TURN_BREAK for mark in marks]
            return Choice(tuple((Literal(end),) for end in ends))
        case Choice(options, optional):
            return Choice(tuple(framed(option) for option in options), optional)
        case _:
            return part


def best_run(phrase: Phrase) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the run of parts with the longest literals (of several, the fewest)."""
    best, quality = None, (0, 0)
    for start in range(len(phrase)):
        for end, literals in runs(phrase, start):
            if any(not text.strip(EDGES) for text in literals):
                continue
            worth = (min(map(len, literals), default=0), -len(literals))
            if worth > quality and worth[0]:
                best, quality = (start, end, literals), worth
    return best
