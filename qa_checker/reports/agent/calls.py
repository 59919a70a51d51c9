"""The calls sheet: a row per call, the machine's score beside the one people arrive at."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import decor
from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, number, text
from qa_checker.reports.judged import band_title
from qa_checker.reports.line import CallLine
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet, place
from qa_checker.reports.spool import lines_of
from qa_checker.reports.words import moment

UNREACHED = Fraction(10**9)
"""Points that no call reaches: nobody can score a conversation that was none."""
WIDTHS = {
    "number": 6, "call": 18, "started": 26, "turns": 7, "machine_score": 9, "final_score": 9,
    "final_band": 10, "passed": 8, "reviewed": 9, "open": 9, "possible": 8, "got": 8,
    "failed_by": 26, "most": 44, "details": 9, "remarks": 40, "source": 26, "rule": 36,
}  # fmt: skip


def sheet(frame: Frame) -> Sheet:
    """Return the calls sheet."""
    some = len(frame.visits) < frame.count
    widths = WIDTHS | {"details": 16} if some else WIDTHS
    columns = [Column(frame.say(f"column.{name}"), width) for name, width in widths.items()]
    return Sheet(
        title=frame.title("calls"),
        columns=[*columns, Column(frame.say("column.chart"), 8, hidden=True)],
        rows=rows(frame),
        heading=frame.say("heading.calls", agent=frame.agent or frame.say("nobody")),
        hint=frame.say("hint.calls_some" if some else "hint.calls"),
        frozen=2,
        printed=16,
        finish=lambda worksheet, lasts: finish(frame, worksheet, lasts),
        tab="2E6DA4",
        dropped=frame.say("dropped"),
        layout=(),
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield a row for every call."""
    looks = formulas.columns(frame)
    visits = {visit.number: visit for visit in frame.visits}
    for number_of, line in enumerate(lines_of(frame.common.spool, frame.agent), 1):
        visit = visits.get(number_of)
        _, row = place(number_of - 1, frame.limit)
        score = Fraction(line.score) if line.score else "#N/A"
        chart = looks.in_row(row, 'IF(F{row}="",NA(),F{row})', score)
        yield [
            *machine_cells(frame, number_of, line, visit),
            *(live_cells(frame, line, row, looks) if visit else fixed_cells(frame, line)),
            *told_cells(frame, line, visit),
            None if line.skipped else chart,
        ]


def machine_cells(
    frame: Frame, number_of: int, line: CallLine, visit: Visit | None
) -> Iterator[Cell]:
    """Yield which call it is and the machine's score: columns A to E."""
    link = frame.link("transcript", visit.turn) if visit else None
    yield number(number_of, "points")
    yield text(line.call_id, "link" if link else "id", link)
    yield text(moment(line.started_at), "id")
    yield number(line.turns, "points")
    yield number(float(line.score) if line.score else None, "score")


def live_cells(frame: Frame, line: CallLine, row: int, looks: formulas.Columns) -> Iterator[Cell]:
    """Yield what follows from the items sheet: columns F to L; blank if the call is skipped."""
    if line.skipped:
        yield from [text("", "live")] * 7
        return
    rubric = frame.common.rubrics[line.rubric]
    least = UNREACHED if line.one_sided else rubric.total
    yield formulas.final_score(row, line.score, looks, least)
    yield formulas.final_band(frame, line.rubric, row, band(frame, line))
    if rubric.pass_band in rubric.bands:
        yield formulas.final_pass(frame, line.rubric, row, line.passed)
    else:
        yield text("", "live")
    yield formulas.of_call(formulas.REVIEWED, row, 0, looks)
    yield formulas.of_call(formulas.OPEN, row, line.waiting, looks)
    yield formulas.of_call(formulas.POSSIBLE, row, line.possible, looks)
    yield formulas.got(row, line.earned, looks)


def band(frame: Frame, line: CallLine) -> str:
    """Return what people call the band of a call."""
    return band_title(frame.common.rubrics[line.rubric], line.band, frame.language)


def fixed_cells(frame: Frame, line: CallLine) -> Iterator[Cell]:
    """Yield the machine's result for a call without items to review: columns F to L."""
    passed = "" if line.passed is None else frame.say("yes" if line.passed else "no")
    yield number(Fraction(line.score) if line.score else None, "score")
    yield text(band(frame, line), "centre")
    yield text(passed, "centre")
    yield number(None, "points")
    for value in (line.waiting, line.possible, line.earned):
        yield number(None if line.skipped else value, "points")


def told_cells(frame: Frame, line: CallLine, visit: Visit | None) -> Iterator[Cell]:
    """Yield the story of the call: columns M to R."""
    yield text(line.told.red_lines, "strong")
    yield text(line.told.most)
    if visit:
        yield text(frame.say("open"), "link", frame.link("items", visit.item))
    else:
        yield text(frame.say("no_details"), "quiet")
    yield text(line.told.remarks, "quiet")
    yield text(line.source, "id")
    yield text(line.rule, "id")


def finish(frame: Frame, worksheet: Worksheet, lasts: Lasts) -> None:
    """Add bars to the scores and colours to what passes."""
    bottom = lasts[worksheet.title]
    decor.bar(worksheet, f"E{FIRST}:F{bottom}")
    decor.words(worksheet, f"H{FIRST}:H{bottom}", frame.say("yes"), frame.say("no"))
