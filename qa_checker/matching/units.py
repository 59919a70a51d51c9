"""Units of a text, which gaps count: Han characters, words, and runs of symbols.

Where they begin and end is worked out for a whole text at once; a gap then looks up the
few that it may cross, and where the sentence ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa_checker.matching.literals import HARD_MARK
from qa_checker.text.characters import DIGIT, HAN, OTHER, WORD
from qa_checker.text.codes import Positions

SOFT_MARK = " "
"""A soft mark or a space, or several: what a plain text has for them."""
Beside = frozenset[str] | None
"""The characters of which one must stand beside a gap; None: any may."""


@dataclass(frozen=True, eq=False)
class Units:
    """Where units of a text end and begin; of a text of n characters, at places 0 to n.

    Unit i lies from `begins[i]` to `ends[i]`; up to place p, `before[p]` of them have ended.
    `inside[p]` is 1 where a unit goes on across place p, a word or a run of symbols, else 0.
    """

    begins: Positions
    ends: Positions
    before: npt.NDArray[np.int32]
    inside: bytes


def units(kinds: bytes) -> Units:
    """Find the units of a text by the kinds of its characters."""
    each = np.frombuffer(kinds, dtype=np.uint8)
    word, other = (each == WORD) | (each == DIGIT), each == OTHER
    some = (each == HAN) | word | other
    inside = np.zeros(len(each) + 1, dtype=np.bool_)
    inside[1:-1] = (word[1:] & word[:-1]) | (other[1:] & other[:-1])
    ends, begins = ~inside, ~inside
    ends[0] = begins[-1] = False
    ends[1:] &= some
    begins[:-1] &= some
    before = ends.cumsum(dtype=np.int32)
    return Units(np.flatnonzero(begins), np.flatnonzero(ends), before, inside.tobytes())


def ends_ahead(
    found: Units, text: str, place: int, gap: tuple[int, int], high: int, ahead: Beside
) -> list[int]:
    """Return the places from least to most units ahead (`gap`), and behind a soft mark that
    follows, where one of the characters `ahead` stands.

    Nothing beyond the end of the sentence or `high`, that of the turn, counts.
    """
    least, most = gap
    stop = text.find(HARD_MARK, place, high)
    stop = high if stop < 0 else stop
    first = found.before.item(place)
    ends = [place, *found.ends[first : first + most].tolist()][least:]
    while ends and ends[-1] > stop:
        ends.pop()
    ends += [end + 1 for end in ends if end < stop and text[end] == SOFT_MARK]
    return ends if ahead is None else [end for end in ends if text[end : end + 1] in ahead]


def begins_behind(
    found: Units, text: str, place: int, gap: tuple[int, int], low: int, behind: Beside
) -> list[int]:
    """Return the places from least to most units back (`gap`), and before a soft mark that
    precedes, where one of the characters `behind` stands before them.

    Nothing before the beginning of the sentence or `low`, that of the turn, counts.
    """
    least, most = gap
    stop = text.rfind(HARD_MARK, low, place) + 1 or low
    last = found.before.item(place)
    begins = [place, *found.begins[max(0, last - most) : last][::-1].tolist()][least:]
    while begins and begins[-1] < stop:
        begins.pop()
    begins += [begin - 1 for begin in begins if begin > stop and text[begin - 1] == SOFT_MARK]
    return begins if behind is None else [b for b in begins if text[b - 1 : b] in behind]
