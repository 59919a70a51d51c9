"""Which phrases lack in a sentence what they need there, asked for many of them at once.

Of each text that a phrase needs, a short run of characters is looked for in the text that is
searched; a phrase that needs one of several texts needs one of their runs in its sentence. Runs
are told by the first bits of a hash, so what seems to be there may be something else: it is
only the first, quick test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from qa_checker.matching.literals import Compiled
from qa_checker.text.characters import BREAK, HARD, Codes, Kinds
from qa_checker.text.codes import as_codes

SIZES = (1, 2, 4)
"""Characters of the runs; of a text the longest that it has is needed."""
KNOWN_BY = 16
"""Bits of a hash by which a run is told: more make it rarer that two look alike."""
NOT_NEEDED = -1
LARGEST = 1 << 24
"""Runs in sentences that are told apart; where there are more, sentences share a place."""
TOGETHER = 64
"""Sentences of which one number tells which hold a text: those of many are worked out at once."""

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Needed:
    """What some phrases need: phrase n the lists from `lists[n]` to `lists[n + 1]`, and of
    each list m one of the `runs` from `texts[m]` to `texts[m + 1]`. `run_of` has the number of
    each run by the first bits of its hash, or NOT_NEEDED.
    """

    lists: Numbers
    texts: Numbers
    runs: Numbers
    run_of: npt.NDArray[np.int32]
    count: int


def needed(phrases: Sequence[Compiled]) -> Needed:
    """Collect what phrases need within their sentence."""
    needs = [(*each.ahead, *each.behind) if each.one_sentence else () for each in phrases]
    lists = [texts for some in needs for texts in some]
    texts = [text for some in lists for text in some]
    sizes = np.array([sum(len(text) >= size for size in SIZES) - 1 for text in texts], dtype=int)
    starts = np.array([0, *accumulate(map(len, texts))], dtype=np.int64)[:-1]
    known = np.stack(runs_in(as_codes("".join(texts))))[sizes, starts]
    each, runs = np.unique(known, return_inverse=True)
    run_of = np.full(1 << KNOWN_BY, NOT_NEEDED, dtype=np.int32)
    run_of[each] = np.arange(len(each))
    return Needed(offsets(needs), offsets(lists), runs, run_of, len(each))


def offsets(lists: Sequence[Sequence[object]]) -> Numbers:
    """Return where each of some lists begins when they stand one after the other, and the end."""
    return np.array([0, *accumulate(map(len, lists))], dtype=np.int64)


def runs_in(codes: Codes) -> tuple[Hashes, ...]:
    """Return for each place of a text the first bits of the hash of the run of each of SIZES
    that begins there.
    """
    after = np.concatenate((codes, np.zeros(max(SIZES), dtype=np.uint32)))
    two = after[:-1] * np.uint32(0x9E3779B1) + after[1:]
    four = two[:-2] * np.uint32(0x85EBCA77) + two[2:]
    return tuple(
        hashes[: len(codes)] * np.uint32(0xC2B2AE3D) >> np.uint32(32 - KNOWN_BY)
        for hashes in (after, two, four)
    )


def expanded(offsets: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """Return all elements of some lists: which of the chosen lists each is of, and its number."""
    first = offsets.take(chosen)
    counts = offsets.take(chosen + 1) - first
    ends = counts.cumsum()
    which = np.repeat(np.arange(len(chosen)), counts)
    return which, np.arange(len(which)) + np.repeat(first - (ends - counts), counts)


def may_hold(
    needed: Needed, codes: Codes, sentences: Numbers, phrases: Numbers, places: Numbers
) -> Truths:
    """Tell whether the sentences at some places may hold what a phrase beside each needs.

    `sentences` has the number of the sentence of each character.
    """
    held = np.ones(len(phrases), dtype=np.bool_)
    if not needed.count:
        return held
    asked = numbers_of(sentences, sentences.take(places))
    held_in = sentences_with_lists(needed, codes, asked)
    which, lists = expanded(needed.lists, phrases)
    numbers = asked.take(places).take(which) % (8 * held_in.shape[1])
    found = held_in[lists, numbers >> 3] >> (numbers & 7).astype(np.uint8) & 1
    held[which[found == 0]] = False
    return held


def sentences_with_lists(needed: Needed, codes: Codes, sentences: Numbers) -> Bits:
    """Return for each list, as a row of bits, which sentences may hold one of its texts.

    `sentences` has the number of the sentence of each character, or NOT_NEEDED. Where there are
    more than there are bits in a row, those begin anew.
    """
    wanted = int(sentences.max(initial=0)) // TOGETHER + 1
    width = min(wanted, LARGEST // needed.count // TOGETHER or 1) * TOGETHER
    there = np.zeros(needed.count * width, dtype=np.bool_)
    asked = np.flatnonzero(sentences != NOT_NEEDED)  # a run across what is not may find too much
    columns = sentences.take(asked) % width
    for runs in runs_in(codes.take(asked)):
        numbers = needed.run_of.take(runs)
        at = np.flatnonzero(numbers != NOT_NEEDED)
        there[numbers.take(at) * np.int64(width) + columns.take(at)] = True
    with_runs = np.packbits(there.reshape(-1, width), axis=1, bitorder="little").view(np.uint64)
    each = with_runs.take(needed.runs, axis=0)
    return np.bitwise_or.reduceat(each, needed.texts[:-1], axis=0).view(np.uint8)


def sentences_of(kinds: Kinds) -> Numbers:
    """Return for each character of a text the number of its sentence."""
    numbers: Numbers = ((kinds == HARD) | (kinds == BREAK)).cumsum(dtype=np.int64)
    return numbers


def numbers_of(sentences: Numbers, chosen: Numbers) -> Numbers:
    """Return some sentences numbered anew: the chosen ones from 0, all others NOT_NEEDED."""
    asked = np.zeros(sentences.max(initial=0) + 1, dtype=np.bool_)
    asked[chosen] = True
    numbers: Numbers = np.where(asked, asked.cumsum() - 1, NOT_NEEDED).take(sentences)
    return numbers
