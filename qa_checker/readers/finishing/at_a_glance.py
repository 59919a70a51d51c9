"""Calls that are as they should be, known by a few questions about many of them at once.

What is said True here is so where the careful counterpart would change nothing and have
nothing to say; False means nothing but "look with care". Most calls are in order, and
asking every segment every question costs more than judging the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from math import inf
from operator import eq
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from qa_checker.call import Columns, Who
from qa_checker.readers.encodings.mojibake import QUESTION, suspects
from qa_checker.readers.finishing.marks import BEGINNINGS, SURE_PAUSE
from qa_checker.readers.finishing.notices import told

LATEST = 21_600.0  # seconds; a call that ends later gets a note
LONGEST = 29.0  # seconds; in these, what is long enough to tell a pace is not too slow
FASTEST = 14.9  # characters a second, up to which nothing is too fast
DENSEST, LONG = 14.0, 10  # characters a second, at which neither Han nor words are too fast
FASTEST_WORDS, LONG_WORDS = 7.5, 6  # a second
PLAIN, BLANK, EDGE, ODD = range(4)  # kinds of characters
ASCII, BMP, SURROGATE = 0x80, 0x10000, 0xD800
PAUSE = 7  # characters of the longest pause

Numbers = npt.NDArray[Any]


class Glance(NamedTuple):
    """What is known of what is said in a call.

    `clean`: all texts are trimmed, can be seen, and hold no marks or mojibake. `paced`: all
    have text and times, none ends before it starts or is too slow or too fast to be speech.
    `in_order`: they are in order of time, from 0 on, and less than half start together.
    `latest`: seconds at which the last of them ends.
    """

    clean: bool
    paced: bool
    in_order: bool
    latest: float


NOTHING = Glance(clean=False, paced=False, in_order=False, latest=inf)


def glances(calls: Sequence[Columns]) -> list[Glance]:
    """Return what is known of each of several calls."""
    known = iter(_glances([said for said in calls if said.texts]))
    return [next(known) if said.texts else NOTHING for said in calls]


def _glances(calls: Sequence[Columns]) -> Iterator[Glance]:
    if not calls:
        return
    texts = list(chain.from_iterable([said.texts for said in calls]))
    starts, ends = _times([said.starts for said in calls]), _times([said.ends for said in calls])
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    sizes = np.array([len(said.texts) for said in calls])
    first = np.cumsum(sizes) - sizes  # of each call
    every = "\n".join(["", *texts, ""])
    paced = _paced(texts, lengths, starts, ends)
    columns = (
        _clean(every, (np.cumsum(lengths + 1) - lengths - 1)[first]),
        np.logical_and.reduceat(paced, first),
        _in_order(starts, first, sizes),
        np.maximum.reduceat(np.where(np.isnan(ends), inf, ends), first),
    )
    labelled = map(plainly_labelled, (tuple(said.people()) for said in calls))
    for clean, paced, in_order, latest in zip(*(one.tolist() for one in columns), strict=True):
        yield Glance(next(labelled) and clean, paced, in_order, latest)


def _times(columns: Sequence[Sequence[float | None]]) -> Numbers:
    """Return the times of several calls as one column, NaN for one that is not there."""
    every: list[Any] = list(chain.from_iterable(columns))
    try:
        return np.fromiter(every, float, len(every))
    except TypeError:
        return np.array(every, float)


@lru_cache(maxsize=1024)
def plainly_labelled(people: tuple[Who, ...]) -> bool:
    """Tell that all labels and channels are trimmed and can be seen."""
    labels = [label for _, *both in people for label in both]
    return list(map(str.strip, labels)) == labels and "".join(labels).isprintable()


def _clean(every: str, first: Numbers) -> Numbers:
    """Tell of which calls the texts, each between line ends, are clean.

    `first` holds the character before the first text of each.
    """
    kinds = _kinds_in(every)
    # a text that is empty or not trimmed has an edge beside an edge or a blank
    clean = np.maximum.reduceat(kinds[1:] + kinds[:-1], first) <= BLANK + BLANK
    place = every.find("秒")
    while place >= 0:
        if SURE_PAUSE.search(every, place + 1 - PAUSE, place + 2) is not None:
            clean[np.searchsorted(first, place, "right") - 1] = False
        place = every.find("秒", place + 1)
    place = every.find(QUESTION)
    while place >= 0:
        clean[np.searchsorted(first, place, "right") - 1] = False
        place = every.find(QUESTION, place + len(QUESTION))
    for begin in told(every):
        clean[np.searchsorted(first, begin, "right") - 1] = False
    found: Numbers = clean
    return found


def _kinds_in(text: str) -> Numbers:
    if text.isascii():
        return np.frombuffer(text.encode().translate(_kinds()[:ASCII].tobytes() * 2), np.uint8)
    units: Numbers = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) > len(text):  # some are beyond 16 bits, which are odd as surrogates are
        units = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        units = np.where(units < BMP, units, SURROGATE)
    return _kinds().take(units)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return the kind of each character of 16 bits.

    Odd are those that cannot be seen, and those without which there is no mark or mojibake.
    """
    every = "".join(map(chr, range(BMP)))
    kinds = np.where(list(map(str.isprintable, every)), PLAIN, ODD).astype(np.uint8)
    kinds[list(map(ord, re.findall(f"[{BEGINNINGS}{suspects()}]", every)))] = ODD
    kinds[list(map(ord, " \n"))] = BLANK, EDGE
    return kinds


