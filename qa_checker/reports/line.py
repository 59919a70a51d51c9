"""What the workbooks say about one call in a row, without its transcript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from qa_checker.reports.judged import Judged, lost
from qa_checker.reports.remarks import red_lines, remarks
from qa_checker.reports.words import Say, signed
from qa_checker.rules.rubric import Item, Section
from qa_checker.scorecard import FAIL, Verdict, words

MOST = 3  # items named as having cost a call most
Items = Mapping[str, tuple[Section, Item]]


class Told(NamedTuple):
    """The story of a call: which red lines it crossed, what cost it most, what to know."""

    red_lines: str
    most: str
    remarks: str


class CallLine(NamedTuple):
    """One call; `rubric` is the number of its rubric, `band` a name of its, `waiting` counts
    items with points that a person has to judge.
    """

    call_id: str
    agent: str
    started_at: str
    language: str
    turns: int
    score: str
    possible: Fraction
    earned: Fraction
    total: Fraction
    band: str
    passed: bool | None
    provisional: bool
    waiting: int
    one_sided: bool
    told: Told
    labels: str
    counts: Counter[str]
    skipped: str
    unscored: str
    source: str
    rule: str
    rubric: int


def told(say: Say, language: str, judged: Judged, items: Items) -> Told:
    """Return the story of a call in a language; `items` are those of its rubric."""
    card = judged.card
    titles = {one.item: title_of(items, one, language) for one in card}
    costs = ((lost(one), titles[one.item]) for one in card if one.verdict == FAIL)
    costly = sorted((one for one in costs if one[0]), key=lambda one: -one[0])[:MOST]
    return Told(
        "\n".join(red_lines(say, card.forfeits, titles)),
        "\n".join(f"{signed(points)}  {title}" for points, title in costly),
        "\n".join(remarks(say, judged)),
    )


def title_of(items: Items, verdict: Verdict, language: str) -> str:
    """Return the question of an item."""
    title = items[verdict.item][1].title if verdict.item in items else verdict.title
    return words(title, language) or verdict.item
