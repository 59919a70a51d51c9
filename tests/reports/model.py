"""What a final score should be, worked out in fractions and without any formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qa_checker.reports import Judged
from qa_checker.scorecard import FAIL, MANUAL, PASS, one_decimal


@dataclass(frozen=True)
class Final:
    """A call after people have decided; `score` is None where there is none."""

    items: dict[str, Fraction | None]
    possible: Fraction
    earned: Fraction
    score: float | None
    band: str
    passed: bool | None
    open: int
    reviewed: int


def final(judged: Judged, human: Mapping[str, str]) -> Final:
    """Return the outcome; `human` maps items to pass, fail or na."""
    worth = {item.id: item.points for _, item in judged.rubric.items}
    verdicts = {one.item: human.get(one.item, one.verdict) for one in judged.card}
    failed = [one for one in judged.card if verdicts[one.item] == FAIL]
    cleared = {one.section for one in failed if one.auto_fail == "section"}
    items: dict[str, Fraction | None] = {}
    possible = Fraction(0)
    for one in judged.card:
        word = verdicts[one.item]
        items[one.item] = None
        if word in (PASS, FAIL):
            possible += worth[one.item]
            items[one.item] = points(one.verdict, one.earned, human.get(one.item), worth[one.item])
            if one.section in cleared:
                items[one.item] = Fraction(0)
    earned = sum((value for value in items.values() if value is not None), Fraction(0))
    score: float | None = None
    if any(one.auto_fail is True for one in failed):
        score, earned = 0.0, Fraction(0)
    elif possible and possible * 10 >= judged.rubric.total:
        score = one_decimal(100 * earned / possible)
    band, passed = banded(judged, score)
    waiting = sum(word == MANUAL and worth[item] > 0 for item, word in verdicts.items())
    return Final(items, possible, earned, score, band, passed, waiting, len(human))


def points(machine: str, earned: Fraction, human: str | None, worth: Fraction) -> Fraction:
    """Return what an item earns by itself."""
    if human == PASS:
        return worth
    if human == FAIL and machine != FAIL:
        return Fraction(0)
    return earned


def banded(judged: Judged, score: float | None) -> tuple[str, bool | None]:
    """Return the band and whether it passes."""
    if score is None:
        return "", None
    bands = judged.rubric.bands
    band = next(name for name, low in bands.items() if Fraction(str(score)) >= low)
    return band, bands[band] >= bands[judged.rubric.pass_band]
