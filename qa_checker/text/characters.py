"""What each character counts as, and what it is compared as.

Both are tables over all of Unicode, built once, so that whole calls are looked up
in one step. A character is compared as its NFKC form, case-folded, Traditional
turned into Simplified; whatever would become several characters stays as it is, so
that positions never move.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

OTHER, HAN, WORD, DIGIT, BREAK, SPACE, SOFT, HARD, IN_NUMBER, IN_WORD = range(10)
"""Kinds: symbols, Han, letters of other scripts, digits, the border between two turns,
white space, the marks that a gap may cross, the marks that end a sentence, and the
marks that may belong to a number or a word (only until their neighbours are seen)."""

WORDLIKE = (WORD, DIGIT)
TURN_BREAK = "\x1d"
SOFT_MARKS = "\"'(),-:‐‑‒–—―‘’‚‛“”„‟…⋯、〈〉《》「」『』〝〞"
HARD_MARKS = "\n\r!.;?。"
MARKS_IN_NUMBERS = ".,:"
MARKS_IN_WORDS = "'"

Codes = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]


@cache
def compared_as() -> Codes:
    """Return the code point that each code point is compared as."""
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code in range(0x80, 0x323B0):
        folded = fold(chr(code))
        if len(folded) == 1:
            table[code] = ord(folded)
    table[ord("A") : ord("Z") + 1] += 32
    table[ord("’")] = ord("'")
    return simplify(table)


def fold(character: str) -> str:
    """Return the NFKC form of one character, case-folded."""
    return unicodedata.normalize("NFKC", character).casefold()


def simplify(table: Codes) -> Codes:
    """Turn Traditional into Simplified, character by character (OpenCC t2s)."""
    import opencc

    simple = np.arange(len(table), dtype=np.uint32)
    han = [code for start, end in HAN_BLOCKS for code in range(start, end + 1)]
    written = "\n".join(map(chr, han))
    converted = opencc.OpenCC("t2s").convert(written).split("\n")
    for code, character in zip(han, converted, strict=True):
        if len(character) == 1:
            simple[code] = ord(character)
    return simple[table]


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
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for code in range(0x323B0):
        table[code] = category_kind(chr(code))
    for start, end in HAN_BLOCKS:
        table[start : end + 1] = HAN
    table[[ord(mark) for mark in SOFT_MARKS]] = SOFT
    table[[ord(mark) for mark in HARD_MARKS]] = HARD
    table[[ord(mark) for mark in MARKS_IN_NUMBERS]] = IN_NUMBER
    table[[ord(mark) for mark in MARKS_IN_WORDS]] = IN_WORD
    table[ord(TURN_BREAK)] = BREAK
    return table


def category_kind(character: str) -> int:
    """Return the kind that a character's Unicode category gives it."""
    category = unicodedata.category(character)
    if category == "Nd":
        return DIGIT
    if category[0] in "LMN":
        return WORD
    return SPACE if character.isspace() or category[0] == "Z" else OTHER
