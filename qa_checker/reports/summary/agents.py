"""The agents sheet: a row per agent, linked to the agent's workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.cells import number, text
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.summary.ground import Ground, counts
from qa_checker.reports.tallies import AgentTally, mean
from qa_checker.reports.words import signed
from qa_checker.scorecard import one_decimal

WIDTHS = {
    "agent": 24, "calls": 8, "scored": 8, "mean": 9, "lowest_score": 9, "highest_score": 9,
    "pass_rate": 10, "zeroed": 10, "waiting": 10, "most": 60,
}  # fmt: skip
MOST = 3


def sheet(ground: Ground) -> Sheet:
    """Return the agents sheet."""
    say = ground.say
    widths = WIDTHS | {"means": 44} if ground.several else WIDTHS
    seen = [Column(say(f"column.{name}"), width) for name, width in widths.items()]
    return Sheet(
        title=say("sheet.summary.agents"),
        columns=[*seen, *counts(ground)],
        rows=rows(ground),
        heading=say("heading.agents"),
        hint=say("hint.agents"),
        frozen=1,
        printed=len(widths),
        finish=finish,
        tab="2E6DA4",
        dropped=say("dropped"),
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every agent, by name."""
    counted = ground.counted
    for name, agent in sorted(ground.tally.agents.items()):
        scores = comparable(agent)
        ends = [Fraction(end(scores), 10) if scores else None for end in (min, max)]
        yield [
            text(ground.name(name), "link", ground.agent(name)),
            number(agent.calls, "points"),
            number(agent.scored, "points"),
            number(mean(scores), "score"),
            *(number(score, "score") for score in ends),
            number(Fraction(agent.passed, agent.rated) if agent.rated else None, "percent"),
            number(agent.zeroed, "points"),
            number(agent.waiting, "points"),
            text(most(ground, agent)),
            *([text(means(ground, agent))] if ground.several else []),
            *(number(agent.counts[name] or None, "points") for name in counted),
        ]


def comparable(agent: AgentTally) -> Counter[int]:
    """Return the scores of an agent if one rubric gave them all, else none."""
    return next(iter(agent.scores.values())) if len(agent.scores) == 1 else Counter()


def means(ground: Ground, agent: AgentTally) -> str:
    """Return the agent's mean score by every rubric."""
    lines = []
    for rubric, scores in agent.scores.items():
        name, average = ground.rubrics[rubric], mean(scores)
        named = ground.say("figure.of_rubric", rubric=name, count=scores.total())
        lines.append(f"{named}  {one_decimal(average) if average is not None else ''}")
    return "\n".join(sorted(lines))


def most(ground: Ground, agent: AgentTally) -> str:
    """Return the items that cost the agent most."""
    costs: dict[str, Fraction] = {}
    for key, item in agent.points.items.items():
        title = ground.tally.items[key].title
        costs[title] = costs.get(title, Fraction(0)) + item.lost
    costly = sorted((one for one in costs.items() if one[1]), key=lambda one: (-one[1], one[0]))
    return "\n".join(f"{signed(points)}  {title}" for title, points in costly[:MOST])


def finish(worksheet: Worksheet, lasts: Lasts) -> None:
    """Add bars to the mean scores."""
    decor.bar(worksheet, f"D{FIRST}:D{lasts[worksheet.title]}")
