"""The line over an agent's calls: a point a call, or means of stretches where there are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest

from openpyxl.chart import LineChart

from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.cells import Cell, Range, formula, number, text
from qa_checker.reports.charts import Look, trend
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row
from qa_checker.reports.spool import stretches

POINTS = 200  # that a chart shows so that people can tell one from another
MEANS = 60  # points of a chart of means
LEFT = 7  # columns of the overview to the left of the means
HIDDEN = tuple(Column("", 8, hidden=True) for _ in "GHIJ")


def summed_up(frame: Frame) -> bool:
    """Tell whether there are too many calls for a point each."""
    return frame.count > POINTS


def beside(frame: Frame, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of the overview, with the means in hidden columns if they are needed."""
    means = mean_rows(frame) if summed_up(frame) else ()
    for row, mean in zip_longest(rows, means, fillvalue=()):
        yield [*row, *[None] * (LEFT - len(row)), *mean] if mean else row


def mean_rows(frame: Frame) -> Iterator[list[Cell]]:
    """Yield which calls a stretch has, and their mean scores: the machine's and the final."""
    for first, last, total, count in stretches(frame.common.spool, frame.agent, MEANS):
        mean = Fraction(total, 10 * count) if count else None
        ranges = frame.ranges("calls", formulas.SCORE, last + 1, first)
        parts = {f"p{n}": one for n, one in enumerate(ranges)}
        final = f"IFERROR(AVERAGE({','.join(f'{{{name}}}' for name in parts)}),NA())"
        shown = "#N/A" if mean is None else mean
        yield [
            text(f"{first + 1}–{last + 1}", "centre"),
            formula("NA()", shown) if mean is None else number(mean, "score"),
            formula(final, shown, "live_score", **parts),
        ]


def look(frame: Frame) -> Look:
    """Return what the chart is called."""
    say = frame.say
    told = say("chart.trend")
    if summed_up(frame):
        told = say("chart.trend_means", count=round(frame.count / MEANS))
    return Look(told, say("chart.call"), say("chart.score"), 21, 8.6, 100)


def chart(frame: Frame, lasts: Lasts) -> LineChart:
    """Return the chart."""
    title, last, letters = frame.title("calls"), lasts[frame.title("calls")], "AES"
    if summed_up(frame):
        title, last, letters = frame.title("overview"), FIRST + MEANS - 1, "HIJ"
    calls, score, final = (Range(column, FIRST, last, title) for column in letters)
    names = (frame.say("column.machine_score"), frame.say("column.final_score"))
    line = trend(look(frame), calls, list(zip(names, (score, final), strict=True)))
    line.visible_cells_only = False  # the numbers are in hidden columns, which keep gaps
    return line
