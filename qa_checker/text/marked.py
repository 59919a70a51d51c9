"""Turns in the form that regexes see: comparable characters, with all their marks.

Only the spaces beside Han are gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from qa_checker import lazy_re
from qa_checker.text import characters
from qa_checker.text.characters import HAN, SPACE
from qa_checker.text.codes import as_codes

SPACES = lazy_re.compile(r"[^\S\n\r]+")


class Marked(NamedTuple):
    """The `texts` of turns and, by turn, where each of its characters stands in the turn as read
    (not there: all at the same place).
    """

    texts: Sequence[str]
    places: Mapping[int, Sequence[int]]

    def as_read(self, turn: int, start: int, end: int) -> tuple[int, int]:
        """Return a span as characters of the turn as read."""
        if turn not in self.places:
            return start, end
        places = self.places[turn]
        return places[start], places[end - 1] + 1


def marked(turns: Sequence[str]) -> Marked:
    """Make the turns of a call comparable, marks kept."""
    if all(map(str.isascii, turns)):
        return Marked(list(map(str.lower, turns)), {})
    codes = characters.compared_as().take(as_codes("".join(turns)))
    text = codes.tobytes().decode("utf-32-le")
    kinds = characters.kinds().take(codes).tobytes()
    texts, places = [], {}
    for turn, (start, end) in enumerate(pairwise([0, *accumulate(map(len, turns))])):
        texts.append(text[start:end])
        stays = places_beside_han(text[start:end], kinds[start:end])
        if len(stays) < end - start:
            texts[turn] = "".join([text[start + place] for place in stays])
            places[turn] = stays
    return Marked(texts, places)


def places_beside_han(text: str, kinds: bytes) -> Sequence[int]:
    """Return the places of a turn that are left without the spaces beside Han."""
    if SPACE not in kinds or HAN not in kinds:
        return range(len(text))
    gone = bytearray(len(text))
    for found in SPACES.finditer(text):
        start, end = found.span()
        if HAN in (kinds[start - 1 : start] + kinds[end : end + 1]):
            gone[start:end] = b"\1" * (end - start)
    return [place for place, left_out in enumerate(gone) if not left_out]
