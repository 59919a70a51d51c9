"""The ways in which a call is read: as written, by sound, and without fillers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from qa_checker import lazy_re
from qa_checker.matching import slots
from qa_checker.matching.needed import sentences_of
from qa_checker.matching.units import Units, units
from qa_checker.text.characters import BREAK, Codes, Kinds
from qa_checker.text.codes import Positions, as_text, joins_of
from qa_checker.text.pinyin import heard
from qa_checker.text.plain import Plain

Way = tuple[str, str]
"""(homophones, fillers): ("", ""), ("same", ""), ("near", "skip") …"""
AS_WRITTEN: Way = ("", "")

FILLER = "嗯+|呃+|啊+|那个|(?<![a-z0-9'])(?:u[mh]+|erm?|hmm+)(?![a-z0-9'])"
FILLERS = lazy_re.compile(f"(?: ?(?:{FILLER}))+ ?")
MAYBE_FILLERS = (
    lazy_re.compile("嗯|呃|啊"),
    lazy_re.compile("那个"),
    lazy_re.compile("u[mh](?<![a-z0-9']..)"),
    lazy_re.compile("er(?<![a-z0-9']..)"),
    lazy_re.compile("hm(?<![a-z0-9']..)"),
)
"""What is left out for `fillers: skip`, with the soft marks around it, and how it begins: for each
beginning a regex of its own, which need not be tried where its first character does not stand.
"""


@dataclass(frozen=True, eq=False)
class View:
    """A call read in one way.

    `text` is plain text, `codes` the code point and `kinds` the kind of each character, and
    `joins` whether a word goes on across each place. Turn i begins at `begins[i]`. `index`
    leads to places in the call's own plain text (None: the same places). `ends_of_slots` and
    `slots` keep what was found of slots.
    """

    way: Way
    text: str
    codes: Codes
    kinds: bytes
    joins: bytes
    begins: Positions
    index: Positions | None
    ends_of_slots: dict[tuple[str, int], Sequence[int]] = field(default_factory=dict)
    slots: dict[tuple[str, int], Mapping[int, Sequence[int]]] = field(default_factory=dict)

    @cached_property
    def heard(self) -> Codes:
        """The characters that literals are compared with: by sound, or those of the text."""
        return heard(self.codes, self.way[0]) if self.way[0] else self.codes

    @cached_property
    def sounds(self) -> str:
        """What literals are compared with, as text."""
        return as_text(self.heard) if self.way[0] else self.text

    @cached_property
    def backwards(self) -> bytes:
        """The kind of each character from the end."""
        return self.kinds[::-1]

    @cached_property
    def sentences(self) -> Positions:
        """The number of the sentence of each character."""
        return sentences_of(np.frombuffer(self.kinds, dtype=np.uint8))

    @cached_property
    def units(self) -> Units:
        """The units that gaps count."""
        return units(self.kinds)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each turn begins, and where one more would."""
        found: list[int] = self.begins.tolist()
        return found

    def bounds(self, turn: int) -> tuple[int, int]:
        """Return where a turn begins and ends."""
        return self.starts[turn], self.starts[turn + 1] - 1

    def turn_at(self, position: int) -> int:
        """Return the index of the turn that holds a character."""
        return bisect_right(self.starts, position) - 1

    def in_plain(self, start: int, end: int) -> tuple[int, int]:
        """Return a span as a span of the call's plain text."""
        if self.index is None:
            return start, end
        return int(self.index[start]), int(self.index[end - 1]) + 1

    def slot_ends(self, name: str, start: int, turn: tuple[int, int]) -> Sequence[int]:
        """Return where a built-in slot ends that begins at a place of a turn."""
        key = (name, start)
        if key not in self.ends_of_slots:
            self.ends_of_slots[key] = slots.ends(name, self.text, start, turn[1])
        return self.ends_of_slots[key]

    def slots_in(self, name: str, turn: tuple[int, int]) -> Mapping[int, Sequence[int]]:
        """Return where a slot begins in a turn, by where it ends; many phrases ask for the same."""
        key = (name, turn[0])
        if key not in self.slots:
            begins: dict[int, list[int]] = {}
            for start in slots.beginnings(name, self.text, *turn):
                for end in self.slot_ends(name, start, turn):
                    begins.setdefault(end, []).append(start)
            self.slots[key] = begins
        return self.slots[key]

    def inside_word(self, position: int) -> bool:
        """Tell whether a word or number goes on across a position."""
        return self.joins[position] == 1


def view(plain: Plain, way: Way) -> View:
    """Read a call in one way."""
    if not way[1]:
        return View(way, plain.text, plain.codes, plain.kinds, plain.joins, plain.begins, None)
    index = kept(plain)
    codes = plain.codes.take(index)
    kinds = np.frombuffer(plain.kinds, dtype=np.uint8).take(index)
    joins = joins_of(kinds).tobytes()
    return View(way, as_text(codes), codes, kinds.tobytes(), joins, beginnings(kinds), index)


def beginnings(kinds: Kinds) -> Positions:
    """Return where each turn begins, and where one more would."""
    return np.concatenate(([0], np.flatnonzero(kinds == BREAK) + 1, [len(kinds) + 1]))


def kept(plain: Plain) -> Positions:
    """Return the positions of plain text that are left without the fillers, in turns with any.

    Of other turns only the breaks between them stay: without fillers they read as written, and
    so they are read, too. The marks around a filler go with it, but two words of Latin letters
    keep a space.
    """
    text = plain.text
    stays = np.frombuffer(plain.kinds, dtype=np.uint8) == BREAK
    high = 0
    for start, end in fillers_in(text):
        if start >= high:
            low, high = plain.bounds(plain.turn_at(start))
            stays[low:high] = True
        stays[start:end] = False
        around = text[start - 1 : start] + text[end : end + 1]
        if len(around) == 2 and around.isascii() and around.isalnum():
            space = text.find(" ", start, end)
            if space >= 0:
                stays[space] = True
    return np.flatnonzero(stays)


def fillers_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that FILLERS finds, which takes its time where none can begin."""
    high = 0
    for start in sorted(m.start() for maybe in MAYBE_FILLERS for m in maybe.finditer(text)):
        if start >= high:
            space_before = start > high and text[start - 1] == " "
            found = FILLERS.match(text, start - space_before)
            if found:
                yield found.span()
                high = found.end()
