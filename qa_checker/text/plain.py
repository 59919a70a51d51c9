"""A call's text in the form in which phrases are compared, with the way back.

Spaces beside Han vanish (speech recognisers put them there). A run of marks counts
as one: as a space if a gap may cross it, as 。 if it ends a sentence. What is left
is plain: literal phrases can be looked up in it as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from qa_checker.text import characters
from qa_checker.text.characters import BREAK, CODE, KIND, TURN_BREAK, Codes, Kinds
from qa_checker.text.codes import (
    Positions,
    as_codes,
    as_text,
    collapse,
    joins_of,
    settle_inner_marks,
)


@dataclass(frozen=True, eq=False)
class Whole:
    """Turns made comparable at once, as arrays; each call's own text is a piece of it.

    `text` is all of it, `codes` the code point and `kinds` the kind of each of its characters.
    Turn i begins at `begins[i]` there and at `origins[i]` in the turns as read, joined by one
    character; both have one more for the turn that would follow. `gone` are the places of what
    was read but is not in `text`, in order.
    """

    text: str
    codes: Codes
    kinds: Kinds
    begins: Positions
    origins: Positions
    gone: Positions

    @cached_property
    def joins(self) -> Kinds:
        """Whether (1 or 0) a word or number goes on across the place before each character."""
        return joins_of(self.kinds)

    @cached_property
    def before(self) -> Positions:
        """For each of the places that are gone the place in `text` that it would be at."""
        return self.gone - np.arange(len(self.gone))


@dataclass(frozen=True)
class Plain:
    """All turns of a call (or of several) as one plain `text`, divided by TURN_BREAK.

    They are the turns from `first` to `last` of what was made comparable at once; what is
    asked for is cut out of that. Turn i stands at `starts[i]` to `starts[i + 1] - 1`.
    """

    whole: Whole
    first: int
    last: int

    @cached_property
    def span(self) -> tuple[int, int]:
        """Where the text begins and ends in all that was made comparable."""
        begins = self.whole.begins
        return int(begins[self.first]), int(begins[self.last]) - 1

    @cached_property
    def text(self) -> str:
        """The turns as one text."""
        low, high = self.span
        return self.whole.text[low:high]

    @property
    def codes(self) -> Codes:
        """The code point of each character."""
        low, high = self.span
        return self.whole.codes[low:high]

    @cached_property
    def kinds(self) -> bytes:
        """The kind of each character."""
        low, high = self.span
        return self.whole.kinds[low:high].tobytes()

    @cached_property
    def joins(self) -> bytes:
        """Whether (1 or 0) a word or number goes on across the place before each character."""
        low, high = self.span
        return self.whole.joins[low : high + 1].tobytes()

    @property
    def begins(self) -> Positions:
        """Where each turn begins, and where one more would, as an array."""
        begins: Positions = self.whole.begins[self.first : self.last + 1] - self.span[0]
        return begins

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each turn begins, and where one more would."""
        found: list[int] = self.begins.tolist()
        return found

    @cached_property
    def origins(self) -> Sequence[int]:
        """Where each turn begins among the turns as read, joined by one character."""
        begins = self.whole.origins[self.first : self.last]
        found: list[int] = (begins - begins[0]).tolist()
        return found

    @cached_property
    def gone(self) -> Sequence[int]:
        """The places of what was read and is not in the text."""
        origin, end = self.whole.origins[[self.first, self.last]].tolist()
        first, last = self.whole.gone.searchsorted([origin, end]).tolist()
        found: list[int] = (self.whole.gone[first:last] - origin).tolist()
        return found

    @cached_property
    def before(self) -> Sequence[int]:
        """For each of the places that are gone the place in the text that it would be at."""
        return [place - number for number, place in enumerate(self.gone)]

    def turn_at(self, position: int) -> int:
        """Return the index of the turn that holds a plain character."""
        return bisect_right(self.starts, position) - 1

    def bounds(self, turn: int) -> tuple[int, int]:
        """Return where a turn begins and ends in `text`."""
        return self.starts[turn], self.starts[turn + 1] - 1

    def as_read(self, turn: int, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the turn as read that a plain span stands for."""
        origin, before, last = self.origins[turn], self.before, end - 1
        begin = start + bisect_right(before, start) - origin
        return begin, last + bisect_right(before, last) + 1 - origin

    def places_read(self, turns: Sequence[int], places: Sequence[int]) -> list[int]:
        """Return where characters stand in their turns as read, which are given beside them."""
        at = np.array(places, dtype=np.int64) + self.span[0]
        read = at + self.whole.before.searchsorted(at, side="right")
        origins = self.whole.origins[self.first :].take(np.array(turns, dtype=np.int64))
        found: list[int] = (read - origins).tolist()
        return found

    def from_read(self, turn: int, start: int, end: int) -> tuple[int, int]:
        """Return the plain span that stands for characters of the turn as read.

        What is gone from the text counts as the character before it in the turn.
        """
        first, last = self.origins[turn] + start, self.origins[turn] + end - 1
        begin, final = (place - bisect_right(self.gone, place) for place in (first, last))
        return max(begin, self.starts[turn]), final + 1

    def inside_word(self, position: int) -> bool:
        """Tell whether a word or number goes on across a position."""
        return self.joins[position] == 1


def plain(texts: Sequence[str]) -> Plain:
    """Make some turns comparable: those of a call, or at once those of several."""
    texts = texts or ("",)
    joined = TURN_BREAK.join(texts)
    if joined.count(TURN_BREAK) >= len(texts):
        texts = [text.replace(TURN_BREAK, " ") for text in texts]
        joined = TURN_BREAK.join(texts)
    return Plain(whole(joined, texts), 0, len(texts))


def whole(joined: str, texts: Sequence[str]) -> Whole:
    """Make comparable some turns, which are also given `joined` by TURN_BREAK."""
    both = characters.both().take(as_codes(joined))
    codes, kinds = np.bitwise_and(both, CODE), (both >> KIND).astype(np.uint8)
    marks = np.flatnonzero(kinds >= BREAK)
    settle_inner_marks(codes, kinds, marks)
    gone = collapse(codes, kinds, marks)
    if len(gone):
        stays = np.ones(len(codes), dtype=np.bool_)
        stays[gone] = False
        codes, kinds = codes[stays], kinds[stays]
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    origins = np.concatenate(([0], (sizes + 1).cumsum()))
    begins = origins - gone.searchsorted(origins)
    return Whole(as_text(codes), codes, kinds, begins, origins, gone)


def each_call(whole: Plain, counts: Iterable[int]) -> Iterator[Plain]:
    """Yield the plain text of each of several calls whose turns were made comparable at once.

    `counts` are the numbers of their turns; a call has at least one.
    """
    for first, last in pairwise(accumulate(counts, initial=whole.first)):
        yield Plain(whole.whole, first, last)
