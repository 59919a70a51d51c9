"""What a run is added up into: a line per call, agent, item and avoided phrase."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from qa_checker.reports.words import Say
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Rubric, Section

Key = tuple[str, str]


class CallLine(NamedTuple):
    """One call in the summary."""

    call_id: str
    agent: str
    started_at: str
    language: str
    turns: int
    score: str
    possible: Fraction | None
    total: Fraction
    band: str
    passed: bool | None
    provisional: bool
    zeroed: bool
    red_lines: str
    most: str
    labels: str
    counts: Counter[str]
    remarks: str
    skipped: str
    unscored: str
    source: str
    rule: str


@dataclass
class ItemTally:
    """One item over all calls; `na` counts by reason."""

    section: str
    title: str
    rule: str
    points: Fraction
    verdicts: Counter[str] = field(default_factory=Counter)
    na: Counter[str] = field(default_factory=Counter)
    lost: Fraction = Fraction(0)


@dataclass
class PhraseTally:
    """One avoided phrase over all calls."""

    pattern: str
    title: str
    instead: str
    why: str
    times: int = 0
    calls: int = 0
    lost: Fraction = Fraction(0)
    example: str = ""
    agents: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)


@dataclass
class AgentTally:
    """One agent over all calls."""

    calls: int = 0
    scores: list[Fraction] = field(default_factory=list)
    passed: int = 0
    rated: int = 0
    waiting: int = 0
    zeroed: int = 0
    lost: dict[str, Fraction] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class LabelTally:
    """One label over all calls."""

    calls: int = 0
    example: str = ""


class Rules(NamedTuple):
    """A rubric's items, entries and the titles of its signals by name."""

    items: dict[str, tuple[Section, Item]]
    entries: dict[str, Entry]
    signals: dict[str, str]


@dataclass
class Tally:
    """Everything added up so far, in the language of the report."""

    language: str
    say: Say
    calls: list[CallLine] = field(default_factory=list)
    agents: dict[str, AgentTally] = field(default_factory=dict)
    items: dict[Key, ItemTally] = field(default_factory=dict)
    phrases: dict[Key, PhraseTally] = field(default_factory=dict)
    labels: dict[Key, LabelTally] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    bands: Counter[str] = field(default_factory=Counter)
    lowest: dict[str, Fraction] = field(default_factory=dict)
    rules: dict[int, tuple[Rubric, Rules]] = field(default_factory=dict)
