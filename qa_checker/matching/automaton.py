"""One automaton for each way of reading: its literals, and the phrases that they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import ahocorasick_rs as aho
import numpy as np
import numpy.typing as npt

from qa_checker.matching.character_sets import Numbers, Sets, Truths, sets
from qa_checker.matching.literals import Compiled
from qa_checker.matching.needed import Needed, needed
from qa_checker.matching.targets import ANY, Target, Wanted, targets_of
from qa_checker.matching.views import Way
from qa_checker.text.characters import TURN_BREAK, Codes
from qa_checker.text.codes import as_codes
from qa_checker.text.pinyin import soundings

SMALL = 4_000
"""Literals up to which the faster, larger kind of automaton is worth its memory."""
ALL_BYTES = 256
MOST_OWN = 128
"""Characters that are given a byte of their own, at most."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Columns:
    """What literals lead to, as arrays of one row for each time that one leads to a target:
    those of literal n are the rows from offsets[n] to offsets[n + 1].

    `targets` are numbers of `Automaton.targets`, `phrases` of `Automaton.phrases`, `needy` tells
    which need something around the literal, `entries` are the targets' own, `roles` numbers of
    `Automaton.roles`, `lengths` those of `Automaton.said`; `bare` and `beside` are what `Side`
    has, before (0) and behind (1).
    """

    offsets: Numbers
    targets: Numbers
    phrases: Numbers
    needy: Truths
    entries: Numbers
    roles: Numbers
    lengths: Numbers
    bare: tuple[Truths, Truths]
    beside: tuple[Sets, Sets]


@dataclass(frozen=True)
class Automaton:
    """All literals to look for in one way of reading, and what they lead to.

    Literal n leads to counts[n] targets: one after the other, `led_to` are the numbers of all
    of them, and `said` what is written there in the phrase.
    """

    way: Way
    literals: tuple[str, ...]
    counts: tuple[int, ...]
    led_to: tuple[int, ...]
    said: tuple[str, ...]
    targets: tuple[Target, ...]
    anywhere: tuple[Wanted, ...]

    @cached_property
    def alphabet(self) -> Bytes:
        """The byte by which each character is told, by the lower half of its code.

        All that are in no literal share one. The rest is shared by those of longer literals, so
        that what is found there may only look alike; a character that is a literal has its own.
        """
        alone = {each for each in self.literals if len(each) == 1} | {TURN_BREAK}
        own = sorted(alone)[:MOST_OWN]
        others = sorted(set("".join(self.literals)).difference(own))
        bytes_of = np.zeros(1 << 16, dtype=np.uint8)
        bytes_of[lower_half(own)] = np.arange(1, len(own) + 1)
        shared = np.arange(len(others)) % (ALL_BYTES - 1 - len(own))
        bytes_of[lower_half(others)] = shared + len(own) + 1
        return bytes_of

    def spelled(self, codes: Codes) -> Bytes:
        """Return a text in the bytes in which literals are looked for: one for each character.

        That is quick, and finds each at its place in the text.
        """
        return self.alphabet.take(codes.astype(np.uint16))

    @cached_property
    def finder(self) -> aho.BytesAhoCorasick:
        """What finds by its number each literal that may stand in a text, as it is `spelled`."""
        few = len(self.literals) <= SMALL
        kind = aho.Implementation.DFA if few else aho.Implementation.ContiguousNFA
        together = self.spelled(as_codes("".join(self.literals))).tobytes()
        places = pairwise(accumulate(map(len, self.literals), initial=0))
        return aho.BytesAhoCorasick([together[s:e] for s, e in places], implementation=kind)

    @cached_property
    def ends(self) -> tuple[Codes, Codes]:
        """The first and the last character of each literal: what looks alike differs in these."""
        firsts, lasts = ("".join([each[n] for each in self.literals]) for n in (0, -1))
        return as_codes(firsts), as_codes(lasts)

    @cached_property
    def phrases(self) -> Mapping[int, tuple[int, Compiled]]:
        """The phrases of all targets, with their numbers, by their id()."""
        each = {id(target.phrase): target.phrase for target in self.targets}
        return {key: (number, phrase) for number, (key, phrase) in enumerate(each.items())}

    @cached_property
    def needed(self) -> Needed:
        """What the phrases need."""
        return needed([phrase for _, phrase in self.phrases.values()])

    @cached_property
    def roles(self) -> Mapping[str, int]:
        """The roles whose words are asked for by number; 0 is everybody's."""
        asked = sorted({target.role for target in self.targets} - {ANY})
        return {role: number for number, role in enumerate((ANY, *asked))}

    @cached_property
    def entries(self) -> frozenset[int]:
        """The entries that have a phrase here."""
        found = {target.entry for target in self.targets}
        return frozenset(found.union(wanted.entry for wanted in self.anywhere))

    @cached_property
    def columns(self) -> Columns:
        """What the literals lead to as arrays."""
        targets, roles, phrases = self.targets, self.roles, self.phrases
        rows = np.array(self.led_to, dtype=np.int64)
        needy = truths(bool(target.phrase.ahead or target.phrase.behind) for target in targets)
        return Columns(
            offsets=np.array([0, *accumulate(self.counts)], dtype=np.int64),
            targets=rows,
            phrases=numbers(phrases[id(target.phrase)][0] for target in targets).take(rows),
            needy=needy.take(rows),
            entries=numbers(target.entry for target in targets).take(rows),
            roles=numbers(roles[target.role] for target in targets).take(rows),
            lengths=numbers(map(len, self.said)),
            bare=(
                truths(target.before.bare for target in targets).take(rows),
                truths(target.after.bare for target in targets).take(rows),
            ),
            beside=(
                sets(target.before.beside for target in targets)[rows].ravel(),
                sets(target.after.beside for target in targets)[rows].ravel(),
            ),
        )


def automaton(wanted: Iterable[Wanted], way: Way) -> Automaton:
    """Collect the literals of all phrases that are read in a way."""
    targets: list[Target] = []
    led_to: dict[str, list[tuple[int, str]]] = {}
    anywhere = []
    for each in wanted:
        if not each.phrase.literals:
            anywhere.append(each)
        for target, literals in targets_of(each, way):
            for literal in literals:
                said = literal.strip(TURN_BREAK)
                for sounding in soundings(literal, way[0]) if way[0] else (literal,):
                    led_to.setdefault(sounding, []).append((len(targets), said))
            targets.append(target)
    return Automaton(
        way,
        literals=tuple(led_to),
        counts=tuple(map(len, led_to.values())),
        led_to=tuple(number for some in led_to.values() for number, _ in some),
        said=tuple(said for some in led_to.values() for _, said in some),
        targets=tuple(targets),
        anywhere=tuple(anywhere),
    )


def framed(codes: Codes) -> Codes:
    """Return a text with a break at either end."""
    with_breaks = np.full(len(codes) + 2, ord(TURN_BREAK), dtype=np.uint32)
    with_breaks[1:-1] = codes
    return with_breaks


def lower_half(characters: Sequence[str]) -> npt.NDArray[np.uint16]:
    """Return the lower half of the code of each of some characters."""
    return as_codes("".join(characters)).astype(np.uint16)


def truths(values: Iterable[bool]) -> Truths:
    """Return truths as an array."""
    return np.fromiter(values, dtype=np.bool_)


def numbers(values: Iterable[int]) -> Numbers:
    """Return numbers as an array."""
    return np.fromiter(values, dtype=np.int64)
