"""What the calls of one agent add up to, however many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from qa_checker.reports.judged import Judged, cleared_sections, counted, zeroing
from qa_checker.scorecard import FAIL, Scorecard, tenths

ZERO = Fraction(0)
Key = tuple[int, str]
"""The number of a rubric, and an item or section of it."""


@dataclass(slots=True)
class ItemSum:
    """One item: in how many calls it was judged, in how many it failed, and what that cost."""

    section: str
    points: Fraction
    calls: int = 0
    times: int = 0
    lost: Fraction = ZERO


@dataclass(slots=True)
class Points:
    """Items, and what every section lost: by verdicts, or because it was cleared."""

    items: dict[Key, ItemSum] = field(default_factory=dict)
    forgone: dict[Key, Fraction] = field(default_factory=dict)


class SectionSum(NamedTuple):
    """The points of one section."""

    possible: Fraction = ZERO
    got: Fraction = ZERO


@dataclass(slots=True)
class AgentTally:
    """One agent over all calls; `scores` counts calls by their score in tenths.

    It does so for each rubric, by its number: scores compare only within one.
    """

    calls: int = 0
    skipped: int = 0
    zeroed: int = 0
    passed: int = 0
    rated: int = 0
    waiting: int = 0
    scores: dict[int, Counter[int]] = field(default_factory=dict)
    points: Points = field(default_factory=Points)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def scored(self) -> int:
        """How many calls have a score."""
        return sum(scores.total() for scores in self.scores.values())


def add_to_agent(agent: AgentTally, judged: Judged, rubric: int) -> None:
    """Add one call; `rubric` is the number of its rubric."""
    card = judged.card
    agent.calls += 1
    agent.skipped += bool(card.skipped)
    agent.zeroed += bool(zeroing(card))
    agent.waiting += card.provisional
    agent.rated += card.passed is not None
    agent.passed += bool(card.passed)
    if card.score is not None:
        agent.scores.setdefault(rubric, Counter())[tenths(card.score)] += 1
    add_points(agent.points, card, rubric)


def add_points(points: Points, card: Scorecard, rubric: int) -> None:
    """Add the verdicts of a call; fractions are slow, so only what was lost is added up."""
    gone, items, forgone = cleared_sections(card), points.items, points.forgone
    for verdict in card:
        key = (rubric, verdict.item)
        item = items.get(key)
        if item is None:
            item = items[key] = ItemSum(verdict.section, verdict.points)
        if not counted(verdict):
            continue
        item.calls += 1
        section = (rubric, verdict.section)
        if verdict.verdict == FAIL or verdict.losses:
            short = verdict.points - verdict.earned
            forgone[section] = forgone.get(section, ZERO) + short
            if verdict.verdict == FAIL:
                item.times += 1
                item.lost += short
        if verdict.section in gone:
            forgone[section] = forgone.get(section, ZERO) + verdict.earned


def sections(points: Points) -> dict[Key, SectionSum]:
    """Return the points of every section, in the order they were met."""
    possible: dict[Key, Fraction] = {}
    for (rubric, _), item in points.items.items():
        key = (rubric, item.section)
        possible[key] = possible.get(key, ZERO) + item.calls * item.points
    return {
        key: SectionSum(most, most - points.forgone.get(key, ZERO))
        for key, most in possible.items()
    }


def mean(scores: Counter[int]) -> Fraction | None:
    """Return the mean of scores counted by their tenths, None without any."""
    total = scores.total()
    return Fraction(sum(score * n for score, n in scores.items()), 10 * total) if total else None


def middle(scores: Counter[int]) -> Fraction | None:
    """Return the median of scores counted by their tenths, None without any."""
    total, passed = scores.total(), 0
    halves: list[int] = []
    for score in sorted(scores):
        passed += scores[score]
        halves += [score] * ((passed > (total - 1) // 2) + (passed > total // 2) - len(halves))
        if len(halves) == 2:
            break
    return Fraction(sum(halves), 20) if halves else None
