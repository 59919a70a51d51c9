"""From outcomes to points: items, red lines, the score and its band.

score = 100 * earned / possible, where possible is what the items judged pass or fail
are worth, and earned is that less what violations cost. Exact fractions throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from qa_checker.judging.evidence import evidence
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome
from qa_checker.rules.rubric import Item, Rubric, Section
from qa_checker.scorecard import (
    FAIL,
    MANUAL,
    PASS,
    Evidence,
    Forfeit,
    Loss,
    Verdict,
    tenths,
)

NOTHING = Fraction(0)
LEAST_JUDGED = Fraction(1, 10)
"""Share of the rubric's points below which a score would rest on next to nothing."""


def verdict_on(look: Look, section: Section, item: Item, outcome: Outcome) -> Verdict:
    """Return the verdict on an item, with its losses and its evidence."""
    shown = tuple([evidence(look, kind, hit) for kind, hit in outcome.hits])
    losses = ledger(item, outcome, shown) if outcome.violations else ()
    earned = item.points if outcome.verdict in (PASS, FAIL) else NOTHING
    for loss in losses:
        earned -= loss.points
    return Verdict(
        item.id,
        section.id,
        item.title,
        outcome.verdict,
        outcome.reason,
        item.points,
        earned,
        len(outcome.violations),
        item.auto_fail,
        shown,
        losses,
        outcome.searched,
        outcome.value,
    )


def ledger(item: Item, outcome: Outcome, shown: Sequence[Evidence]) -> tuple[Loss, ...]:
    """Return what each violation costs, until nothing is left to lose."""
    of_hit = {hit: each for (_, hit), each in zip(outcome.hits, shown, strict=True)}
    deduct = item.points if item.deduct is None else item.deduct
    losses, left = [], item.points
    for kind, hit in outcome.violations:
        cost = min(deduct, left) if left else NOTHING
        left = left - cost if cost else left
        losses.append(Loss(kind, cost, None if hit is None else of_hit.get(hit)))
    return tuple(losses)


def forfeits(verdicts: Sequence[Verdict]) -> list[Forfeit]:
    """Return what crossed red lines cost: a section's points once, or all of them."""
    crossed = [v for v in verdicts if v.auto_fail and v.verdict == FAIL]
    if not crossed:
        return []
    left = {verdict.section: NOTHING for verdict in verdicts}
    for verdict in verdicts:
        left[verdict.section] += verdict.earned
    lost = []
    for verdict in crossed:
        if verdict.auto_fail == "section":
            lost.append(Forfeit(verdict.item, verdict.section, left[verdict.section]))
            left[verdict.section] = NOTHING
    for verdict in crossed:
        if verdict.auto_fail is True:
            lost.append(Forfeit(verdict.item, "", sum(left.values(), NOTHING)))
            left = dict.fromkeys(left, NOTHING)
    return lost


def score_of(
    verdicts: Sequence[Verdict], lost: Sequence[Forfeit], all_points: Fraction
) -> tuple[Fraction, Fraction, Fraction | None]:
    """Return (possible, earned, score); no score if less than a tenth of all points was judged.

    A failed auto-fail item gives 0 even if it is worth nothing.
    """
    judged = [verdict for verdict in verdicts if verdict.verdict in (PASS, FAIL)]
    possible = total([verdict.points for verdict in judged])
    forfeited = total([forfeit.points for forfeit in lost])
    earned = total([verdict.earned for verdict in judged]) - forfeited
    if any(not forfeit.section for forfeit in lost):
        return possible, earned, NOTHING
    if possible and possible >= LEAST_JUDGED * all_points:
        return possible, earned, 100 * earned / possible
    return possible, earned, None


def total(points: Sequence[Fraction]) -> Fraction:
    """Add up points; whole ones as whole numbers, which is much quicker."""
    if all(each.denominator == 1 for each in points):
        return Fraction(sum(each.numerator for each in points))
    return sum(points, NOTHING)


def band_of(score: Fraction | None, bands: Mapping[str, Fraction]) -> str:
    """Return the band of the score as shown; "" without a score."""
    if score is None:
        return ""
    shown = tenths(score)
    return next((band for band, lowest in bands.items() if shown >= 10 * lowest), "")


def passes(rubric: Rubric, band: str) -> bool | None:
    """Tell whether a band passes; None without a band, or if the rubric names none to pass."""
    if not band or not rubric.pass_band:
        return None
    order = list(rubric.bands)
    return order.index(band) <= order.index(rubric.pass_band)


def provisional(verdicts: Sequence[Verdict]) -> bool:
    """Tell whether a person still has to judge an item that carries points."""
    return any(verdict.verdict == MANUAL and verdict.points for verdict in verdicts)
