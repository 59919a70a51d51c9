"""Turns in the form that regexes see: comparable characters, with all their marks.

Only the spaces beside Han are gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise, repeat
from typing import NamedTuple

from qa_checker.text import characters
from qa_checker.text.characters import HAN, SPACE
from qa_checker.text.plain import as_codes

SPACES = re.compile(r"[^\S\n\r]+")


class Marked(NamedTuple):
    """The `text` of a turn, and where each of its characters stands in the turn as read (None:
    at the same place).
    """

    text: str
    places: tuple[int, ...] | None

    def as_read(self, start: int, end: int) -> tuple[int, int]:
        """Return a span as characters of the turn as read."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def marked(turns: Sequence[str]) -> list[Marked]:
    """Make the turns of a call comparable, marks kept."""
    if all(map(str.isascii, turns)):
        return list(map(Marked, map(str.lower, turns), repeat(None)))
    codes = characters.compared_as().take(as_codes("".join(turns)))
    text = codes.tobytes().decode("utf-32-le")
    kinds = characters.kinds().take(codes).tobytes()
    places = [0, *accumulate(map(len, turns))]
    return [closed_up(text[s:e], kinds[s:e]) for s, e in pairwise(places)]


def closed_up(text: str, kinds: bytes) -> Marked:
    """Return a turn without the spaces beside Han."""
    if SPACE not in kinds or HAN not in kinds:
        return Marked(text, None)
    gone = bytearray(len(text))
    for found in SPACES.finditer(text):
        start, end = found.span()
        if HAN in (kinds[start - 1 : start] + kinds[end : end + 1]):
            gone[start:end] = b"\1" * (end - start)
    index = tuple(place for place in range(len(text)) if not gone[place])
    return Marked("".join([text[place] for place in index]), index)
