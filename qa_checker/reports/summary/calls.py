"""The calls sheet: a row per call, linked to its row in the agent's workbook."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.cells import Cell, Link, number, text
from qa_checker.reports.judged import band_title
from qa_checker.reports.line import CallLine
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.spool import listed
from qa_checker.reports.summary.ground import Ground, counts
from qa_checker.reports.words import known, moment

WIDTHS = {
    "number": 6, "call": 20, "agent": 18, "started": 26, "call_language": 10, "turns": 7,
    "score": 9, "points_judged": 9, "points_total": 9, "band": 10, "passed": 8,
    "provisional": 12, "failed_by": 24, "most": 46, "labels": 60, "remarks": 44, "source": 30,
    "rule": 36,
}  # fmt: skip
TALLEST = 131.0  # nine lines: several calls fit on a screen, however much was found in them


def sheet(ground: Ground) -> Sheet:
    """Return the calls sheet."""
    say = ground.say
    seen = [Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()]
    return Sheet(
        title=say("sheet.summary.calls"),
        columns=[*seen, *counts(ground)],
        rows=rows(ground),
        heading=say("heading.all_calls"),
        hint=hint(ground),
        frozen=2,
        printed=16,
        finish=lambda worksheet, lasts: finish(ground, worksheet, lasts),
        tab="2E6DA4",
        tallest=TALLEST,
        dropped=say("dropped"),
    )


def hint(ground: Ground) -> str:
    """Return the line below the heading; it says so if there are too many calls to list."""
    if ground.spool.size <= ground.listed:
        return ground.say("hint.all_calls")
    return ground.say("hint.some_calls", count=ground.spool.size, listed=ground.listed)


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every call that is listed, in the order they were read."""
    counted = ground.counted
    for index, place, call in listed(ground.spool):
        yield [
            number(index + 1, "points"),
            *facts(ground, call, ground.link(call.agent, place)),
            *result(ground, call),
            *(number(call.counts[name] or None, "points") for name in counted),
        ]


def facts(ground: Ground, call: CallLine, link: Link) -> Iterator[Cell]:
    """Yield which call it is."""
    yield text(call.call_id, "link", link)
    yield text(ground.name(call.agent))
    yield text(moment(call.started_at), "id")
    yield text(known(ground.say, "language", call.language), "centre")
    yield number(call.turns, "points")


def result(ground: Ground, call: CallLine) -> Iterator[Cell]:
    """Yield what came out."""
    yes, no = ground.say("yes"), ground.say("no")
    yield number(float(call.score) if call.score else None, "score")
    yield number(None if call.skipped else call.possible, "points")
    yield number(call.total, "points")
    rubric = ground.spool.rubrics[call.rubric]
    yield text(band_title(rubric, call.band, ground.tally.language), "centre")
    yield text("" if call.passed is None else yes if call.passed else no, "centre")
    yield text(yes if call.provisional else "", "centre")
    yield text(call.told.red_lines, "strong")
    yield text(call.told.most)
    yield text(call.labels)
    yield text(call.told.remarks, "quiet")
    yield text(call.source, "id")
    yield text(call.rule, "id")


def finish(ground: Ground, worksheet: Worksheet, lasts: Lasts) -> None:
    """Add bars to the scores and colours to what passes."""
    bottom = lasts[worksheet.title]
    decor.bar(worksheet, f"G{FIRST}:G{bottom}")
    decor.words(worksheet, f"K{FIRST}:K{bottom}", ground.say("yes"), ground.say("no"))
