"""What a run is added up into: a tally of every agent, item, avoided phrase and label."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from qa_checker.reports.tallies import ZERO, AgentTally, Key
from qa_checker.reports.words import Say
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Section
from qa_checker.scorecard import Evidence

Named = tuple[str, str]
"""The title of a signal and one of its labels."""


@dataclass
class ItemTally:
    """One item over all calls; `na` counts by reason."""

    section: str
    title: str
    rule: str
    points: Fraction
    verdicts: Counter[str] = field(default_factory=Counter)
    na: Counter[str] = field(default_factory=Counter)


@dataclass
class PhraseTally:
    """One kind of avoided words, an entry of a lexicon, over all calls.

    `items` are the items that found it, by the number of their rubric and their id; `patterns`
    are its phrases as the lexicon has them.
    """

    title: str
    instead: str
    why: str
    times: int = 0
    calls: int = 0
    lost: Fraction = Fraction(0)
    example: str = ""
    agents: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    patterns: Counter[str] = field(default_factory=Counter)
    items: dict[Key, None] = field(default_factory=dict)


@dataclass
class LabelTally:
    """One label over all calls."""

    calls: int = 0
    example: str = ""
    quoted: bool = False


Example = tuple[PhraseTally | LabelTally, Evidence]


class Rules(NamedTuple):
    """A rubric's items, entries and the titles of its signals by name."""

    items: dict[str, tuple[Section, Item]]
    entries: dict[str, Entry]
    signals: dict[str, str]


@dataclass
class RubricTally:
    """One version of a rubric: its calls by their score in tenths."""

    rule: str
    rules: Rules
    scores: Counter[int] = field(default_factory=Counter)


@dataclass
class Tally:
    """Everything added up so far, in the language of the report.

    Rubrics are numbered as in the spool; `order` has the bands rubric by rubric, the best first,
    and a band that several rubrics have once; `examples` are the words to quote, by the number
    of the call whose transcript has them.
    """

    language: str
    say: Say
    agents: dict[str, AgentTally] = field(default_factory=dict)
    items: dict[Key, ItemTally] = field(default_factory=dict)
    phrases: dict[str, PhraseTally] = field(default_factory=dict)
    labels: dict[Named, LabelTally] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    bands: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    rubrics: list[RubricTally] = field(default_factory=list)
    examples: dict[int, list[Example]] = field(default_factory=dict)

    def lost(self) -> dict[Key, Fraction]:
        """Return the points that each item lost, over all agents."""
        lost: dict[Key, Fraction] = {}
        for agent in self.agents.values():
            for key, item in agent.points.items.items():
                lost[key] = lost.get(key, ZERO) + item.lost
        return lost
