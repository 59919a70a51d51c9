"""All that a phrase, or a part of it, can be, where that is a short list of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from qa_checker.rules.phrase import Choice, Literal, Part, Phrase, Space
from qa_checker.text.plain import plain

MOST = 128
SPACE = "\0"


def whole_literals(phrase: Phrase) -> tuple[str, ...]:
    """Return all that a phrase can be, if that is a short list; else nothing."""
    texts = [text.strip(SPACE) for text in variants(phrase)]
    found = all_resolved(texts) if all(texts) else ()
    return found if len(found) <= MOST else ()


def runs(phrase: Phrase, start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield where runs of parts from `start` on end, as long as all that they can be is a short
    list of texts; with these as literals, or nothing if they are none.
    """
    texts = [""]
    for end, part in enumerate(phrase[start:], start + 1):
        texts = longer(texts, part)
        if not texts:
            return
        yield end, run_literals(tuple(dict.fromkeys(texts)))


def run_literals(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return some texts with their spaces resolved, if that is a short list of literals; else
    nothing.
    """
    if any(not text or text[0] == SPACE or text[-1] == SPACE for text in texts):
        return ()
    found = all_resolved(texts)
    return found if len(found) <= MOST else ()


@cache
def variants(phrase: Phrase) -> tuple[str, ...]:
    """Return every text a phrase can be, its spaces as SPACE; nothing if there is no such list."""
    texts = [""]
    for part in phrase:
        texts = longer(texts, part)
    return tuple(dict.fromkeys(texts))


def longer(texts: Sequence[str], part: Part) -> list[str]:
    """Return some texts with all that a part can be behind them; nothing if there is no such
    list.
    """
    options = list(part_variants(part))
    if len(texts) * len(options) > MOST:
        return []
    return [text + option for text in texts for option in options]


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


def all_resolved(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what some texts with spaces may look like, each once."""
    if SPACE not in "".join(texts):
        return tuple(dict.fromkeys(texts))
    return tuple(dict.fromkeys(option for text in texts for option in resolved(text)))


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
