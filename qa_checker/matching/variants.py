"""All that a phrase, or a part of it, can be, where that is a short list of texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from qa_checker.rules.phrase import Choice, Literal, Part, Phrase, Space
from qa_checker.text.plain import plain

MOST = 128
SPACE = "\0"


def whole_literals(phrase: Phrase) -> tuple[str, ...]:
    """Return all that a phrase can be, if that is a short list; else nothing."""
    texts = [text.strip(SPACE) for text in variants(phrase)]
    found = tuple(dict.fromkeys(option for text in texts if text for option in resolved(text)))
    return found if all(texts) and len(found) <= MOST else ()


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
