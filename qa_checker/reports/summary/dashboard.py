"""The dashboard: the run in figures and three charts, with the numbers behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from math import ceil

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.cells import Cell, Range, number, text
from qa_checker.reports.charts import Look, bars
from qa_checker.reports.reviewed import REVIEWED
from qa_checker.reports.sheet import FIRST, Column, Row, Sheet
from qa_checker.reports.summary.ground import FOLDER, Ground
from qa_checker.reports.tallies import mean, middle

WIDTHS = (40, 13, 3, 12, 14, *[12] * 9)
BLOCK = 18  # rows of a chart
TOP = 10  # items in the chart
BINS = 10
BANDS = 4  # columns from the left to the table of bands
Pair = tuple[str, Fraction]


def sheet(ground: Ground) -> Sheet:
    """Return the dashboard."""
    return Sheet(
        title=ground.say("sheet.summary.dashboard"),
        columns=[Column(width=width) for width in WIDTHS],
        rows=rows(ground),
        heading=ground.say("heading.dashboard"),
        hint=hint(ground),
        finish=lambda worksheet, _: draw(ground, worksheet),
        printed=len(WIDTHS),
        table=False,
        tab="1F3864",
    )


def hint(ground: Ground) -> str:
    """Return the line below the heading: whose scores, and where people's earlier work went."""
    reviewed = sum(name.startswith(REVIEWED) for name in ground.kept)
    if not reviewed:
        return ground.say("hint.dashboard")
    folder, sheet = f"{FOLDER}/{REVIEWED}", ground.say("sheet.summary.aside")
    return ground.say("hint.dashboard_kept", count=reviewed, folder=folder, sheet=sheet)


def rows(ground: Ground) -> Iterator[Row]:
    """Yield the figures and, below, the numbers of each chart from the rows that draw() names."""
    say = ground.say
    yield from block(say("subheading.figures"), top(ground), tall(ground))
    yield from block(say("subheading.items"), pairs(worst(ground)), BLOCK)
    yield [
        text(say("subheading.scores"), "subheading"),
        *[None] * (BANDS - 1),
        text(say("subheading.bands"), "subheading"),
    ]
    both = zip_longest(pairs(distribution(ground)), pairs(bands(ground)), fillvalue=(None, None))
    yield from ([*left, *[None] * (BANDS - 2), *right] for left, right in both)
    yield from signalled(ground)


def signalled(ground: Ground) -> Iterator[Row]:
    """Yield how many calls have each label, with an example, and what was counted in all."""
    say, tally = ground.say, ground.tally
    order = {title: place for place, (title, _) in enumerate(tally.labels)}
    ordered = sorted(tally.labels.items(), key=lambda one: (order[one[0][0]], -one[1].calls))
    if ordered:
        yield ()
        yield [text(say("subheading.labels"), "subheading")]
    for (title, label), one in ordered:
        name = say("signal.label", title=title, label=label)
        yield [text(name), number(one.calls, "points"), None, text(one.example, "plain")]
    if tally.counts:
        yield ()
        yield [text(say("subheading.counts"), "subheading")]
    yield from ([text(name), number(count, "points")] for name, count in tally.counts.items())


def block(title: str, lines: Iterable[Row], size: int) -> Iterator[Row]:
    """Yield a heading and lines, filled up to `size` rows."""
    shown = [[text(title, "subheading")], *lines]
    yield from (row or () for row, _ in zip_longest(shown, range(size), fillvalue=()))


def pairs(counted: Iterable[Pair]) -> Iterator[Row]:
    """Yield a row for every name and number."""
    for name, value in counted:
        yield [text(name), number(value, "points")]


def tall(ground: Ground) -> int:
    """Return how many rows the key figures take with their heading and an empty row below."""
    return max(BLOCK, len(list(top(ground))) + 2)


def top(ground: Ground) -> Iterator[Row]:
    """Yield the key figures; scores compare only within one rubric, so each has its own mean."""
    yield from figures(ground)
    if not ground.several:
        return
    yield ()
    yield [text(ground.say("subheading.rubrics"), "subheading")]
    yield [text(ground.say("figure.mixed"))]
    for name, each in sorted(by_rubric(ground).items()):
        named = ground.say("figure.of_calls", rubric=name)
        yield figure(named, number(each.total(), "figure"))
        yield from averages(ground, each, "of_")


def by_rubric(ground: Ground) -> dict[str, Counter[int]]:
    """Return the scores that each version of a rubric gave, counted by their tenths."""
    named = zip(ground.rubrics, ground.tally.rubrics, strict=True)
    return {name: one.scores for name, one in named if one.scores}


