"""Sets of characters as bits, of which many can be asked at once.

A set errs on the safe side: it may seem to hold a character that it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from qa_checker.text.characters import TURN_BREAK, Codes

WORDS = 4
"""A set of characters is so many numbers of 64 bits; see `bits_of`."""

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Sets = npt.NDArray[np.uint64]


def bits_of(characters: frozenset[str] | None) -> tuple[int, ...]:
    """Return a set of characters (None: all) as bits, one for all characters whose codes end
    alike; `may_be` tells whether a character is in it, and errs on the safe side.
    """
    if characters is None:
        return ((1 << 64) - 1,) * WORDS
    bits = [0] * WORDS
    for character in characters:
        code = ord(character or TURN_BREAK)
        bits[code >> 6 & WORDS - 1] |= 1 << (code & 63)
    return tuple(bits)


def may_be(sets: Sets, rows: Numbers, codes: Codes) -> Truths:
    """Tell whether characters may be in the sets of some rows."""
    words = sets.take(rows * WORDS + (codes >> 6 & WORDS - 1))
    return (words >> (codes & 63).astype(np.uint64) & np.uint64(1)).astype(np.bool_)


def sets(values: Iterable[Sequence[int]]) -> Sets:
    """Return sets of characters as an array, a row of WORDS numbers for each."""
    words = np.fromiter((word for value in values for word in value), dtype=np.uint64)
    return words.reshape(-1, WORDS)
