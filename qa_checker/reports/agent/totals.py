"""One agent's calls added up for the overview: items and sections, and where to see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.reports.advice import advice, unfilled
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Link
from qa_checker.reports.judged import Judged
from qa_checker.reports.line import title_of
from qa_checker.reports.tallies import ItemSum, Key, SectionSum, add_sections
from qa_checker.scorecard import FAIL, words


@dataclass
class Total:
    """One item over all calls of the agent, and the first call with details that fails it."""

    sums: ItemSum
    title: str
    advice: str = ""
    first: Link | None = None


@dataclass
class Totals:
    """Items in the order they are met; of sections their titles and the points with details."""

    items: dict[Key, Total] = field(default_factory=dict)
    titles: dict[Key, str] = field(default_factory=dict)
    detailed: dict[Key, SectionSum] = field(default_factory=dict)


def add_up(frame: Frame) -> Totals:
    """Go over the calls with details once; the sums over all calls are there already."""
    totals = Totals()
    for visit, judged in frame.calls():
        rubric = frame.rubric_number(judged)
        add_sections(totals.detailed, judged.card, rubric)
        for index in range(len(judged.card.verdicts)):
            look_at(frame, totals, visit, judged, index)
    for key, sums in frame.sums.items.items():
        if key not in totals.items or totals.items[key].first is None:
            totals.items[key] = elsewhere(frame, key, sums)
    for rubric, name in frame.sections:
        totals.titles[rubric, name] = heading(frame, rubric, name)
    return totals


def look_at(frame: Frame, totals: Totals, visit: Visit, judged: Judged, index: int) -> None:
    """Note the first failure of an item."""
    verdict, rubric = judged.card.verdicts[index], frame.rubric_number(judged)
    key, rules = (rubric, verdict.item), frame.common.rules[rubric]
    if key not in totals.items:
        title = title_of(rules, verdict, frame.language)
        totals.items[key] = Total(frame.sums.items[key], title)
    item = totals.items[key]
    if verdict.verdict == FAIL and item.first is None:
        rule = rules.get(verdict.item)
        told = words(rule[1].advice, frame.language) if rule else ""
        item.advice = advice(told, verdict, frame.common.entries[rubric])
        item.first = frame.link("items", visit.item + index)


def elsewhere(frame: Frame, key: Key, sums: ItemSum) -> Total:
    """Return the total of an item that fails in no call with details."""
    rubric, name = key
    rule = frame.common.rules[rubric].get(name)
    if rule is None:
        return Total(sums, name)
    title = words(rule[1].title, frame.language) or name
    return Total(sums, title, unfilled(words(rule[1].advice, frame.language)))


def heading(frame: Frame, rubric: int, section: str) -> str:
    """Return the heading of a section."""
    found = (one for one in frame.common.rubrics[rubric].sections if one.id == section)
    return next((words(one.title, frame.language) for one in found), "") or section
