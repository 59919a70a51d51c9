"""The ways in which a call is read: as written, by sound, and without fillers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from qa_checker.text.characters import BREAK
from qa_checker.text.pinyin import heard_as
from qa_checker.text.plain import Plain, joins_of

Way = tuple[str, str]
"""(homophones, fillers): ("", ""), ("same", ""), ("near", "skip") …"""
AS_WRITTEN: Way = ("", "")

FILLER = "嗯+|呃+|啊+|那个|(?<![a-z0-9'])(?:u[mh]+|erm?|hmm+)(?![a-z0-9'])"
FILLERS = re.compile(f"(?: ?(?:{FILLER}))+ ?")
"""What is left out for `fillers: skip`, with the soft marks around it."""


@dataclass(frozen=True, slots=True)
class View:
    """A call read in one way.

    `text` is plain text, `sounds` what literals are compared with (the same text
    unless the way is by sound), `kinds` the kind of each character, `joins` whether a
    word goes on across each place, and `index` leads to places in the call's own plain
    text (None: the same places).
    """

    way: Way
    text: str
    sounds: str
    kinds: bytes
    joins: bytes
    starts: Sequence[int]
    index: tuple[int, ...] | None

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
        return self.index[start], self.index[end - 1] + 1

    def inside_word(self, position: int) -> bool:
        """Tell whether a word or number goes on across a position."""
        return self.joins[position] == 1


def view(plain: Plain, way: Way) -> View:
    """Read a call in one way."""
    homophones, fillers = way
    text, kinds, joins, starts, index = plain.text, plain.kinds, plain.joins, plain.starts, None
    if fillers:
        index = kept(text)
        text = "".join([text[place] for place in index])
        kinds = bytes([kinds[place] for place in index])
        joins, starts = joins_of(kinds), beginnings(kinds)
    sounds = heard_as(text, homophones) if homophones else text
    return View(way, text, sounds, kinds, joins, starts, index)


def beginnings(kinds: bytes) -> tuple[int, ...]:
    """Return where each turn begins, and where one more would."""
    breaks = [place for place, kind in enumerate(kinds) if kind == BREAK]
    return (0, *(place + 1 for place in breaks), len(kinds) + 1)


def kept(text: str) -> tuple[int, ...]:
    """Return the positions of plain text that are left without the fillers.

    The marks around a filler go with it, but two words of Latin letters keep a space.
    """
    stays = bytearray(b"\1" * len(text))
    for found in FILLERS.finditer(text):
        start, end = found.span()
        stays[start:end] = bytes(end - start)
        around = text[start - 1 : start] + text[end : end + 1]
        if len(around) == 2 and around.isascii() and around.isalnum():
            space = text.find(" ", start, end)
            if space >= 0:
                stays[space] = 1
    return tuple(place for place, stay in enumerate(stays) if stay)
