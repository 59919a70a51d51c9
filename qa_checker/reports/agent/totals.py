"""One agent's calls added up for the overview: items and sections, and where to see them."""

from __future__ import annotations

from dataclasses import dataclass

from qa_checker.reports.advice import advice, unfilled
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Link
from qa_checker.reports.judged import Judged
from qa_checker.reports.line import title_of
from qa_checker.reports.tallies import ItemSum, Key, Points, SectionSum, add_points, sections
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
    """Items in the order they are met; sections by their titles.

    `sums` are the points of sections over all calls, `detailed` over those with details.
    """

    items: dict[Key, Total]
    titles: dict[Key, str]
    sums: dict[Key, SectionSum]
    detailed: dict[Key, SectionSum]


def add_up(frame: Frame) -> Totals:
    """Go over the calls with details once; the sums over all calls are there already."""
    items: dict[Key, Total] = {}
    detailed = Points()
    for visit, judged in frame.calls():
        add_points(detailed, judged.card, frame.rubric_number(judged))
        for index in range(len(judged.card.verdicts)):
            look_at(frame, items, visit, judged, index)
    for key, sums in frame.sums.points.items.items():
        if key not in items or items[key].first is None:
            items[key] = elsewhere(frame, key, sums)
    titles = {key: heading(frame, *key) for key in frame.sections}
    return Totals(items, titles, sections(frame.sums.points), sections(detailed))


def look_at(
    frame: Frame, items: dict[Key, Total], visit: Visit, judged: Judged, index: int
) -> None:
    """Note the first failure of an item."""
    verdict, rubric = judged.card.verdicts[index], frame.rubric_number(judged)
    key, rules = (rubric, verdict.item), frame.common.rules[rubric]
    if key not in items:
        title = title_of(rules, verdict, frame.language)
        items[key] = Total(frame.sums.points.items[key], title)
    item = items[key]
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
