"""How near a score is to one at which something changes."""

from __future__ import annotations

from fractions import Fraction

from qa_checker.reports.sampling.drawn import Margin
from qa_checker.rules.rubric import Rubric


def margin_of(score: float | None, rubric: Rubric) -> Margin | None:
    """Return how far a score, as people see it, is from the nearest edge of a band.

    Of two edges that are equally near, the pass mark counts, then the higher one. None
    without a score, or if the rubric has but one band.
    """
    if score is None:
        return None
    # the shortest decimal that means this number: 79.9 and not 79.9000000000000056…
    shown = Fraction(repr(score))
    edges = [
        Margin(shown - lowest, lowest, band, band == rubric.pass_band)
        for band, lowest in rubric.bands.items()
        if lowest > 0
    ]
    nearest = sorted(edges, key=lambda one: (abs(one.points), not one.decides, one.points))
    return nearest[0] if nearest else None
