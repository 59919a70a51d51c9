"""The items sheet: a row per call and item, where people write what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.advice import advice
from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, Range, number, text
from qa_checker.reports.decor import bold_first, verdicts
from qa_checker.reports.judged import Judged, Miss, cleared_sections, counted, own
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet, place
from qa_checker.reports.telling import lines, missed, priced
from qa_checker.reports.words import reason, verdict_word
from qa_checker.rules.rubric import Item, Section
from qa_checker.scorecard import FAIL, NA, Verdict, words

WIDTHS = {
    "number": 6, "call": 19, "section": 16, "question": 30, "verdict": 9, "points": 7,
    "machine": 8, "human": 11, "note": 24, "final": 9, "earned": 9, "turn": 9, "quotes": 60,
    "advice": 34, "searched": 60, "auto": 12, "sentence": 80, "item": 18, "rule": 36,
}  # fmt: skip
PRINTED = 14
HIDDEN = ("section_key", "own", "section_number")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a verdict with its call, its rule (None if the rubric has none) and its miss.

    `row` is where it stands, `clearing` tells whether items of its section can clear it,
    `due` what it earns while nobody has decided otherwise.
    """

    visit: Visit
    judged: Judged
    rubric: int
    verdict: Verdict
    section: Section | None
    item: Item | None
    miss: Miss | None
    row: int
    clearing: bool
    due: Fraction | None


def sheet(frame: Frame) -> Sheet:
    """Return the items sheet."""
    seen = [Column(frame.say(f"column.{name}"), width) for name, width in WIDTHS.items()]
    unseen = [Column(frame.say(f"column.{name}"), 8, hidden=True) for name in HIDDEN]
    return Sheet(
        title=frame.title("items"),
        columns=[*seen, *unseen],
        rows=rows(frame),
        heading=frame.say("heading.items", agent=frame.agent or frame.say("nobody")),
        hint=frame.say("hint.items"),
        frozen=4,
        printed=PRINTED,
        finish=lambda worksheet, lasts: finish(frame, worksheet, lasts),
        tab="C9A227",
        dropped=frame.say("dropped"),
        layout=(),
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield the rows of every call."""
    looks = formulas.columns(frame)
    for line in every_line(frame):
        yield [
            *machine_cells(frame, line),
            *live_cells(frame, line, looks),
            *proof_cells(frame, line),
            *rule_cells(frame, line),
        ]


def every_line(frame: Frame) -> Iterator[Line]:
    """Yield every verdict of every call with what belongs to it."""
    for visit, judged in frame.calls():
        rubric = frame.rubric_number(judged)
        misses = frame.common.misses(judged) if frame.common.misses else {}
        clearing = {one.section for one in judged.card if one.auto_fail == "section"}
        gone = cleared_sections(judged.card)
        for index, verdict in enumerate(judged.card):
            section, item = frame.common.rules[rubric].get(verdict.item, (None, None))
            _, row = place(visit.item + index, frame.limit)
            earned = Fraction(0) if verdict.section in gone else own(verdict)
            yield Line(
                visit, judged, rubric, verdict, section, item, misses.get(verdict.item), row,
                verdict.section in clearing, earned if counted(verdict) else None,
            )  # fmt: skip


def machine_cells(frame: Frame, line: Line) -> Iterator[Cell]:
    """Yield what the machine found: columns A to G."""
    verdict, item = line.verdict, line.item
    section = words(line.section.title, frame.language) if line.section else ""
    yield number(line.visit.number, "points")
    yield text(line.judged.call.call_id, "link", frame.link("calls", line.visit.number - 1))
    yield text(section or verdict.section)
    yield text(words(item.title if item else verdict.title, frame.language) or verdict.item)
    yield text(verdict_word(frame.say, verdict), "centre")
    yield number(item.points if item else verdict.points, "points")
    yield number(verdict.earned if counted(verdict) else None, "points")


def live_cells(frame: Frame, line: Line, looks: formulas.Columns) -> Iterator[Cell]:
    """Yield what people decide and what follows from it: columns H to K."""
    yield text("", "human")
    yield text("", "note_human")
    yield formulas.final_verdict(line.row, verdict_word(frame.say, line.verdict), looks)
    yield formulas.final_points(line.row, line.due, looks, line.clearing)


def proof_cells(frame: Frame, line: Line) -> Iterator[Cell]:
    """Yield the evidence: columns L and M."""
    found = priced(line.verdict)
    costly = [one for one, price in found if price is not None] or [one for one, _ in found]
    turn = costly[0].turn if costly else 0
    link = frame.link("transcript", line.visit.turn + turn) if turn else None
    why = [reason(frame.say, line.verdict)] if line.verdict.verdict == NA else []
    told = lines(frame.say, line.judged.call, line.verdict, frame.common.entries[line.rubric])
    yield text(frame.say("turn", turn=turn) if turn else "", "link", link)
    yield text("\n".join([*why, *told]))


def rule_cells(frame: Frame, line: Line) -> Iterator[Cell]:
    """Yield the rule: columns N to V, the last three hidden and for formulas."""
    item, verdict = line.item, line.verdict
    told = words(item.advice, frame.language) if item and verdict.verdict == FAIL else ""
    where = missed(frame.say, verdict, line.miss) if verdict.verdict in (FAIL, NA) else ()
    auto = {True: "auto.score", "section": "auto.section"}.get(verdict.auto_fail, "")
    section = frame.sections[line.rubric, verdict.section]
    yield text(advice(told, verdict, frame.common.entries[line.rubric]))
    yield text("\n".join(where), "quiet")
    yield text(frame.say(auto) if auto else "", "centre")
    yield text(frame.common.sentence(line.rubric, item) if item else "")
    yield text(verdict.item, "id")
    yield text(line.judged.card.rule, "id")
    yield number(line.visit.number * formulas.SECTIONS + section, "points")
    yield number(own(verdict), "points")
    yield number(section, "points")


def finish(frame: Frame, worksheet: Worksheet, lasts: Lasts) -> None:
    """Add the drop-down and the colours of verdicts."""
    bottom = lasts[worksheet.title]
    choices = Range("A", FIRST, FIRST + 2, frame.title("key"))
    drop = DataValidation("list", formula1=str(choices), allow_blank=True, showErrorMessage=True)
    drop.errorTitle, drop.error = frame.say("drop.title"), frame.say("drop.error")
    drop.promptTitle, drop.prompt = frame.say("drop.title"), frame.say("drop.prompt")
    drop.showInputMessage = True
    drop.add(f"{formulas.HUMAN}{FIRST}:{formulas.HUMAN}{bottom}")
    worksheet.add_data_validation(drop)
    for column in (formulas.MACHINE, formulas.HUMAN, formulas.FINAL):
        verdicts(worksheet, f"{column}{FIRST}:{column}{bottom}", frame.say)
    bold_first(worksheet, f"A{FIRST}:S{bottom}", FIRST)
