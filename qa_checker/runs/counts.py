"""What became of the calls of a run, added up part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from qa_checker.scorecard import NA, Scorecard, one_decimal
from qa_checker.store.parts import Counts

TABLES = ("scores", "bands", "reasons", "rules")


def add(counts: Counts, card: Scorecard) -> None:
    """Count one scorecard."""
    counts.rules[card.rule] = counts.rules.get(card.rule, 0) + 1
    if card.skipped:
        counts.skipped += 1
        return
    counts.judged += 1
    for verdict in card.verdicts:
        if verdict.verdict == NA:
            counts.reasons[verdict.reason] = counts.reasons.get(verdict.reason, 0) + 1
    if card.score is None:
        counts.unscored += 1
        return
    counts.scores[card.shown] = counts.scores.get(card.shown, 0) + 1
    counts.bands[card.band] = counts.bands.get(card.band, 0) + 1


def total(every: Iterable[Counts]) -> Counts:
    """Return the counts of several parts as one."""
    made = Counts()
    tables: dict[str, Counter[str]] = {name: Counter() for name in TABLES}
    for each in every:
        made.judged += each.judged
        made.skipped += each.skipped
        made.unscored += each.unscored
        for name, table in tables.items():
            table.update(getattr(each, name))
    for name, table in tables.items():
        setattr(made, name, dict(sorted(table.items())))
    return made


def below(counts: Counts, limit: float) -> int:
    """Return how many calls score less than a limit, as shown."""
    return sum(number for score, number in counts.scores.items() if float(score) < limit)


def mean(scores: Mapping[str, int]) -> float | None:
    """Return the mean of scores as shown, counted, None without any."""
    number = sum(scores.values())
    added = sum((Fraction(score) * n for score, n in scores.items()), Fraction(0))
    return one_decimal(added / number) if number else None


def summary(
    counts: Counts, aside: int, scores: Mapping[str, Mapping[str, int]], limit: float | None = None
) -> dict[str, Any]:
    """Return the counts as plain data; calls = judged + skipped.

    `scores` are those of `counts` by their rubric. Scores compare only within one, so with
    several rubrics there is no mean of all.
    """
    means = {rule: mean(theirs) for rule, theirs in sorted(scores.items())}
    return {
        "calls": counts.judged + counts.skipped,
        "judged": counts.judged,
        "skipped": counts.skipped,
        "without_score": counts.unscored,
        "set_aside": aside,
        "mean_score": next(iter(means.values())) if len(means) == 1 else None,
        "mean_scores": means,
        "bands": counts.bands,
        "not_judged_items": counts.reasons,
        "below_limit": 0 if limit is None else below(counts, limit),
        "rubrics": sorted(counts.rules),
    }
