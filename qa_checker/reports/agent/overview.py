"""The overview: one agent in figures, a line over the calls, sections, and what to practise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.agent import course, formulas
from qa_checker.reports.agent.figures import figure_rows
from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.agent.totals import Total, Totals, add_up
from qa_checker.reports.cells import Cell, Range, Word, formula, number, text
from qa_checker.reports.charts import Look, bars
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.tallies import SectionSum

WIDTHS = (36, 12, 12, 12, 64, 11)
CHART_ROWS = 17  # that a chart beside the figures takes up
TOP = 10  # items shown of those that cost most


def sheet(frame: Frame) -> Sheet:
    """Return the overview sheet."""
    totals = add_up(frame)
    sections = FIRST + max(CHART_ROWS, len(list(figure_rows(frame))) + 1) + 2
    hidden = course.HIDDEN if course.summed_up(frame) else ()
    return Sheet(
        title=frame.title("overview"),
        columns=[*(Column(width=width) for width in WIDTHS), *hidden],
        rows=course.beside(frame, rows(frame, totals, sections)),
        heading=frame.say("heading.overview", agent=frame.agent or frame.say("nobody")),
        hint=hint(frame),
        finish=lambda worksheet, lasts: draw(frame, worksheet, lasts, sections, len(totals.titles)),
        layout=(len(totals.titles), course.look(frame)),
        printed=len(WIDTHS) if hidden else 0,
        table=False,
        tab="1F3864",
    )


def hint(frame: Frame) -> str:
    """Return the line below the heading; it says so if only some calls have details."""
    if len(frame.visits) == frame.count:
        return frame.say("hint.overview")
    return frame.say("hint.overview_some", count=frame.count, details=len(frame.visits))


def rows(frame: Frame, totals: Totals, sections: int) -> Iterator[Row]:
    """Yield figures, sections from row `sections` on, and the items that cost most."""
    yield ()
    figures = list(figure_rows(frame))
    yield from figures
    yield from [()] * (sections - FIRST - len(figures) - 3)
    yield from table(frame, "sections", ("section", "got", "possible", "share"))
    yield from section_rows(frame, totals, sections)
    yield from [()] * max(1, CHART_ROWS - len(totals.titles))
    yield from table(
        frame, "most", ("question", "judged", "times_failed", "points_lost", "advice", "details")
    )
    yield from most_rows(frame, totals)


def table(frame: Frame, name: str, titles: Sequence[str]) -> Iterator[Row]:
    """Yield the heading and column titles of a small table."""
    yield [text(frame.say(f"subheading.{name}"), "subheading")]
    yield [text(frame.say(f"column.{title}"), "head") for title in titles]


def section_rows(frame: Frame, totals: Totals, first: int) -> Iterator[Row]:
    """Yield the points of each section, which follow human verdicts."""
    looks = formulas.columns(frame)
    for row, (key, title) in enumerate(totals.titles.items(), first):
        sums, detailed = totals.sums[key], totals.detailed.get(key, SectionSum())
        parts = {**looks.parts, "section": Range("F", row, row), "row": row}
        got = over_all(looks.each(formulas.SECTION_GOT), sums.got, detailed.got, parts)
        pattern = looks.each(formulas.SECTION_POSSIBLE)
        most = over_all(pattern, sums.possible, detailed.possible, parts)
        share = sums.got / sums.possible if sums.possible else ""
        ratio = formula('IF(C{row}=0,"",B{row}/C{row})', share, "live_percent", row=row)
        number_of = number(frame.sections[key], "faint")
        yield [text(title), got, most, ratio, None, number_of]


def over_all(
    pattern: str, every: Fraction, detailed: Fraction, parts: dict[str, int | Range | Word]
) -> Cell:
    """Return points over all calls: those with details live, the rest as the machine has it."""
    rest = every - detailed
    if rest:
        pattern += "+{rest}/{under}"
        parts = {**parts, "rest": rest.numerator, "under": rest.denominator}
    return formula(pattern, every, "live", **parts)


def most_rows(frame: Frame, totals: Totals) -> Iterator[Row]:
    """Yield the items that cost most, with advice and the way to the first of them."""
    costly = sorted(
        (total for total in totals.items.values() if total.sums.lost),
        key=lambda total: (-total.sums.lost, -total.sums.times),
    )
    if not costly:
        yield [text(frame.say("nothing_lost"), "plain")]
    yield from (most_row(frame, total) for total in islice(costly, TOP))


def most_row(frame: Frame, total: Total) -> list[Cell]:
    """Return one item that cost points."""
    return [
        text(total.title),
        number(total.sums.calls, "points"),
        number(total.sums.times, "points"),
        number(total.sums.lost, "points"),
        text(total.advice),
        text(frame.say("open") if total.first else "", "link", total.first),
    ]


def draw(frame: Frame, worksheet: Worksheet, lasts: Lasts, first: int, sections: int) -> None:
    """Add the charts: the scores over the calls, and the share of points by section."""
    say = frame.say
    worksheet.add_chart(course.chart(frame, lasts), f"C{FIRST}")
    if sections:
        last = first + sections - 1
        titles = Range("A", first, last, frame.title("overview"))
        shares = Range("D", first, last, frame.title("overview"))
        look = Look(
            say("chart.sections"), say("column.section"), say("chart.share"), 15, 8, 1, "0%"
        )
        worksheet.add_chart(bars(look, titles, shares, lying=True), f"E{first - 2}")
