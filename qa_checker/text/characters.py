"""What each character counts as, and what it is compared as.

Both are tables over all of Unicode, worked out once, so that whole calls are looked up
in one step. A character is compared as its NFKC form, case-folded, Traditional
turned into Simplified; whatever would become several characters stays as it is, so
that positions never move.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from qa_checker.text.tables import LAST, table

OTHER, HAN, WORD, DIGIT, BREAK, SPACE, SOFT, HARD, IN_NUMBER, IN_WORD = range(10)
"""Kinds: symbols, Han, letters of other scripts, digits, the border between two turns,
white space, the marks that a gap may cross, the marks that end a sentence, and the
marks that may belong to a number or a word (only until their neighbours are seen)."""

WORDLIKE = (WORD, DIGIT)
KIND, CODE = 24, np.uint32((1 << 24) - 1)
"""Where, in bits, the kind begins in a number of `both`, and the bits of the code point."""
TURN_BREAK = "\x1d"
BLOCK = 64
SOFT_MARKS = "\"'(),-:‐‑‒–—―‘’‚‛“”„‟…⋯、〈〉《》「」『』〝〞"
HARD_MARKS = "\n\r!.;?。"
MARKS_IN_NUMBERS = ".,:"
MARKS_IN_WORDS = "'"

Codes = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]


@cache
def compared_as() -> Codes:
    """Return the code point that each code point is compared as."""
    same = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    return table("compared_as", same, fill_compared_as)


def fill_compared_as(codes: Codes) -> None:
    """Work out what each code point is compared as."""
    for code in changing():
        folded = fold(chr(code))
        if len(folded) == 1:
            codes[code] = ord(folded)
    codes[ord("A") : ord("Z") + 1] += 32
    codes[ord("’")] = ord("'")
    codes[:] = simplified(len(codes))[codes]


def changing() -> Iterator[int]:
    """Yield the code points that may change when folded.

    Most blocks are in that form as they are; then so is each of their characters.
    """
    for start in range(0x80, LAST, BLOCK):
        block = range(start, min(start + BLOCK, LAST))
        text = "".join(map(chr, block))
        if text.casefold() != text or not unicodedata.is_normalized("NFKC", text):
            yield from block


def fold(character: str) -> str:
    """Return the NFKC form of one character, case-folded."""
    return unicodedata.normalize("NFKC", character).casefold()


def simplified(size: int) -> Codes:
    """Return a table from Traditional to Simplified, character by character (OpenCC t2s)."""
    import opencc

    simple = np.arange(size, dtype=np.uint32)
    han = [code for start, end in HAN_BLOCKS for code in range(start, end + 1)]
    written = "\n".join(map(chr, han))
    converted = opencc.OpenCC("t2s").convert(written).split("\n")
    for code, character in zip(han, converted, strict=True):
        if len(character) == 1:
            simple[code] = ord(character)
    return simple


HAN_BLOCKS = (
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


@cache
def kinds() -> Kinds:
    """Return the kind of each code point, taken after `compared_as`."""
    return table("kinds", np.zeros(sys.maxunicode + 1, dtype=np.uint8), fill_kinds)


def fill_kinds(kinds: Kinds) -> None:
    """Work out the kind of each code point."""
    for start, end in HAN_BLOCKS:
        kinds[start : end + 1] = HAN
    for code in np.flatnonzero(kinds[:LAST] != HAN).tolist():
        kinds[code] = category_kind(chr(code))
    kinds[[ord(mark) for mark in SOFT_MARKS]] = SOFT
    kinds[[ord(mark) for mark in HARD_MARKS]] = HARD
    kinds[[ord(mark) for mark in MARKS_IN_NUMBERS]] = IN_NUMBER
    kinds[[ord(mark) for mark in MARKS_IN_WORDS]] = IN_WORD
    kinds[ord(TURN_BREAK)] = BREAK


@cache
def both() -> Codes:
    """Return for each code point the one that it is compared as, and that one's kind (KIND)."""
    table = compared_as().copy()
    table[:LAST] |= kinds().take(table[:LAST]).astype(np.uint32) << KIND
    return table


def category_kind(character: str) -> int:
    """Return the kind that a character's Unicode category gives it."""
    category = unicodedata.category(character)
    if category == "Nd":
        return DIGIT
    if category[0] in "LMN":
        return WORD
    return SPACE if character.isspace() or category[0] == "Z" else OTHER
