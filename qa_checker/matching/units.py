"""Units of a text, which gaps count: Han characters, words, and runs of symbols.

Where they begin and end is worked out for a whole text at once; a gap then looks up the
few that it may cross, and where the sentence ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa_checker.matching.literals import HARD_MARK
from qa_checker.text.characters import DIGIT, HAN, OTHER, SOFT, SPACE, WORD
from qa_checker.text.codes import Positions

SOFT_KINDS = frozenset((SPACE, SOFT))


@dataclass(frozen=True, eq=False)
class Units:
    """Where units of a text end and begin; of a text of n characters, at places 0 to n.

    Unit i lies from `begins[i]` to `ends[i]`; up to place p, `before[p]` of them have ended.
    """

    begins: Positions
    ends: Positions
    before: npt.NDArray[np.int32]


def units(kinds: bytes) -> Units:
    """Find the units of a text by the kinds of its characters."""
    each = np.frombuffer(kinds, dtype=np.uint8)
    word, other = (each == WORD) | (each == DIGIT), each == OTHER
    some = (each == HAN) | word | other
    goes_on = (word[1:] & word[:-1]) | (other[1:] & other[:-1])
    ends = np.zeros(len(each) + 1, dtype=np.bool_)
    begins = np.zeros(len(each) + 1, dtype=np.bool_)
    ends[1:], begins[:-1] = some, some
    ends[1:-1] &= ~goes_on
    begins[1:-1] &= ~goes_on
    return Units(np.flatnonzero(begins), np.flatnonzero(ends), ends.cumsum(dtype=np.int32))


def ends_ahead(
    found: Units, text: str, kinds: bytes, place: int, least: int, most: int, high: int
) -> list[int]:
    """Return the places from least to most units ahead, and behind a soft mark that follows.

    Nothing beyond the end of the sentence or `high`, that of the turn, counts.
    """
    stop = text.find(HARD_MARK, place, high)
    stop = high if stop < 0 else stop
    first = found.before.item(place)
    ends = [place, *found.ends[first : first + most].tolist()][least:]
    while ends and ends[-1] > stop:
        ends.pop()
    return ends + [end + 1 for end in ends if end < stop and kinds[end] in SOFT_KINDS]


def begins_behind(
    found: Units, text: str, kinds: bytes, place: int, least: int, most: int, low: int
) -> list[int]:
    """Return the places from least to most units back, and before a soft mark that precedes.

    Nothing before the beginning of the sentence or `low`, that of the turn, counts.
    """
    stop = text.rfind(HARD_MARK, low, place) + 1 or low
    last = found.before.item(place)
    begins = [place, *found.begins[max(0, last - most) : last][::-1].tolist()][least:]
    while begins and begins[-1] < stop:
        begins.pop()
    return begins + [b - 1 for b in begins if b > stop and kinds[b - 1] in SOFT_KINDS]
