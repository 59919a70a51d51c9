"""A call that is as it should be, known by a few questions about all of it at once.

Each function says True only where its careful counterpart would change nothing and have
nothing to say; False means nothing but "look with care". Most calls are in order, and
asking every segment every question costs more than judging the call.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from operator import eq
from typing import Any

import numpy as np
import numpy.typing as npt

from qa_checker.call import Columns, Who
from qa_checker.readers.marks import BEGINNINGS, SURE_PAUSE
from qa_checker.readers.mojibake import suspects

LATEST = 21_600.0  # seconds; a call that ends later gets a note
LONGEST = 29.0  # seconds; in these, what is long enough to tell a pace is not too slow
FASTEST, FASTEST_ASCII = 14.9, 15.9  # characters a second, up to which nothing is too fast
DENSEST, LONG = 14.0, 10  # characters a second, at which neither Han nor words are too fast
FASTEST_WORDS, LONG_WORDS = 7.5, 6  # a second
PLAIN, BLANK, EDGE, ODD = range(4)  # kinds of characters
BMP = 0x10000


def plainly_clean(said: Columns) -> bool:
    """Tell that all texts and labels are trimmed, can be seen, and hold no marks or mojibake."""
    labels = [label for _, *both in said.people() for label in both]
    if list(map(str.strip, labels)) != labels or not "".join(labels).isprintable():
        return False
    every = "\n".join(["", *said.texts, ""])
    kinds = _kinds().take(np.frombuffer(every.encode("utf-16-le", "surrogatepass"), np.uint16))
    # a text that is empty or not trimmed has an edge beside an edge or a blank
    if not said.texts or np.add(kinds[1:], kinds[:-1]).max() > BLANK + BLANK:
        return False
    return "秒" not in every or SURE_PAUSE.search(every) is None


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return the kind of each unit of UTF-16, of which those beyond it are odd as surrogates are.

    Odd are those that cannot be seen, and those without which there is no mark or mojibake.
    """
    every = "".join(map(chr, range(BMP)))
    kinds = np.where(list(map(str.isprintable, every)), PLAIN, ODD).astype(np.uint8)
    kinds[list(map(ord, re.findall(f"[{BEGINNINGS}{suspects()}]", every)))] = ODD
    kinds[list(map(ord, " \n"))] = BLANK, EDGE
    return kinds


def plainly_sound(said: Columns, duration: float | None) -> bool:
    """Tell that all have text and times, in order, within the call and at the pace of speech."""
    starts: Any = said.starts
    ends: Any = said.ends
    try:
        order = sorted(starts)
        if not order or not all(said.texts) or not _paced(said.texts, starts, ends):
            return False
    except TypeError:  # there is no time
        return False
    if order[0] < 0 or any(map(eq, order, order[len(order) // 2 :])):  # half start at one time
        return False
    latest = min(duration or LATEST, LATEST)
    in_time = order[-1] + LONGEST <= latest or max(ends) <= latest
    return in_time and (starts == order or _rising(said))


def _rising(said: Columns) -> bool:
    """Tell that nobody's segment starts before the one they said before it."""
    theirs: dict[Who, list[Any]] = defaultdict(list)
    for one, start in zip(said.who(), said.starts, strict=True):
        theirs[one].append(start)
    return all(one == sorted(one) for one in theirs.values())


def _paced(texts: Sequence[str], starts: Sequence[float], ends: Sequence[float]) -> bool:
    """Tell that no segment ends before it starts, or is too slow or too fast to be speech.

    There are no more Han than characters, no more words than every other character, and in
    plain ASCII no more words than spaces and one.
    """
    fastest = FASTEST_ASCII if "".join(texts).isascii() else FASTEST
    doubtful = [
        (text, end - start)
        for text, start, end in zip(texts, starts, ends, strict=True)
        if not len(text) + 1 <= fastest * (end - start) <= fastest * LONGEST
    ]
    return not [
        text
        for text, long in doubtful
        if not 0 <= long <= LONGEST
        or FASTEST_WORDS * long < text.count(" ") + 1 >= LONG_WORDS
        or (DENSEST * long < len(text) >= LONG and not (text.isascii() and text.isprintable()))
    ]
