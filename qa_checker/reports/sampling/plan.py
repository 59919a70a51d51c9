"""The plan sheet: what was asked for, and how many of how many calls were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.cells import Cell, number, text
from qa_checker.reports.sampling import tally
from qa_checker.reports.sampling.drawn import KINDS, RANDOM, Plan, Sample
from qa_checker.reports.sampling.tally import Line
from qa_checker.reports.sampling.why import Titles, stratum
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.words import Say
from qa_checker.scorecard import text as shown

WIDTHS = (60, *[13] * 8)
COUNTS = ("drawn", "available", "drawn_share")


def sheet(say: Say, sample: Sample, titles: Titles) -> Sheet:
    """Return the plan sheet."""
    return Sheet(
        title=say("sheet.sampling.plan"),
        columns=[Column(width=width) for width in WIDTHS],
        rows=rows(say, sample, titles),
        heading=say("heading.sampling_plan"),
        hint=say("hint.sampling_plan"),
        finish=lambda worksheet, _: finish(worksheet),
        table=False,
        tab="1F3864",
    )


def finish(worksheet: Worksheet) -> None:
    """Let the lists of strata and agents take as many pages as they need."""
    worksheet.page_setup.fitToHeight = 0


def rows(say: Say, sample: Sample, titles: Titles) -> Iterator[Row]:
    """Yield the plan, what came of it, and a line for each stratum and agent."""
    yield [text(say("subheading.sampling_asked"), "subheading")]
    for key, value in asked(say, sample):
        yield [text(say(key), "key"), value]
    yield ()
    yield from drawn(say, sample)
    if sample.plan.by:
        found = tally.by_stratum(sample).items()
        named = [(stratum(say, sample.plan, name, titles), line) for name, line in found]
        yield from table(say, "subheading.sampling_strata", named)
    agents = [(name or say("nobody"), line) for name, line in tally.by_agent(sample).items()]
    yield from table(say, "subheading.sampling_agents", agents, sample.plan)


def asked(say: Say, sample: Sample) -> Iterator[tuple[str, Cell]]:
    """Yield what was asked for."""
    plan = sample.plan
    yield "sampling.per_agent", limit(say, plan.per_agent)
    if plan.share is None:
        yield "sampling.total", limit(say, plan.total)
    else:
        share = shown(100 * plan.share)
        count = tally.wanted(sample)
        yield "sampling.total", text(say("sampling.share", share=share, count=count), "plain")
    named = say("list").join(say(f"column.{key}") for key in plan.by)
    yield "sampling.by", text(named or say("sampling.no_strata"), "plain")
    yield "sampling.margins", number(plan.margins, "figure")
    key = "sampling.every_red_line" if plan.red_lines else "sampling.no_red_line"
    yield "sampling.red_lines", text(say(key), "plain")
    yield "sampling.seed", number(plan.seed, "figure")


def limit(say: Say, most: int | None) -> Cell:
    """Return a number, or that there is none."""
    return text(say("sampling.no_limit"), "plain") if most is None else number(most, "figure")


def drawn(say: Say, sample: Sample) -> Iterator[Row]:
    """Yield what was drawn for each reason, and what the plan did not get."""
    whole = tally.every(sample)
    yield head(say, "subheading.sampling_drawn", COUNTS)
    for kind in KINDS:
        count, of = whole.kinds.get(kind, 0), tally.of_kind(sample, kind)
        yield [text(say(f"kind.{kind}"), "key"), *counts(count, of)]
    yield [text(say("sampling.all"), "key"), *counts(whole.drawn, whole.available)]
    yield ()
    left = [*missing(say, sample)]
    yield from [*left, ()] if left else ()


def missing(say: Say, sample: Sample) -> Iterator[Row]:
    """Yield what was left out and what the plan did not get."""
    whole = tally.every(sample)
    for key, count in (("sampling.skipped", sample.skipped), *tally.gaps(sample)):
        if count:
            yield [text(say(key), "key"), number(count, "points")]
    if not whole.available:
        yield [text(say("sampling.nothing"), "plain")]
    elif not whole.kinds.get(RANDOM):
        yield [text(say("sampling.no_chance"), "plain")]


def table(
    say: Say, title: str, lines: Iterable[tuple[str, Line]], quotas: Plan | None = None
) -> Iterator[Row]:
    """Yield a table with a row for each name; with a quota for each if `quotas` has one."""
    quota = quotas.per_agent if quotas else None
    more = () if quota is None else ("quota", "short")
    yield head(say, title, (*COUNTS, *(f"kind.{kind}" for kind in KINDS), *more))
    for name, line in lines:
        row = [
            text(name, "key"),
            *counts(line.drawn, line.available),
            *(number(line.kinds.get(kind, 0) or None, "points") for kind in KINDS),
        ]
        if quota is not None:
            row += [
                number(quota, "points"),
                number(max(0, quota - line.counted) or None, "points"),
            ]
        yield row
    yield ()


def head(say: Say, title: str, names: Iterable[str]) -> Row:
    """Return the titles of a table."""
    titles = [name if "." in name else f"column.{name}" for name in names]
    return [text(say(title), "subheading"), *(text(say(one), "head") for one in titles)]


def counts(count: int, of: int) -> Iterator[Cell]:
    """Yield how many of how many."""
    yield number(count, "points")
    yield number(of, "points")
    yield number(count / of if of else None, "percent")
