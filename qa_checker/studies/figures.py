"""Precision, recall and F1, with the interval that another sample of dialogues could give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from qa_checker.studies.rows import Row

FEWEST = 5
"""Dialogues below which drawing them again says nothing of other dialogues."""
RESAMPLES = 1000
AT_ONCE = 100
INTERVAL = (2.5, 97.5)
ALL = "all"
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """How right the predictions for some rows are; a share without a ground is None.

    `low` and `high` hold 95 % of the F1 of resampled dialogues; None for fewer than five.
    """

    source: str
    rows: int
    positives: int
    found: int
    right: int
    low: float | None
    high: float | None

    @property
    def precision(self) -> float | None:
        """The share of right ones among the rows found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of the positive rows that is found."""
        return self.right / self.positives if self.positives else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        both = self.found + self.positives
        return 2 * self.right / both if both else None


def figures(
    rows: Sequence[Row], truth: Sequence[bool], predicted: Sequence[bool], seed: int = 0
) -> list[Figures]:
    """Return the figures of each source by name, then those of all if there are several."""
    found = {}
    judged = sorted(zip(rows, truth, predicted, strict=True), key=by_dialogue)
    for source, run in groupby(judged, key=lambda each: each[0].source):
        found[source] = np.array(
            [counts(group) for _, group in groupby(run, key=by_dialogue)], dtype=float
        )
    if len(found) > 1:
        found[ALL] = np.concatenate(list(found.values()))
    return [summed(source, table, seed) for source, table in found.items()]


def by_dialogue(judged: tuple[Row, bool, bool]) -> tuple[str, str]:
    """Return the dialogue of a judged row, for sorting and grouping."""
    return judged[0].source, judged[0].dialogue


def counts(judged: Iterable[tuple[Row, bool, bool]]) -> tuple[int, int, int, int]:
    """Count the rows of a dialogue, the positive ones, those found, and those rightly found."""
    group = list(judged)
    return (
        len(group),
        sum(true for _, true, _ in group),
        sum(said for _, _, said in group),
        sum(true and said for _, true, said in group),
    )


def summed(source: str, table: Counts, seed: int) -> Figures:
    """Add up the dialogues of a source, and resample them for the interval."""
    rows, positives, found, right = (int(each) for each in table.sum(axis=0))
    return Figures(source, rows, positives, found, right, *interval(table, seed))


def interval(table: Counts, seed: int) -> tuple[float, float] | tuple[None, None]:
    """Return the bounds of F1 over dialogues drawn with replacement; None for too few of them."""
    number = len(table)
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(RESAMPLES // AT_ONCE if number >= FEWEST else 0):
        weights = random.multinomial(number, np.full(number, 1 / number), size=AT_ONCE)
        _, positives, found, right = (weights @ table).T
        both = positives + found
        drawn.append(2 * right[both > 0] / both[both > 0])
    scores = np.concatenate(drawn) if drawn else np.empty(0)
    if not len(scores):
        return None, None
    low, high = np.percentile(scores, INTERVAL)
    return float(low), float(high)
