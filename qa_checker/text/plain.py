"""A call's text in the form in which phrases are compared, with the way back.

Spaces beside Han vanish (speech recognisers put them there). A run of marks counts
as one: as a space if a gap may cross it, as 。 if it ends a sentence. What is left
is plain: literal phrases can be looked up in it as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from qa_checker.text import characters
from qa_checker.text.characters import (
    BREAK,
    DIGIT,
    HAN,
    HARD,
    IN_NUMBER,
    IN_WORD,
    SOFT,
    SPACE,
    TURN_BREAK,
    WORD,
    WORDLIKE,
    Codes,
    Kinds,
)

Positions = npt.NDArray[np.int64]
FULL_STOP = ord(".")
SURROGATE = re.compile("[\ud800-\udfff]")
NEIGHBOURS_WANTED = np.zeros(10, dtype=np.uint8)
NEIGHBOURS_WANTED[[IN_NUMBER, IN_WORD]] = DIGIT, WORD
IS_WORDLIKE = np.zeros(10, dtype=np.uint8)
IS_WORDLIKE[list(WORDLIKE)] = 1
RUN_BECOMES = np.full(10, ord(" "), dtype=np.uint32)
RUN_BECOMES[HARD] = ord("。")


@dataclass(frozen=True, slots=True)
class Plain:
    """All turns of a call (or of several) as one plain `text`, divided by TURN_BREAK.

    `kinds` holds the kind of each of its characters. Turn i stands at `starts[i]` to
    `starts[i + 1] - 1`. `joins[i]` tells whether a word or number goes on across the
    place before character i. `index` leads from a plain character to its place in the
    turns as read, joined by one character; `origins[i]` is where turn i begins there.
    """

    text: str
    kinds: bytes
    starts: tuple[int, ...]
    joins: bytes
    index: Positions
    origins: tuple[int, ...]

    def turn_at(self, position: int) -> int:
        """Return the index of the turn that holds a plain character."""
        return bisect_right(self.starts, position) - 1

    def bounds(self, turn: int) -> tuple[int, int]:
        """Return where a turn begins and ends in `text`."""
        return self.starts[turn], self.starts[turn + 1] - 1

    def as_read(self, turn: int, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the turn as read that a plain span stands for."""
        origin = self.origins[turn]
        return int(self.index[start]) - origin, int(self.index[end - 1]) + 1 - origin

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
    codes = characters.compared_as().take(as_codes(joined))
    kinds = characters.kinds().take(codes)
    settle_inner_marks(codes, kinds)
    index = collapse(codes, kinds)
    kinds = kinds.take(index)
    ends = np.flatnonzero(kinds == BREAK)
    return Plain(
        text=as_text(codes.take(index)),
        kinds=kinds.tobytes(),
        starts=(0, *(ends + 1).tolist(), len(index) + 1),
        joins=_joins(kinds),
        index=index,
        origins=tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=0)),
    )


def each_call(whole: Plain, counts: Iterable[int]) -> Iterator[Plain]:
    """Yield the plain text of each of several calls whose turns were made comparable at once.

    `counts` are the numbers of their turns; a call has at least one.
    """
    first = 0
    for count in counts:
        last = first + count
        low, high, origin = whole.starts[first], whole.starts[last] - 1, whole.origins[first]
        yield Plain(
            text=whole.text[low:high],
            kinds=whole.kinds[low:high],
            starts=tuple([place - low for place in whole.starts[first : last + 1]]),
            joins=whole.joins[low : high + 1],
            index=whole.index[low:high] - origin,
            origins=tuple([begin - origin for begin in whole.origins[first:last]]),
        )
        first = last


def joins_of(kinds: bytes) -> bytes:
    """Return, for each place of a text of such kinds, whether a word goes on across it."""
    return _joins(np.frombuffer(kinds, dtype=np.uint8))


def _joins(kinds: Kinds) -> bytes:
    goes_on = np.zeros(len(kinds) + 1, dtype=np.uint8)
    words = IS_WORDLIKE.take(kinds)
    np.logical_and(words[1:], words[:-1], out=goes_on[1:-1].view(np.bool_))
    return goes_on.tobytes()


def as_codes(text: str) -> Codes:
    """Return the code points of a text; lone surrogates become U+FFFD."""
    try:
        encoded = text.encode("utf-32-le")
    except UnicodeEncodeError:
        encoded = SURROGATE.sub("\ufffd", text).encode("utf-32-le")
    return np.frombuffer(encoded, dtype=np.uint32)


def as_text(codes: Codes) -> str:
    """Return the text of some code points."""
    return codes.tobytes().decode("utf-32-le")


def settle_inner_marks(codes: Codes, kinds: Kinds) -> None:
    """Decide what . , : and ' are: part of a number or a word, or a mark."""
    marks = np.flatnonzero(kinds >= IN_NUMBER)
    inner = NEIGHBOURS_WANTED.take(kinds.take(marks))
    joins = (kinds.take(marks - 1, mode="clip") == inner) & (
        kinds.take(marks + 1, mode="clip") == inner
    )
    alone = np.where(codes.take(marks) == FULL_STOP, HARD, SOFT)
    kinds[marks] = np.where(joins, WORD, alone)


def collapse(codes: Codes, kinds: Kinds) -> Positions:
    """Turn each run of marks into one character; return the positions that stay.

    `codes` and `kinds` are changed in place at the positions that stay.
    """
    stays = np.ones(len(codes), dtype=bool)
    marks = np.flatnonzero(kinds > BREAK)
    if len(marks):
        opens = np.ones(len(marks), dtype=bool)
        np.not_equal(marks[1:] - marks[:-1], 1, out=opens[1:])
        firsts = np.flatnonzero(opens)
        begins, ends = marks.take(firsts), marks.take(np.append(firsts[1:], len(marks)) - 1)
        run = np.maximum.reduceat(kinds.take(marks), firsts)
        codes[begins] = RUN_BECOMES.take(run)
        kinds[begins] = run
        stays[marks] = False
        stays[begins] = (run != SPACE) | ~(is_han(kinds, begins - 1) | is_han(kinds, ends + 1))
    return np.flatnonzero(stays)


def is_han(kinds: Kinds, positions: Positions) -> npt.NDArray[np.bool_]:
    """Tell for each position whether Han stands there (positions beyond the text: no)."""
    beside: npt.NDArray[np.bool_] = kinds.take(positions, mode="clip") == HAN
    return beside
