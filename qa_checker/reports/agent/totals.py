"""One agent's calls added up: figures, sections and items."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from qa_checker.reports.advice import advice
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Link
from qa_checker.reports.judged import Judged, cleared_sections, counted, lost, own, zeroing
from qa_checker.scorecard import FAIL, Verdict, words

Key = tuple[int, str]


@dataclass
class Total:
    """One item or section over all calls of the agent."""

    title: str
    advice: str = ""
    calls: int = 0
    times: int = 0
    possible: Fraction = Fraction(0)
    lost: Fraction = Fraction(0)
    got: Fraction = Fraction(0)
    first: Link | None = None


@dataclass
class Totals:
    """All calls of the agent."""

    calls: int = 0
    skipped: int = 0
    zeroed: int = 0
    passed: int = 0
    rated: int = 0
    waiting: int = 0
    scores: list[Fraction] = field(default_factory=list)
    items: dict[Key, Total] = field(default_factory=dict)
    sections: dict[Key, Total] = field(default_factory=dict)


def add_up(frame: Frame) -> Totals:
    """Go over the calls once and add up what the machine found."""
    totals = Totals()
    for visit, judged in frame.calls():
        add_call(totals, judged)
        gone = cleared_sections(judged.card)
        for index, verdict in enumerate(judged.card):
            add_item(frame, totals, visit, judged, index)
            add_section(frame, totals, judged, verdict, verdict.section in gone)
    return totals


def add_call(totals: Totals, judged: Judged) -> None:
    """Add the figures of one call."""
    card = judged.card
    totals.calls += 1
    totals.skipped += bool(card.skipped)
    totals.zeroed += bool(zeroing(card))
    totals.waiting += card.provisional
    totals.rated += card.passed is not None
    totals.passed += bool(card.passed)
    if card.score is not None:
        totals.scores.append(Fraction(card.shown))


def add_item(frame: Frame, totals: Totals, visit: Visit, judged: Judged, index: int) -> None:
    """Add one verdict to its item."""
    verdict, number = judged.card.verdicts[index], frame.rubric_number(judged.rubric)
    rule = frame.rules[number].get(verdict.item)
    title = words(rule[1].title if rule else verdict.title, frame.language) or verdict.item
    item = totals.items.setdefault((number, verdict.item), Total(title))
    item.calls += counted(verdict)
    if verdict.verdict == FAIL:
        item.times += 1
        item.lost += lost(verdict)
        if item.first is None:
            told = words(rule[1].advice, frame.language) if rule else ""
            item.advice = advice(told, verdict, frame.entries[number])
            item.first = frame.link("items", visit.item + index)


def add_section(frame: Frame, totals: Totals, judged: Judged, verdict: Verdict, gone: bool) -> None:
    """Add one verdict to its section; `gone` says that the section was cleared."""
    number = frame.rubric_number(judged.rubric)
    rule = frame.rules[number].get(verdict.item)
    heading = (words(rule[0].title, frame.language) if rule else "") or verdict.section
    section = totals.sections.setdefault((number, verdict.section), Total(heading))
    if counted(verdict):
        section.possible += verdict.points
        section.got += 0 if gone else own(verdict)
