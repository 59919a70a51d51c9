"""The items sheet: how often each item was judged, passed, failed or could not be judged."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.cells import number, text
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.summary.ground import Ground
from qa_checker.scorecard import FAIL, MANUAL, PASS, REASONS

WIDTHS = {
    "section": 22, "question": 44, "points": 7, "judged": 8, "times_passed": 8,
    "times_failed": 8, "pass_rate": 10, "points_lost": 10, "times_manual": 9,
}  # fmt: skip


def sheet(ground: Ground) -> Sheet:
    """Return the items sheet."""
    say = ground.say
    seen = [Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()]
    reasons = [Column(say(f"short.{reason}"), 12) for reason in REASONS]
    ids = [Column(say("column.item"), 20), Column(say("column.rule"), 36)]
    return Sheet(
        title=say("sheet.summary.items"),
        columns=[*seen, *reasons, *ids],
        rows=rows(ground),
        heading=say("heading.all_items"),
        hint=say("hint.all_items"),
        frozen=2,
        printed=14,
        finish=finish,
        tab="C9A227",
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every item of every rubric version, in the rubric's order."""
    lost = ground.tally.lost()
    for (rubric, name), item in ground.tally.items.items():
        passed, failed = item.verdicts[PASS], item.verdicts[FAIL]
        judged = passed + failed
        yield [
            text(item.section),
            text(item.title),
            number(item.points, "points"),
            number(judged, "points"),
            number(passed, "points"),
            number(failed, "points"),
            number(Fraction(passed, judged) if judged else None, "percent"),
            number(lost[rubric, name], "points"),
            number(item.verdicts[MANUAL], "points"),
            *(number(item.na[reason], "points") for reason in REASONS),
            text(name, "id"),
            text(item.rule, "id"),
        ]


def finish(worksheet: Worksheet, lasts: Lasts) -> None:
    """Add bars to the points lost."""
    decor.bar(worksheet, f"H{FIRST}:H{lasts[worksheet.title]}", "D98C8C", None)