def _paced(texts: Sequence[str], lengths: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """Tell which segments have a text, and times in which it may be said."""
    with np.errstate(invalid="ignore"):
        long = ends - starts
    within = (long >= 0) & (long <= LONGEST) & (lengths > 0)
    paced: Numbers = within & (lengths + 1 <= FASTEST * long)
    for place in np.flatnonzero(within & ~paced).tolist():
        paced[place] = not _too_fast(texts[place], long[place])
    return paced


def _too_fast(text: str, long: float) -> bool:
    """Tell whether there may be too many Han or words in some seconds.

    There are no more Han than characters, no more words than every other character, and in
    plain ASCII no more words than spaces and one.
    """
    if FASTEST_WORDS * long < text.count(" ") + 1 >= LONG_WORDS:
        return True
    return DENSEST * long < len(text) >= LONG and not (text.isascii() and text.isprintable())


def _in_order(starts: Numbers, first: Numbers, sizes: Numbers) -> Numbers:
    """Tell in which calls no start is before the one before it, and not half are the same."""
    later, same = np.empty(len(starts), bool), np.empty(len(starts), np.intp)
    later[1:], same[1:] = starts[1:] >= starts[:-1], starts[1:] == starts[:-1]
    later[first], same[first] = starts[first] >= 0, 0
    found: Numbers = np.logical_and.reduceat(later, first)
    return found & (np.add.reduceat(same, first) < sizes // 2)


def plainly_sound(known: Glance, said: Columns, duration: float | None) -> bool:
    """Tell that all have text and times, in order, within the call and at the pace of speech."""
    latest = min(duration or LATEST, LATEST)
    if not known.paced or known.latest > latest:
        return False
    return known.in_order or (_apart(said.starts) and _rising(said))


def _apart(starts: Sequence[Any]) -> bool:
    """Tell that no time is before 0, and that less than half of them are the same."""
    order = sorted(starts)
    return order[0] >= 0 and not any(map(eq, order, order[len(order) // 2 :]))


def _rising(said: Columns) -> bool:
    """Tell that nobody's segment starts before the one they said before it."""
    starts: Sequence[Any] = said.starts
    latest = 0.0
    for place, start in enumerate(starts):
        if start >= latest:
            latest = start
        elif start < starts[_before(said, place)]:
            return False
    return True


def _before(said: Columns, place: int) -> int:
    """Return where somebody has spoken before, the place itself if nowhere."""
    own = said.roles[place], said.speakers[place], said.channels[place]
    for each in range(place - 1, -1, -1):
        if own == (said.roles[each], said.speakers[each], said.channels[each]):
            return each
    return place
