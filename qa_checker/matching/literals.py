"""Which literals lead to a phrase: all it can be, or those of a part to look for first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from qa_checker.matching.outline import outline
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

    `begins` and `finishes` hold the characters with which any of them can begin and end;
    None if they may begin or end with anything.
    """

    options: tuple[Steps, ...]
    optional: bool
    begins: frozenset[str] | None
    finishes: frozenset[str] | None


Step = OneOf | Branch | Literal | Space | Gap | BuiltIn | Rest | Edge
Steps = tuple[Step, ...]
"""A phrase in which runs of parts that can only be so many texts are one step."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase, or one alternative of it, ready to be looked for.

    `whole`: the literals are all that it can be. Otherwise each of them stands for some
    parts of it, with `before` in front and `after` behind. No literals: it must be tried
    everywhere. Every turn with it holds the `needs`, and the regex `outline` matches there
    (none where the walk itself is quick).
    """

    written: str
    literals: tuple[str, ...]
    whole: bool
    before: Steps
    after: Steps
    needs: tuple[str, ...] = ()
    outline: str = ""


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
        return (Compiled(written, literals, False, before, after, *hints(phrase, before, after)),)
    choices = [n for n, p in enumerate(phrase) if isinstance(p, Choice) and not p.optional]
    if not choices or depth == DEEPEST:
        return (Compiled(written, (), False, (), steps(phrase), (), outline(phrase)),)
    chosen = min(choices, key=lambda n: len(phrase[n].options))  # type: ignore[union-attr]
    return tuple(
        compiled
        for option in phrase[chosen].options  # type: ignore[union-attr]
        for compiled in compile_phrase(
            written, (*phrase[:chosen], *option, *phrase[chosen + 1 :]), edges, depth + 1
        )
    )


def hints(phrase: Phrase, before: Steps, after: Steps) -> tuple[tuple[str, ...], str]:
    """Return by what a turn is told apart, before a walk, that cannot hold a phrase."""
    needs = [step.texts for step in (*before, *after) if isinstance(step, OneOf)]
    slow = any(isinstance(step, Gap | BuiltIn | Branch | Rest) for step in (*before, *after))
    known = tuple(text for texts in needs if len(texts) == 1 for text in texts)
    return known, outline(phrase) if slow else ""


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
            texts = frozenset(run_literals(phrase[start : ends[-1]]))
            made.append(OneOf(texts, tuple(sorted({len(text) for text in texts}))))
        else:
            made.append(inner_steps(phrase[start]))
        start = ends[-1] if ends else start + 1
    return tuple(made)


def inner_steps(part: Part) -> Step:
    """Return a part with the runs inside its options as steps."""
    if not isinstance(part, Choice):
        return part
    options = tuple(steps(option) for option in part.options)
    begins = [edge_of(option, 0) for option in options]
    finishes = [edge_of(option[::-1], -1) for option in options]
    return Branch(options, part.optional, union(begins), union(finishes))


def edge_of(option: Steps, place: int) -> frozenset[str] | None:
    """Return the characters at which a sequence can begin (place 0) or, reversed, end (-1)."""
    found: set[str] = set()
    for step in option:
        match step:
            case OneOf(texts):
                return frozenset({*found, *(text[place] for text in texts)})
            case Literal(text):
                return frozenset({*found, text[place]})
            case Branch(_, optional, begins, finishes):
                edge = begins if place == 0 else finishes
                if edge is None:
                    return None
                found |= edge
                if not optional:
                    return frozenset(found)
            case _:
                return None
    return None


def union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Return what is in any of some sets; None if one of them is None."""
    known = list(sets)
    if None in known:
        return None
    return frozenset(character for one in known if one for character in one)


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
