"""From outcomes to points: items, red lines, the score and its band.

score = 100 * earned / possible, where possible is what the items judged pass or fail
are worth, and earned is that less what violations cost. Exact fractions throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from qa_checker.hit import Hit
from qa_checker.judging.evidence import evidence
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome, Violation
from qa_checker.rules.rubric import Item, Rubric, Section
from qa_checker.scorecard import (
    FAIL,
    MANUAL,
    PASS,
    Evidence,
    Forfeit,
    Loss,
    Verdict,
    maker,
    tenths,
)

made = maker(Verdict)
NOTHING = Fraction(0)
NO_LOSSES: tuple[Loss, ...] = ()
LEAST_JUDGED = Fraction(1, 10)
"""Share of the rubric's points below which a score would rest on next to nothing."""


def verdict_on(look: Look, section: Section, item: Item, outcome: Outcome) -> Verdict:
    """Return the verdict on an item, with its losses and its evidence."""
    verdict, reason, violations, hits, searched, value = outcome
    shown = evidence(look, hits) if hits else ()
    earned, losses = NOTHING, NO_LOSSES
    if violations and shown:
        costs, earned = look.compiled.once(item, Costs).of(len(violations))
        losses = ledger(outcome, costs, shown)
    elif violations:
        losses, earned = look.compiled.once(item, Costs).unseen(violations)
    elif verdict in (PASS, FAIL):
        earned = item.points
    return made(
        (
            item.id,
            section.id,
            item.title,
            verdict,
            reason,
            item.points,
            earned,
            len(violations),
            item.auto_fail,
            shown,
            losses,
            searched,
            value,
        )
    )


class Costs:
    """What the violations of an item cost, worked out once for each number of them.

    Where nothing that was said shows them, their ledger is always the same, too.
    """

    def __init__(self, item: Item) -> None:
        self.points = item.points
        self.deduct = item.points if item.deduct is None else item.deduct
        self.known: dict[int, tuple[tuple[Fraction, ...], Fraction]] = {}
        self.losses: dict[tuple[Violation, ...], tuple[tuple[Loss, ...], Fraction]] = {}

    def of(self, violations: int) -> tuple[tuple[Fraction, ...], Fraction]:
        """Return what each costs until nothing is left to lose, and what is left in the end."""
        if violations not in self.known:
            costs, left = [], self.points
            for _ in range(violations):
                costs.append(min(self.deduct, left) if left else NOTHING)
                left -= costs[-1]
            self.known[violations] = tuple(costs), left
        return self.known[violations]

    def unseen(self, violations: tuple[Violation, ...]) -> tuple[tuple[Loss, ...], Fraction]:
        """Return the ledger of violations that no words show, and what is left in the end."""
        if violations not in self.losses:
            costs, left = self.of(len(violations))
            lost = [Loss(kind, cost) for (kind, _), cost in zip(violations, costs, strict=True)]
            self.losses[violations] = tuple(lost), left
        return self.losses[violations]


def ledger(
    outcome: Outcome, costs: Sequence[Fraction], shown: Sequence[Evidence]
) -> tuple[Loss, ...]:
    """Return what each violation costs, with the words that show it."""
    of_hit: dict[Hit | None, Evidence | None] = {}
    if any(violation.hit is not None for violation in outcome.violations):
        of_hit.update((hit, each) for (_, hit), each in zip(outcome.hits, shown, strict=True))
    return tuple(
        [
            Loss(kind, cost, of_hit.get(hit))
            for (kind, hit), cost in zip(outcome.violations, costs, strict=True)
        ]
    )


def forfeits(verdicts: Sequence[Verdict]) -> list[Forfeit]:
    """Return what crossed red lines cost: a section's points once, or all of them."""
    crossed = [v for v in verdicts if v.auto_fail and v.verdict == FAIL]
    if not crossed:
        return []
    by_section: dict[str, list[Fraction]] = {}
    for verdict in verdicts:
        by_section.setdefault(verdict.section, []).append(verdict.earned)
    left = {section: total(earned) for section, earned in by_section.items()}
    lost = []
    for verdict in crossed:
        if verdict.auto_fail == "section":
            lost.append(Forfeit(verdict.item, verdict.section, left[verdict.section]))
            left[verdict.section] = NOTHING
    for verdict in crossed:
        if verdict.auto_fail is True:
            lost.append(Forfeit(verdict.item, "", total([*left.values()])))
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
    earned = total([verdict.earned for verdict in judged])
    if lost:
        earned -= total([forfeit.points for forfeit in lost])
        if any(not forfeit.section for forfeit in lost):
            return possible, earned, NOTHING
    if possible and at_least(possible, LEAST_JUDGED, all_points):
        share = earned.numerator * possible.denominator, earned.denominator * possible.numerator
        return possible, earned, Fraction(100 * share[0], share[1])
    return possible, earned, None


def at_least(part: Fraction, share: Fraction, whole: Fraction) -> bool:
    """Tell whether a part is at least a share of the whole, in whole numbers: much quicker."""
    return (
        part.numerator * share.denominator * whole.denominator
        >= share.numerator * whole.numerator * part.denominator
    )


def total(points: Sequence[Fraction]) -> Fraction:
    """Add up points; whole ones as whole numbers, which is much quicker."""
    pairs = [each.as_integer_ratio() for each in points]
    whole = [top for top, bottom in pairs if bottom == 1]
    return Fraction(sum(whole)) if len(whole) == len(pairs) else sum(points, NOTHING)


def band_of(score: Fraction | None, bands: Mapping[str, Fraction]) -> str:
    """Return the band of the score as shown; "" without a score."""
    if score is None:
        return ""
    shown = tenths(score)
    for band, lowest in bands.items():
        if shown * lowest.denominator >= 10 * lowest.numerator:
            return band
    return ""


def passes(rubric: Rubric, band: str) -> bool | None:
    """Tell whether a band passes; None without a band, or if the rubric names none to pass."""
    if not band or not rubric.pass_band:
        return None
    order = list(rubric.bands)
    return order.index(band) <= order.index(rubric.pass_band)


def provisional(verdicts: Sequence[Verdict]) -> bool:
    """Tell whether a person still has to judge an item that carries points."""
    return any(verdict.verdict == MANUAL and verdict.points for verdict in verdicts)
