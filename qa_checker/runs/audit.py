"""Audit calls one after the other: read, judge, count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from qa_checker.call import Call
from qa_checker.events import titles
from qa_checker.judging.compiled import Compiled, load_rubric
from qa_checker.judging.look import Look, language_of
from qa_checker.judging.nearest import nearest_miss
from qa_checker.judging.verdicts import judge
from qa_checker.problem import BadInput
from qa_checker.reports.judged import Judged, Miss
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.rules.sentences import item_sentence
from qa_checker.scorecard import FAIL, NA, Scorecard, one_decimal

USUAL = {"zh": "complaint_zh", "en": "support_en"}
"""The shipped rubric for calls of a language where nobody names another."""


@dataclass
class Tally:
    """What became of the calls: every call that was read is judged or skipped."""

    judged: int = 0
    skipped: int = 0
    unscored: int = 0
    below: int = 0
    scores: list[Fraction] = field(default_factory=list)
    bands: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    rubrics: dict[str, Compiled] = field(default_factory=dict)

    def add(self, card: Scorecard, fail_under: float | None) -> None:
        """Count one scorecard."""
        if card.skipped:
            self.skipped += 1
            return
        self.judged += 1
        self.reasons.update(v.reason for v in card if v.verdict == NA)
        if card.score is None:
            self.unscored += 1
            return
        self.scores.append(card.score)
        self.bands[card.band] += 1
        self.below += fail_under is not None and one_decimal(card.score) < fail_under

    @property
    def scored(self) -> int:
        """How many calls got a score."""
        return len(self.scores)

    def summary(self, aside: int) -> dict[str, Any]:
        """Return the counts as plain data; calls = judged + skipped."""
        mean = one_decimal(sum(self.scores) / Fraction(len(self.scores))) if self.scores else None
        return {
            "calls": self.judged + self.skipped,
            "judged": self.judged,
            "skipped": self.skipped,
            "without_score": self.unscored,
            "set_aside": aside,
            "mean_score": mean,
            "bands": dict(sorted(self.bands.items())),
            "not_judged_items": dict(sorted(self.reasons.items())),
            "below_limit": self.below,
            "rubrics": sorted(compiled.rule for compiled in self.rubrics.values()),
        }


def shipped_rubric(language: str) -> str:
    """Return the name of the rubric for calls of a language; BadInput if none ships."""
    if language in USUAL:
        return USUAL[language]
    raise BadInput(f"no rubric ships for calls in {language or 'this language'}; name one with -r")


def rubric_for(call: Call, rubric: Compiled | None, tally: Tally) -> Compiled:
    """Return the rubric given, else the one that ships for the call's language."""
    name = "" if rubric is not None else shipped_rubric(language_of(call))
    chosen = rubric if rubric is not None else load_once(name)
    tally.rubrics.setdefault(name or chosen.rule, chosen)
    return chosen


@cache
def load_once(name: str) -> Compiled:
    """Load a shipped rubric once."""
    return load_rubric(name)


def judged_calls(
    calls: Iterable[Call], rubric: Compiled | None, tally: Tally, fail_under: float | None = None
) -> Iterator[Judged]:
    """Judge calls as they come; without a rubric, each by the one for its language."""
    for call in calls:
        compiled = rubric_for(call, rubric, tally)
        card = judge(compiled, call)
        tally.add(card, fail_under)
        yield Judged(call, card, compiled.rubric)


def sentence(rubric: Rubric, item: Item, language: str) -> str:
    """Return an item's rule as a sentence."""
    return item_sentence(rubric, item, language, titles())


def misses(tally: Tally, judged: Judged) -> dict[str, Miss]:
    """Return the nearest miss of each failed item of a call that missed something."""
    compiled = next(c for c in tally.rubrics.values() if c.rule == judged.card.rule)
    look = Look(compiled, judged.call, judged.card.language)
    items = {item.id: item for _, item in judged.rubric.items}
    found = {}
    for verdict in judged.card:
        lacking = any(loss.kind in ("missing", "unanswered") for loss in verdict.losses)
        near = nearest_miss(look, items[verdict.item].check, verdict.searched) if lacking else None
        if near is not None and verdict.verdict == FAIL:
            found[verdict.item] = Miss(near.turn, near.quote, near.phrase)
    return found
