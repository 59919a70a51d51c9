"""Which turns may say the same again: all turns of a batch are compared at once, roughly.

Each unit of a sentence sets one of 128 bits. A bit that only one of two sentences has is a unit, or
several, that their longest common subsequence cannot have: where too little of either sentence
is left for it, the two need not be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qa_checker.events import Batch, Scene
from qa_checker.events._similar import Sentences, of_batch
from qa_checker.events._turns import PEOPLE, first_turns
from qa_checker.text.codes import as_codes

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
NOBODY = -1
ROUNDING = 1e-6
ONE_BIT = np.uint64(1) << np.arange(64, dtype=np.uint64)
HALVES = np.append(ONE_BIT, 0 * ONE_BIT), np.append(0 * ONE_BIT, ONE_BIT)
"""The first and the second half of 128 bits of which one is set."""


class Sought(NamedTuple):
    """Sentences of `least` units and more, `share` alike, within so many `turns` of a speaker."""

    least: int
    share: float
    turns: int


class Outline(NamedTuple):
    """Sentences in the order in which their speakers say them, speaker by speaker.

    For each the number of its turn, which turn of all these that is in this order, its speaker,
    its number of units, the two halves of its bits, and by how many it has more units than bits.
    """

    turns: Numbers
    places: Numbers
    speakers: Numbers
    sizes: Numbers
    low: Bits
    high: Bits
    more: Numbers


def may_be_again(scene: Scene, sought: Sought) -> list[int]:
    """Return the turns that may say again what their speaker said before, in order."""
    batch, english = scene.batch, scene.language == "en"
    key = turns_alike, english, sought
    if key not in batch.known:
        outline = outlined(of_batch(batch, english), speakers_of(batch), sought.least)
        batch.known[key] = turns_alike(outline, sought)
    firsts = batch.once(first_turns)
    first, last = firsts[scene.place : scene.place + 2]
    found: Numbers = batch.known[key]
    low, high = found.searchsorted((first, last)).tolist()
    own: list[int] = (found[low:high] - first).tolist()
    return own


def speakers_of(batch: Batch) -> Numbers:
    """Return the number of who speaks each turn, NOBODY for those who are no people."""
    known: dict[tuple[int, str, str], int] = {}
    found = [
        known.setdefault((place, turn.role, turn.speaker), len(known))
        if turn.role in PEOPLE
        else NOBODY
        for place, call in enumerate(batch.calls)
        for turn in call.turns
    ]
    return np.array(found, dtype=np.int64)


def outlined(sentences: Sentences, speakers: Numbers, least: int) -> Outline:
    """Outline the sentences of people that have enough units; `speakers` are those of turns."""
    places = np.empty(len(speakers), dtype=np.int64)
    places[speakers.argsort(kind="stable")] = np.arange(len(speakers))
    turns = np.arange(len(speakers)).repeat(np.diff(sentences.firsts))
    sizes = np.array([len(said.units) for said in sentences.said], dtype=np.int64)
    kept = np.flatnonzero((sizes >= max(least, 1)) & (speakers.take(turns) != NOBODY))
    kept = kept.take(places.take(turns.take(kept)).argsort(kind="stable"))
    low, high = bits_of_each([sentences.said[number].units for number in kept.tolist()])
    turns, sizes = turns.take(kept), sizes.take(kept)
    more = sizes - np.bitwise_count(low) - np.bitwise_count(high)
    return Outline(turns, places.take(turns), speakers.take(turns), sizes, low, high, more)


def bits_of_each(texts: Sequence[str]) -> list[Bits]:
    """Return both halves of the bits that the units of each of some texts set; none is empty."""
    if not texts:
        return [np.zeros(0, dtype=np.uint64)] * 2
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    units, begins = as_codes("".join(texts)) & 127, sizes.cumsum() - sizes
    return [np.bitwise_or.reduceat(half.take(units), begins) for half in HALVES]


def turns_alike(outline: Outline, sought: Sought) -> Numbers:
    """Return the turns of which a sentence may be like one of a turn before, in order."""
    later, back = np.arange(len(outline.turns)), 0
    found = [later[:0]]
    while len(later):
        back += 1
        later = later[later >= back]
        near, before = outline.places.take(later), later - back
        apart = near - outline.places.take(before)
        same = outline.speakers.take(later) == outline.speakers.take(before)
        reached = same & (apart <= sought.turns)
        later, apart = later[reached], apart[reached]
        found.append(later[(apart > 0) & alike(outline, later, back, sought.share)])
    return np.unique(outline.turns.take(np.concatenate(found)))


def alike(outline: Outline, later: Numbers, back: int, share: float) -> npt.NDArray[np.bool_]:
    """Tell of some sentences whether they may be like those so many places back."""
    low, high, sizes, more = outline.low, outline.high, outline.sizes, outline.more
    before = later - back
    common = np.bitwise_count(low.take(later) & low.take(before)).astype(np.int64)
    common += np.bitwise_count(high.take(later) & high.take(before))
    longest = common + np.minimum(more.take(later), more.take(before))
    enough: npt.NDArray[np.bool_] = (
        2 * longest >= share * (sizes.take(later) + sizes.take(before)) - ROUNDING
    )
    return enough
