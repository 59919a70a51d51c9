"""Which literals lead to a phrase: all it can be, or those of the part to look for first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from qa_checker.rules.phrase import Choice, Literal, Part, Phrase, Space
from qa_checker.text.plain import plain

MOST = 128
SPACE = "\0"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase ready to be looked for.

    `whole`: the literals are all that the phrase can be. Otherwise each of them stands
    for one part of it, with `before` in front and `after` behind. No literals: the
    phrase must be tried everywhere.
    """

    written: str
    literals: tuple[str, ...]
    whole: bool
    before: Phrase
    after: Phrase


def compile_phrase(written: str, phrase: Phrase) -> Compiled:
    """Choose the literals by which a phrase is found."""
    all_of_it = variants(phrase)
    if all_of_it:
        literals = tuple(dict.fromkeys(resolved(text.strip(SPACE)) for text in all_of_it))
        flat = tuple(dict.fromkeys(option for options in literals for option in options))
        if len(flat) <= MOST:
            return Compiled(written, flat, True, (), ())
    best, chosen = 0, -1
    for number, part in enumerate(phrase):
        length = min(map(len, part_literals(part)), default=0)
        if length > best:
            best, chosen = length, number
    if chosen < 0:
        return Compiled(written, (), False, (), phrase)
    literals_of_part = part_literals(phrase[chosen])
    return Compiled(written, literals_of_part, False, phrase[:chosen], phrase[chosen + 1 :])


def part_literals(part: Part) -> tuple[str, ...]:
    """Return all that a part can be, if that is a short list of literals; else nothing."""
    texts = variants((part,))
    if not texts or any(not text or text[0] == SPACE or text[-1] == SPACE for text in texts):
        return ()
    found = tuple(dict.fromkeys(option for text in texts for option in resolved(text)))
    return found if len(found) <= MOST else ()


def variants(phrase: Phrase) -> list[str]:
    """Return every text a phrase can be, spaces as SPACE; nothing if there is no such list."""
    texts = [""]
    for part in phrase:
        options = part_variants(part)
        if not options or len(texts) * len(options) > MOST:
            return []
        texts = [text + option for text, option in product(texts, options)]
    return list(dict.fromkeys(texts))


def part_variants(part: Part) -> list[str]:
    """Return every text a part can be; nothing if there is no such list."""
    match part:
        case Literal(text):
            return [text]
        case Space():
            return [SPACE]
        case Choice(options, optional):
            found = [""] if optional else []
            for option in options:
                texts = variants(option)
                if not texts:
                    return []
                found += texts
            return found if len(found) <= MOST else []
        case _:
            return []


def resolved(text: str) -> tuple[str, ...]:
    """Return what a text with spaces may look like: a space is nothing where a word ends."""
    pieces = [piece for piece in text.split(SPACE) if piece]
    texts = pieces[:1]
    for piece in pieces[1:]:
        glued = [] if goes_on(texts[0], piece) else [before + piece for before in texts]
        texts = [before + " " + piece for before in texts] + glued
        if len(texts) > MOST:
            break
    return tuple(texts)


def goes_on(before: str, after: str) -> bool:
    """Tell whether two texts would become one word if nothing stood between them."""
    return plain([before[-1] + after[0]]).inside_word(1)
