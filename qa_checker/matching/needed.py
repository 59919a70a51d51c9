"""Which phrases lack in a sentence what they need there, asked for many of them at once.

Of each text that a phrase needs, and of the text that is searched, short runs of characters
are hashed; a phrase that needs one of several texts needs one of their hashes in its sentence.
What seems to be there may be something else: it is only the first, quick test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from qa_checker.matching.literals import Compiled
from qa_checker.text.characters import BREAK, HARD, Codes
from qa_checker.text.codes import as_codes

SIZES = (1, 2, 4)
"""Characters of the runs; of a text the longest that it has is needed."""
ROOM = 8
"""Slots for each character and size: more make it rarer that two share one."""

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Needed:
    """What some phrases need: phrase n the lists from `lists[n]` to `lists[n + 1]`, and of
    each list m one of the `hashes` from `texts[m]` to `texts[m + 1]`.
    """

    lists: Numbers
    texts: Numbers
    hashes: Hashes


def needed(phrases: Sequence[Compiled]) -> Needed:
    """Collect what phrases need within their sentence."""
    needs = [(*each.ahead, *each.behind) if each.one_sentence else () for each in phrases]
    lists = [texts for some in needs for texts in some]
    texts = [text for some in lists for text in some]
    sizes = np.array([sum(len(text) >= size for size in SIZES) - 1 for text in texts], dtype=int)
    starts = np.array([0, *accumulate(map(len, texts))], dtype=np.int64)[:-1]
    runs = np.stack(runs_in(as_codes("".join(texts))))
    return Needed(offsets(needs), offsets(lists), runs[sizes, starts])


def offsets(lists: Sequence[Sequence[object]]) -> Numbers:
    """Return where each of some lists begins when they stand one after the other, and the end."""
    return np.array([0, *accumulate(map(len, lists))], dtype=np.int64)


def runs_in(codes: Codes) -> tuple[Hashes, Hashes, Hashes]:
    """Return for each place of a text the hash of the run of each of SIZES that begins there."""
    after = np.concatenate((codes, np.zeros(max(SIZES), dtype=np.uint32)))
    two = after[:-1] * np.uint32(0x9E3779B1) + after[1:]
    four = two[:-2] * np.uint32(0x85EBCA77) + two[2:]
    size = len(codes)
    return codes * np.uint32(0xC2B2AE3D), two[:size], four[:size]


def slots(hashes: Hashes, sentences: Hashes, bits: int) -> Hashes:
    """Return a number below 1 << bits for each hash in a sentence."""
    mixed = (hashes ^ sentences * np.uint32(0x27D4EB2F)) * np.uint32(0x165667B1)
    return mixed >> np.uint32(32 - bits)


def expanded(offsets: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """Return all elements of some lists: which of the chosen lists each is of, and its number."""
    first = offsets.take(chosen)
    counts = offsets.take(chosen + 1) - first
    ends = counts.cumsum()
    which = np.repeat(np.arange(len(chosen)), counts)
    return which, np.arange(len(which)) + np.repeat(first - (ends - counts), counts)


def may_hold(
    needed: Needed, codes: Codes, kinds: bytes, phrases: Numbers, places: Numbers
) -> Truths:
    """Tell whether the sentences at some places may hold what a phrase beside each needs."""
    bits = min(24, (len(codes) * len(SIZES) * ROOM).bit_length())
    marks = np.frombuffer(kinds, dtype=np.uint8)
    sentence_of = ((marks == HARD) | (marks == BREAK)).cumsum(dtype=np.uint32)
    there = np.zeros(1 << bits, dtype=np.bool_)
    for runs in runs_in(codes):
        there[slots(runs, sentence_of, bits)] = True
    which, lists = expanded(needed.lists, phrases)
    of_list, texts = expanded(needed.texts, lists)
    sentences = sentence_of.take(places).take(which.take(of_list))
    found = np.zeros(len(lists), dtype=np.bool_)
    found[of_list[there.take(slots(needed.hashes.take(texts), sentences, bits))]] = True
    held = np.ones(len(phrases), dtype=np.bool_)
    held[which[~found]] = False
    return held
