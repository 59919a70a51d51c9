"""The texts that a phrase can be: all of them where that is a short list, else some."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from qa_checker.matching.variants import variants, whole_literals
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

ANY_WORD = "某"
SAMPLES = {"num": "5", "date": "5月6日", "time": "10:30", "money": "50元"}


def bare(phrase: Phrase) -> Phrase:
    """Return a phrase without its edges: ^ and $."""
    return tuple(bare_part(part) for part in phrase if not isinstance(part, Edge))


def bare_part(part: Part) -> Part:
    """Return a part without the edges inside it."""
    if not isinstance(part, Choice):
        return part
    options = tuple(bare(option) for option in part.options)
    kept = tuple(option for option in options if option)
    return Choice(kept, part.optional or len(kept) < len(options)) if kept else Space()


@cache
def forms(phrase: Phrase) -> tuple[str, ...]:
    """Return all that a phrase can be, in plain form; nothing if that is no short list."""
    return whole_literals(bare(phrase))


@cache
def samples(phrase: Phrase) -> tuple[str, ...]:
    """Return texts that a phrase finds: all if they are few, else one for each alternative."""
    filled = tuple(fill(part) for part in bare(phrase))
    found = whole_literals(filled)
    if found:
        return found
    return tuple(dict.fromkeys(text for one in one_at_a_time(filled) for text in forms(one)))


def fill(part: Part) -> Part:
    """Return a part with the least that may stand in its gaps and slots."""
    match part:
        case Gap(least, _):
            return Literal(ANY_WORD * least) if least else Space()
        case BuiltIn(name):
            return Literal(SAMPLES[name])
        case Rest():
            return Space()
        case Choice(options, optional):
            return Choice(tuple(tuple(map(fill, option)) for option in options), optional)
        case _:
            return part


def one_at_a_time(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase with each alternative once, beside the first of every other choice."""
    firsts = tuple(piece for part in phrase for piece in first(part))
    yield firsts
    for place, part in enumerate(phrase):
        for option in part.options if isinstance(part, Choice) else ():
            before = tuple(piece for other in phrase[:place] for piece in first(other))
            after = tuple(piece for other in phrase[place + 1 :] for piece in first(other))
            yield (*before, *(p for o in option for p in first(o)), *after)


def first(part: Part) -> Phrase:
    """Return a part with the first of its alternatives."""
    if not isinstance(part, Choice):
        return (part,)
    return tuple(piece for inner in part.options[0] for piece in first(inner))


def count(phrase: Phrase) -> int:
    """Return in how many ways a phrase can be written out, gaps left as they are."""
    ways = 1
    for part in phrase:
        if isinstance(part, Choice):
            ways *= sum(count(option) for option in part.options) + part.optional
    return ways


@cache
def runs(phrase: Phrase) -> tuple[tuple[str, ...], ...]:
    """Return for each stretch of a phrase between its gaps all that it can be.

    What may go on beyond a stretch, as after frustrat*, is shown by a letter.
    """
    stretches: list[list[Part]] = [[]]
    for part in bare(phrase):
        if isinstance(part, Rest) and stretches[-1]:
            stretches[-1].append(Literal("x"))
        if isinstance(part, Gap | BuiltIn | Rest) or not variants((part,)):
            stretches.append([])
        else:
            stretches[-1].append(part)
    found = (whole_literals(tuple(stretch)) for stretch in stretches if stretch)
    return tuple(texts for texts in found if texts)
