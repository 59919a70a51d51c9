"""The dashboard: the run in figures and three charts, with the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from statistics import median

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.cells import Cell, Range, number, text
from qa_checker.reports.charts import Look, bars
from qa_checker.reports.sheet import FIRST, Column, Row, Sheet
from qa_checker.reports.summary.ground import Ground

WIDTHS = (40, 13, 3, *[12] * 11)
BLOCK = 18  # rows of a chart
TOP = 10  # items in the chart
BINS = 10
Pair = tuple[str, int | Fraction]


def sheet(ground: Ground) -> Sheet:
    """Return the dashboard."""
    return Sheet(
        title=ground.say("sheet.summary.dashboard"),
        columns=[Column(width=width) for width in WIDTHS],
        rows=rows(ground),
        heading=ground.say("heading.dashboard"),
        hint=ground.say("hint.dashboard"),
        finish=lambda worksheet, _: draw(ground, worksheet),
        table=False,
        tab="1F3864",
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield the figures and, below, the numbers of each chart from the rows that draw() names."""
    say = ground.say
    yield from block(say("subheading.figures"), figures(ground))
    yield from block(say("subheading.items"), pairs(worst(ground)))
    yield from block(say("subheading.scores"), pairs(distribution(ground)))
    yield from block(say("subheading.bands"), pairs(bands(ground)))


def block(title: str, lines: Iterable[Row]) -> Iterator[Row]:
    """Yield a heading and lines, filled up to BLOCK rows."""
    shown = [[text(title, "subheading")], *lines]
    yield from (row or () for row, _ in zip_longest(shown, range(BLOCK), fillvalue=()))


def pairs(counted: Iterable[Pair]) -> Iterator[Row]:
    """Yield a row for every name and number."""
    for name, value in counted:
        yield [text(name), number(value, "points")]


def figures(ground: Ground) -> Iterator[Row]:
    """Yield the key figures."""
    say, calls = ground.say, ground.tally.calls
    scores = [Fraction(call.score) for call in calls if call.score]
    rated = [call.passed for call in calls if call.passed is not None]
    skipped = sum(bool(call.skipped) for call in calls)
    for name, value in (
        ("found", len(calls) + len(ground.aside)),
        ("read", len(calls)),
        ("aside", len(ground.aside)),
        ("scored", len(scores)),
        ("skipped", skipped),
        ("no_score", len(calls) - len(scores) - skipped),
        ("agents", len(ground.tally.agents)),
    ):
        yield figure(say(f"figure.{name}"), number(value, "figure"))
    mean = sum(scores, Fraction(0)) / len(scores) if scores else None
    yield figure(say("figure.mean"), number(mean, "figure_score"))
    yield figure(say("figure.median"), number(median(scores) if scores else None, "figure_score"))
    share = Fraction(sum(rated), len(rated)) if rated else None
    yield figure(say("figure.pass_rate"), number(share, "figure_percent"))
    zeroed = sum(bool(call.zeroed) for call in calls)
    yield figure(say("figure.zeroed"), number(zeroed, "figure"))
    waiting = sum(call.provisional for call in calls)
    yield figure(say("figure.waiting"), number(waiting, "figure"))


def figure(name: str, value: Cell) -> Row:
    """Return a row of the figures."""
    return [text(name, "key"), value]


def distribution(ground: Ground) -> list[Pair]:
    """Return how many calls have a score in each ten points; 100 is with the nineties."""
    counts = [0] * BINS
    for call in ground.tally.calls:
        if call.score:
            counts[min(BINS - 1, int(float(call.score)) // 10)] += 1
    names = [f"{n * 10}–{n * 10 + 9.9}" for n in range(BINS - 1)]
    return list(zip([*names, "90–100"], counts, strict=True))


def bands(ground: Ground) -> list[Pair]:
    """Return how many calls are in each band, the best first."""
    tally = ground.tally
    ordered = sorted(tally.lowest, key=lambda band: -tally.lowest[band])
    return [(band, tally.bands[band]) for band in ordered][: BLOCK - 2]


def worst(ground: Ground) -> list[Pair]:
    """Return the items that lost most points."""
    lost: dict[str, Fraction] = {}
    for item in ground.tally.items.values():
        lost[item.title] = lost.get(item.title, Fraction(0)) + item.lost
    costly = sorted(((-points, title) for title, points in lost.items() if points))
    return [(title, -points) for points, title in costly[:TOP]]


def draw(ground: Ground, worksheet: Worksheet) -> None:
    """Add the charts beside the figures."""
    say, number = ground.say, say_count(ground)
    items = Look(say("chart.items"), "", say("column.points_lost"), 27, 9.5)
    scores = Look(say("chart.scores"), say("column.score"), number, 15, 8.8)
    grades = Look(say("chart.bands"), say("column.band"), number, 11.5, 8.8)
    for look, block, count, place, lying in (
        (scores, 2, BINS, f"D{FIRST}", False),
        (grades, 3, len(bands(ground)), f"J{FIRST}", False),
        (items, 1, len(worst(ground)), f"D{FIRST + BLOCK}", True),
    ):
        if count:
            first = FIRST + block * BLOCK + 1
            names, values = (
                Range(letter, first, first + count - 1, say("sheet.summary.dashboard"))
                for letter in "AB"
            )
            worksheet.add_chart(bars(look, names, values, lying=lying), place)


def say_count(ground: Ground) -> str:
    """Return what the upright axis counts."""
    return ground.say("chart.calls")
