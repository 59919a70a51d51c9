"""The calls sheet: a row per call, the machine's score beside the one people arrive at."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, formula, number, text
from qa_checker.reports.judged import Judged, counted, lost
from qa_checker.reports.remarks import red_lines, remarks
from qa_checker.reports.sheet import FIRST, Column, Row, Sheet, place
from qa_checker.reports.words import signed
from qa_checker.scorecard import FAIL, MANUAL, Scorecard, words

UNREACHED = Fraction(10**9)
"""Points that no call reaches: nobody can score a conversation that was none."""
WIDTHS = {
    "number": 6, "call": 18, "started": 26, "turns": 7, "machine_score": 9, "final_score": 9,
    "final_band": 10, "passed": 8, "reviewed": 9, "open": 9, "possible": 8, "got": 8,
    "failed_by": 26, "most": 44, "details": 9, "remarks": 40, "source": 26, "rule": 36,
}  # fmt: skip
MOST = 3  # items named as having cost most


def sheet(frame: Frame) -> Sheet:
    """Return the calls sheet."""
    columns = [Column(frame.say(f"column.{name}"), width) for name, width in WIDTHS.items()]
    return Sheet(
        title=frame.title("calls"),
        columns=[*columns, Column(frame.say("column.chart"), 8, hidden=True)],
        rows=rows(frame),
        heading=frame.say("heading.calls", agent=frame.agent or frame.say("nobody")),
        hint=frame.say("hint.calls"),
        frozen=2,
        printed=16,
        finish=lambda worksheet, last: finish(frame, worksheet, last),
        tab="2E6DA4",
        dropped=frame.say("dropped"),
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield a row for every call."""
    looks = formulas.columns(frame)
    for visit, judged in frame.calls():
        _, row = place(visit.number - 1, frame.limit)
        live = blank() if judged.card.skipped else live_cells(frame, judged, row, looks)
        score = Fraction(judged.card.shown) if judged.card.shown else ""
        chart = formula('IF(F{row}="",NA(),F{row})', "#N/A" if score == "" else score, row=row)
        yield [
            *machine_cells(frame, visit, judged),
            *live,
            *told_cells(frame, visit, judged),
            None if judged.card.skipped else chart,
        ]


def machine_cells(frame: Frame, visit: Visit, judged: Judged) -> Iterator[Cell]:
    """Yield which call it is and the machine's score: columns A to E."""
    score = judged.card.shown
    yield number(visit.number, "points")
    yield text(judged.call.call_id, "link", frame.link("transcript", visit.turn))
    yield text(judged.call.started_at, "id")
    yield number(len(judged.call.turns), "points")
    yield number(float(score) if score else None, "score")


def blank() -> Iterator[Cell]:
    """Yield empty cells for a call that the rubric does not apply to."""
    yield from [text("", "live")] * 7


def live_cells(frame: Frame, judged: Judged, row: int, looks: formulas.Columns) -> Iterator[Cell]:
    """Yield what follows from the items sheet: columns F to L."""
    card, rubric = judged.card, frame.rubric_number(judged.rubric)
    waiting = sum(one.verdict == MANUAL and one.points > 0 for one in card)
    least = UNREACHED if card.one_sided else judged.rubric.total
    yield formulas.final_score(row, card.shown, looks, least)
    yield formulas.final_band(frame, rubric, row, card.band)
    if judged.rubric.pass_band in judged.rubric.bands:
        yield formulas.final_pass(frame, rubric, row, card.passed)
    else:
        yield text("", "live")
    yield formulas.of_call(formulas.REVIEWED, row, 0, looks)
    yield formulas.of_call(formulas.OPEN, row, waiting, looks)
    yield formulas.of_call(formulas.POSSIBLE, row, card.possible, looks)
    yield formulas.got(row, card.earned, looks)


def told_cells(frame: Frame, visit: Visit, judged: Judged) -> Iterator[Cell]:
    """Yield the story of the call: columns M to R."""
    titles = {one.item: title(frame, judged, one.item) for one in judged.card}
    yield text("\n".join(red_lines(frame.say, judged.card.forfeits, titles)), "strong")
    yield text(most(frame, judged))
    yield text(frame.say("open"), "link", frame.link("items", visit.item))
    yield text("\n".join(remarks(frame.say, judged)), "quiet")
    yield text(judged.call.source, "id")
    yield text(judged.card.rule, "id")


def most(frame: Frame, judged: Judged) -> str:
    """Return the items that cost the call most."""
    costly = [one for one in judged.card if one.verdict == FAIL and counted(one) and lost(one)]
    costly.sort(key=lambda one: -lost(one))
    return "\n".join(
        f"{signed(lost(one))}  {title(frame, judged, one.item)}" for one in costly[:MOST]
    )


def title(frame: Frame, judged: Judged, item: str) -> str:
    """Return the question of an item, or its id."""
    rules = frame.rules[frame.rubric_number(judged.rubric)]
    if item in rules:
        return words(rules[item][1].title, frame.language) or item
    card: Scorecard = judged.card
    return next((words(one.title, frame.language) for one in card if one.item == item), item)


def finish(frame: Frame, worksheet: Worksheet, last: int) -> None:
    """Add bars to the scores and colours to what passes."""
    bottom = max(last, FIRST)
    decor.bar(worksheet, f"E{FIRST}:F{bottom}")
    decor.words(worksheet, f"H{FIRST}:H{bottom}", frame.say("yes"), frame.say("no"))
