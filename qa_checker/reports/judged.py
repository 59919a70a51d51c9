"""What reports are made of: calls with their scorecards, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from qa_checker.call import Call
from qa_checker.judging.dropped import Dropped
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.scorecard import FAIL, PASS, Scorecard, Verdict, titled


@dataclass(frozen=True, slots=True)
class Judged:
    """A call, its scorecard and the rubric that judged it.

    `turns` is the number of turns of a call that comes without its transcript, or whose turns
    need not be made to be counted.
    """

    call: Call
    card: Scorecard
    rubric: Rubric
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that could not be read: where, why, what to do about it, and its line."""

    source: str
    reason: str
    help: str = ""
    line: int | None = None


class Miss(NamedTuple):
    """The words that came nearest to what was not found, and the phrase they resemble.

    `name` is the full name of the entry that the phrase belongs to, `dropped` why it is no hit
    if it fits.
    """

    turn: int
    quote: str
    phrase: str
    note: str = ""
    name: str = ""
    dropped: Dropped | None = None


Sentences = Callable[[Rubric, Item, str], str]
Misses = Callable[[Judged], Mapping[str, Miss]]


def spoken_turns(judged: Judged) -> int:
    """Return how many turns a call has, whether its transcript is there or not."""
    return judged.turns or len(judged.call.turns)


def counted(verdict: Verdict) -> bool:
    """Tell whether an item takes part in the score."""
    return verdict.verdict in (PASS, FAIL)


def own(verdict: Verdict) -> Fraction:
    """Points an item earned by itself, whatever a red line elsewhere forfeits."""
    return verdict.earned if counted(verdict) else Fraction(0)


def lost(verdict: Verdict) -> Fraction:
    """Points an item lost by itself."""
    return verdict.points - own(verdict) if verdict.verdict == FAIL else Fraction(0)


def spent(verdict: Verdict) -> bool:
    """Tell whether an item that carries points has lost all of them."""
    return verdict.verdict == FAIL and verdict.points > 0 and not verdict.earned


def zeroing(verdicts: Iterable[Verdict]) -> list[str]:
    """Return the failed items that take the whole score."""
    return [one.item for one in verdicts if one.auto_fail is True and one.verdict == FAIL]


def cleared_sections(verdicts: Iterable[Verdict]) -> set[str]:
    """Return the sections that a failed item takes all points from."""
    return {one.section for one in verdicts if one.auto_fail == "section" and one.verdict == FAIL}


def titled_bands(rubric: Rubric, language: str) -> list[tuple[Fraction, str]]:
    """Return the bands of a rubric: their lowest scores and what people call them."""
    return [(low, band_title(rubric, name, language)) for name, low in rubric.bands.items()]


def band_title(rubric: Rubric, name: str, language: str) -> str:
    """Return what people call a band of a rubric."""
    return titled(name, rubric.band_titles.get(name, {}), language)