def figures(ground: Ground) -> Iterator[Row]:
    """Yield the key figures."""
    say, agents = ground.say, ground.tally.agents.values()
    scores = all_scores(ground)
    calls, scored = sum(agent.calls for agent in agents), scores.total()
    skipped = sum(agent.skipped for agent in agents)
    for name, value in (
        ("found", calls + len(ground.aside)),
        ("read", calls),
        ("aside", len(ground.aside)),
        ("scored", scored),
        ("skipped", skipped),
        ("no_score", calls - scored - skipped),
        ("agents", len(agents)),
    ):
        yield figure(say(f"figure.{name}"), number(value, "figure"))
    if not ground.several:
        yield from averages(ground, scores)
    rated = sum(agent.rated for agent in agents)
    share = Fraction(sum(agent.passed for agent in agents), rated) if rated else None
    yield figure(say("figure.pass_rate"), number(share, "figure_percent"))
    zeroed = sum(agent.zeroed for agent in agents)
    yield figure(say("figure.zeroed"), number(zeroed, "figure"))
    waiting = sum(agent.waiting for agent in agents)
    yield figure(say("figure.waiting"), number(waiting, "figure"))


def averages(ground: Ground, scores: Counter[int], kind: str = "") -> Iterator[Row]:
    """Yield mean and median of some scores: of all, or those `of_` one rubric."""
    for name, value in (("mean", mean(scores)), ("median", middle(scores))):
        yield figure(ground.say(f"figure.{kind}{name}"), number(value, "figure_score"))


def all_scores(ground: Ground) -> Counter[int]:
    """Return every score, counted by its tenths."""
    return sum(by_rubric(ground).values(), Counter[int]())


def figure(name: str, value: Cell) -> Row:
    """Return a row of the figures."""
    return [text(name, "key"), value]


def distribution(ground: Ground) -> list[Pair]:
    """Return how many calls have a score in each ten points; 100 is with the nineties."""
    counts = [Fraction(0)] * BINS
    for score, calls in all_scores(ground).items():
        counts[min(BINS - 1, score // 100)] += calls
    names = [f"{n * 10}–{n * 10 + 9.9}" for n in range(BINS - 1)]
    return list(zip([*names, "90–100"], counts, strict=True))


def bands(ground: Ground) -> list[Pair]:
    """Return how many calls are in each band: rubric by rubric, the best first."""
    tally = ground.tally
    return [(band, Fraction(tally.bands[band])) for band in tally.order][: BLOCK - 2]


def worst(ground: Ground) -> list[Pair]:
    """Return the items that lost most points."""
    lost: dict[str, Fraction] = {}
    for key, points in ground.tally.lost().items():
        title = ground.tally.items[key].title
        lost[title] = lost.get(title, Fraction(0)) + points
    costly = sorted(((-points, title) for title, points in lost.items() if points))
    return [(title, -points) for points, title in costly[:TOP]]


def draw(ground: Ground, worksheet: Worksheet) -> None:
    """Add the charts beside the figures; on paper all goes on as many pages as it takes."""
    worksheet.page_setup.fitToHeight = 0
    say, calls = ground.say, ground.say("chart.calls")
    counts, grades, items = distribution(ground), bands(ground), worst(ground)
    first = FIRST + tall(ground) + 1
    below = first + BLOCK
    worksheet.row_breaks.append(Break(id=below - 2))  # the tables begin on a page of their own
    scores = Look(say("chart.scores"), say("column.score"), calls, 15, 8.8, step=step(counts))
    levels = Look(say("chart.bands"), say("column.band"), calls, 13.3, 8.8, step=step(grades))
    costly = Look(say("chart.items"), "", say("column.points_lost"), 26.5, 9.5)
    worksheet.add_chart(bars(scores, *places(ground, "AB", below, counts)), f"D{FIRST}")
    if grades:
        worksheet.add_chart(bars(levels, *places(ground, "EF", below, grades)), f"J{FIRST}")
    if items:
        chart = bars(costly, *places(ground, "AB", first, items), lying=True)
        worksheet.add_chart(chart, f"D{first - 1}")


def places(ground: Ground, letters: str, first: int, counted: list[Pair]) -> tuple[Range, Range]:
    """Return where the names and the numbers of a chart stand."""
    sheet, last = ground.say("sheet.summary.dashboard"), first + len(counted) - 1
    return Range(letters[0], first, last, sheet), Range(letters[1], first, last, sheet)


def step(counted: list[Pair]) -> float:
    """Return a step for an axis that counts calls: whole numbers, at most nine of them."""
    return max(1, ceil(max((value for _, value in counted), default=Fraction(1)) / 8))
