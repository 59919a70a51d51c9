"""Texts as arrays: the code point and the kind of each character."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qa_checker import lazy_re
from qa_checker.text.characters import (
    BREAK,
    DIGIT,
    HAN,
    HARD,
    IN_NUMBER,
    IN_WORD,
    SOFT,
    SPACE,
    WORD,
    Codes,
    Kinds,
)

Positions = npt.NDArray[np.int64]
FULL_STOP = ord(".")
SURROGATE = lazy_re.compile("[\ud800-\udfff]")
NEIGHBOURS_WANTED = np.zeros(10, dtype=np.uint8)
NEIGHBOURS_WANTED[[IN_NUMBER, IN_WORD]] = DIGIT, WORD
RUN_BECOMES = np.full(10, ord(" "), dtype=np.uint32)
RUN_BECOMES[HARD] = ord("。")


def joins_of(kinds: Kinds) -> Kinds:
    """Return, for each place of a text of such kinds, whether a word goes on across it."""
    goes_on = np.zeros(len(kinds) + 1, dtype=np.uint8)
    words = (kinds == WORD) | (kinds == DIGIT)
    np.logical_and(words[1:], words[:-1], out=goes_on[1:-1].view(np.bool_))
    return goes_on


def as_codes(text: str) -> Codes:
    """Return the code points of a text; lone surrogates become U+FFFD."""
    try:
        encoded = text.encode("utf-32-le")
    except UnicodeEncodeError:
        encoded = SURROGATE.sub("\ufffd", text).encode("utf-32-le")
    return np.frombuffer(encoded, dtype=np.uint32)


def as_text(codes: Codes) -> str:
    """Return the text of some code points."""
    if codes.max(initial=0) < 1 << 16:  # as nearly always, and read twice as quickly
        return codes.astype(np.uint16).tobytes().decode("utf-16-le")
    return codes.tobytes().decode("utf-32-le")


def settle_inner_marks(codes: Codes, kinds: Kinds, marks: Positions) -> None:
    """Decide what . , : and ' among some marks are: part of a number or a word, or a mark."""
    marks = marks[kinds.take(marks) >= IN_NUMBER]
    inner = NEIGHBOURS_WANTED.take(kinds.take(marks))
    joins = (kinds.take(marks - 1, mode="clip") == inner) & (
        kinds.take(marks + 1, mode="clip") == inner
    )
    alone = np.where(codes.take(marks) == FULL_STOP, HARD, SOFT)
    kinds[marks] = np.where(joins, WORD, alone)


def collapse(codes: Codes, kinds: Kinds, marks: Positions) -> Positions:
    """Turn each run of marks into one character; return the positions that do not stay.

    `codes` and `kinds` are changed in place at the positions that stay. `marks` holds the
    positions of all marks, and may hold others.
    """
    marks = marks[kinds.take(marks) > BREAK]
    if not len(marks):
        return marks
    opens = np.ones(len(marks), dtype=np.bool_)
    np.not_equal(marks[1:] - marks[:-1], 1, out=opens[1:])
    firsts = np.flatnonzero(opens)
    begins, ends = marks.take(firsts), marks.take(np.append(firsts[1:], len(marks)) - 1)
    run = np.maximum.reduceat(kinds.take(marks), firsts)
    codes[begins] = RUN_BECOMES.take(run)
    kinds[begins] = run
    opens[firsts] = (run != SPACE) | ~(is_han(kinds, begins - 1) | is_han(kinds, ends + 1))
    return marks[~opens]


def is_han(kinds: Kinds, positions: Positions) -> npt.NDArray[np.bool_]:
    """Tell for each position whether Han stands there (positions beyond the text: no)."""
    beside: npt.NDArray[np.bool_] = kinds.take(positions, mode="clip") == HAN
    return beside
