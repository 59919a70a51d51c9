"""The calls sheet: a row per call drawn, in the order to hear it, with room for what was heard."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.cells import Cell, formula, number, text
from qa_checker.reports.sampling.drawn import Candidate, Sample
from qa_checker.reports.sampling.why import Titles, reasons
from qa_checker.reports.sheet import FIRST, Column, Row, Sheet, place
from qa_checker.reports.words import Say, moment

WIDTHS = {
    "heard_order": 7, "call": 20, "agent": 16, "queue": 16, "started": 26, "score": 8, "band": 10,
    "margin": 8, "provisional": 11, "drawn_as": 14, "why_drawn": 58, "human": 11,
    "human_score": 9, "difference": 10, "note": 30, "listener": 12, "source": 30, "rule": 36,
}  # fmt: skip
PRINTED = 16
MACHINE, HUMAN, HUMAN_SCORE = "FLM"
CHOICES = ("sampling.agree", "sampling.disagree", "sampling.cannot_tell")


def sheet(say: Say, sample: Sample, titles: Titles) -> Sheet:
    """Return the calls sheet."""
    return Sheet(
        title=say("sheet.sampling.calls"),
        columns=[Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=rows(say, sample, titles),
        heading=say("heading.sampling_calls"),
        hint=say("hint.sampling_calls"),
        frozen=2,
        printed=PRINTED,
        finish=lambda worksheet, lasts: finish(say, worksheet, lasts[worksheet.title]),
        tab="C9A227",
    )


def rows(say: Say, sample: Sample, titles: Titles) -> Iterator[Row]:
    """Yield a row for every call drawn."""
    for index, drawn in enumerate(sample.drawn):
        _, row = place(index)
        why = "\n".join(reasons(say, sample.plan, drawn, titles))
        yield [
            number(index + 1, "points"),
            *facts(say, drawn.call, titles),
            text(say(f"kind.{drawn.kind}"), "centre"),
            text(why),
            *heard(row),
            text(drawn.call.source, "id"),
            text(drawn.call.rule, "id"),
        ]


def facts(say: Say, call: Candidate, titles: Titles) -> Iterator[Cell]:
    """Yield which call it is, and what the machine made of it."""
    yield text(call.call_id, "id")
    yield text(call.agent or say("nobody"))
    yield text(call.queue)
    yield text(moment(call.started_at), "id")
    yield number(call.score, "score")
    none = "" if call.score is not None else say("sampling.no_score")
    yield text(titles.band(call.band) or none, "centre")
    yield number(call.margin.points if call.margin else None, "points")
    yield text(say("yes") if call.provisional else "", "centre")


def heard(row: int) -> Iterator[Cell]:
    """Yield the cells that people fill in, and how far they are from the machine."""
    pattern = f'IF(OR({HUMAN_SCORE}{{row}}="",{MACHINE}{{row}}=""),"",'
    yield text("", "human")
    yield number(None, "human")
    yield formula(f"{pattern}{HUMAN_SCORE}{{row}}-{MACHINE}{{row}})", "", "live", row=row)
    yield text("", "note_human")
    yield text("", "note_human")


def finish(say: Say, worksheet: Worksheet, last: int) -> None:
    """Add the drop-down of verdicts, the limits of scores, and colours."""
    bottom = max(last, FIRST)
    verdicts = ",".join(say(choice) for choice in CHOICES)
    drop = DataValidation("list", formula1=f'"{verdicts}"', allow_blank=True)
    drop.errorTitle, drop.error = say("drop.title"), say("drop.error")
    drop.promptTitle, drop.prompt = say("drop.title"), say("sampling.prompt")
    between = DataValidation(
        "decimal", operator="between", formula1="0", formula2="100", allow_blank=True
    )
    between.errorTitle, between.error = say("sampling.score_title"), say("sampling.score_error")
    for checked, column in ((drop, HUMAN), (between, HUMAN_SCORE)):
        checked.showErrorMessage = checked.showInputMessage = True
        area = f"{column}{FIRST}:{column}{bottom}"
        checked.add(area)
        worksheet.add_data_validation(checked)
    area = f"{HUMAN}{FIRST}:{HUMAN}{bottom}"
    decor.words(worksheet, area, say("sampling.agree"), say("sampling.disagree"))
