"""Which literals lead to a phrase: all it can be, or those of a part to look for first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product

from qa_checker.matching.slots import MAY_BEGIN, MAY_END
from qa_checker.rules.phrase import (
    BuiltIn,
    Choice,
    Edge,
    Gap,
    Literal,
    Part,
    Phrase,
    Rest,
    Space,
)
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.plain import plain

MOST = 128
FEW = 100
HARD_MARK = "。"
DEEPEST = 3
SPACE = "\0"
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
    """A gap; `ahead` and `behind` hold the characters between which it must lie (None: any)."""

    least: int
    most: int
    ahead: frozenset[str] | None
    behind: frozenset[str] | None


Step = OneOf | Branch | Leap | Literal | Space | Gap | BuiltIn | Rest | Edge
Steps = tuple[Step, ...]
"""A phrase in which runs of parts that can only be so many texts are one step."""
Needs = tuple[tuple[str, ...], ...]
Doors = Mapping[str | None, tuple[Steps, ...]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase, or one alternative of it, ready to be looked for.

    `whole`: the literals are all that it can be. Otherwise each of them stands for some
    parts of it, with `before` in front and `after` behind. No literals: it must be tried
    everywhere. What follows the literal holds one text of each of `ahead`, what precedes it
    one of each of `behind`; with `one_sentence` that is so within its sentence.
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
        return (Compiled(written, (), False, (), steps(phrase)),)
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
        case Branch(options, False):
            none: frozenset[str] = frozenset()
            each = [min(filter(None, map(needed, o)), key=len, default=none) for o in options]
            return none.union(*each) if all(each) else none
        case _:
            return frozenset()


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


def whole_literals(phrase: Phrase) -> tuple[str, ...]:
    """Return all that a phrase can be, if that is a short list; else nothing."""
    texts = [text.strip(SPACE) for text in variants(phrase)]
    found = tuple(dict.fromkeys(option for text in texts if text for option in resolved(text)))
    return found if all(texts) and len(found) <= MOST else ()


def best_run(phrase: Phrase) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the run of parts with the longest literals (of several, the fewest)."""
    best, quality = None, (0, 0)
    for start in range(len(phrase)):
        for end in range(start + 1, len(phrase) + 1):
            if not variants(phrase[start:end]):
                break
            literals = run_literals(phrase[start:end])
            if any(not text.strip(EDGES) for text in literals):
                continue
            worth = (min(map(len, literals), default=0), -len(literals))
            if worth > quality and worth[0]:
                best, quality = (start, end, literals), worth
    return best


def steps(phrase: Phrase) -> Steps:
    """Return a phrase with each longest run of parts that is a list of literals as one step."""
    made: list[Step] = []
    start = 0
    while start < len(phrase):
        ends = [e for e in range(start + 1, len(phrase) + 1) if run_literals(phrase[start:e])]
        if ends:
            made.append(one_of(run_literals(phrase[start : ends[-1]])))
        else:
            made.append(inner_steps(phrase[start]))
        start = ends[-1] if ends else start + 1
    return tuple(leap(made, n) if isinstance(step, Gap) else step for n, step in enumerate(made))


def leap(made: Sequence[Step], place: int) -> Leap:
    """Return the gap at a place between other steps with what must stand beside it."""
    gap = made[place]
    assert isinstance(gap, Gap)
    behind, ahead = made[:place][::-1], made[place + 1 :]
    return Leap(gap.least, gap.most, edge_of(ahead, 0), edge_of(behind, -1))


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
                return frozenset({*found, *(MAY_END if place else MAY_BEGIN[name])})
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


@cache
def run_literals(parts: Phrase) -> tuple[str, ...]:
    """Return all that some parts can be, if that is a short list of literals; else nothing."""
    texts = variants(parts)
    if not texts or any(not text or text[0] == SPACE or text[-1] == SPACE for text in texts):
        return ()
    found = tuple(dict.fromkeys(option for text in texts for option in resolved(text)))
    return found if len(found) <= MOST else ()


@cache
def variants(phrase: Phrase) -> tuple[str, ...]:
    """Return every text a phrase can be, its spaces as SPACE; nothing if there is no such list."""
    texts = [""]
    for part in phrase:
        options = list(part_variants(part))
        if not options or len(texts) * len(options) > MOST:
            return ()
        texts = [text + option for text, option in product(texts, options)]
    return tuple(dict.fromkeys(texts))


def part_variants(part: Part) -> Iterator[str]:
    """Yield every text a part can be; nothing if there is no such list."""
    match part:
        case Literal(text):
            yield text
        case Space():
            yield SPACE
        case Choice(options, optional):
            found = [variants(option) for option in options]
            if all(found):
                yield from [""] if optional else []
                yield from (text for texts in found for text in texts)


def resolved(text: str) -> tuple[str, ...]:
    """Return what a text with spaces may look like: a space is nothing where a word ends."""
    pieces = [piece for piece in text.split(SPACE) if piece]
    texts = pieces[:1]
    for piece in pieces[1:]:
        glued = [] if goes_on(texts[0][-1], piece[0]) else [before + piece for before in texts]
        texts = [before + " " + piece for before in texts] + glued
        if len(texts) > MOST:
            break
    return tuple(texts)


@cache
def goes_on(before: str, after: str) -> bool:
    """Tell whether two characters side by side belong to one word."""
    return plain([before + after]).inside_word(1)
