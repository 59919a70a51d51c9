"""What the calls of one agent add up to, however many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from qa_checker.reports.judged import Judged, cleared_sections, counted, lost, own, zeroing
from qa_checker.scorecard import FAIL, Scorecard, tenths

Key = tuple[int, str]
"""The number of a rubric, and an item or section of it."""


@dataclass(slots=True)
class ItemSum:
    """One item: in how many calls it was judged, in how many it failed, and what that cost."""

    calls: int = 0
    times: int = 0
    lost: Fraction = Fraction(0)


@dataclass(slots=True)
class SectionSum:
    """The points of one section."""

    possible: Fraction = Fraction(0)
    got: Fraction = Fraction(0)


@dataclass(slots=True)
class AgentTally:
    """One agent over all calls; `scores` counts calls by their score in tenths."""

    calls: int = 0
    skipped: int = 0
    zeroed: int = 0
    passed: int = 0
    rated: int = 0
    waiting: int = 0
    scores: Counter[int] = field(default_factory=Counter)
    items: dict[Key, ItemSum] = field(default_factory=dict)
    sections: dict[Key, SectionSum] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


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
        agent.scores[tenths(card.score)] += 1
    add_items(agent.items, card, rubric)
    add_sections(agent.sections, card, rubric)


def add_items(items: dict[Key, ItemSum], card: Scorecard, rubric: int) -> None:
    """Add the verdicts of a call to their items."""
    for verdict in card:
        key = (rubric, verdict.item)
        item = items.get(key) or items.setdefault(key, ItemSum())
        item.calls += counted(verdict)
        if verdict.verdict == FAIL:
            item.times += 1
            item.lost += lost(verdict)


def add_sections(sections: dict[Key, SectionSum], card: Scorecard, rubric: int) -> None:
    """Add the points of a call to their sections."""
    gone = cleared_sections(card)
    for verdict in card:
        key = (rubric, verdict.section)
        section = sections.get(key) or sections.setdefault(key, SectionSum())
        if counted(verdict):
            section.possible += verdict.points
            if verdict.section not in gone:
                section.got += own(verdict)


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
