"""The items sheet: a row per call and item, where people write what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.advice import advice
from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, Range, number, text, value
from qa_checker.reports.decor import bold_first, verdicts
from qa_checker.reports.judged import Judged, Miss, cleared_sections, counted, own
from qa_checker.reports.kind import Blank, Filled, Kind, kind
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.telling import lines, missed, priced
from qa_checker.reports.theme import style_numbers
from qa_checker.reports.words import reason, verdict_word
from qa_checker.scorecard import FAIL, NA, Verdict, words

WIDTHS = {
    "number": 6, "call": 19, "section": 16, "question": 30, "verdict": 9, "points": 7,
    "machine": 8, "human": 11, "note": 24, "final": 9, "earned": 9, "turn": 9, "quotes": 60,
    "advice": 34, "searched": 60, "auto": 12, "sentence": 80, "item": 18, "rule": 36,
}  # fmt: skip
PRINTED = 14
HIDDEN = ("section_key", "own", "section_number")
HIDDEN_WIDTH = 8


class Line(NamedTuple):
    """One row: a verdict with its call, the number of its rubric, and its nearest miss.

    `named` are the cells that say which call it is, `due` is what it earns while nobody has
    decided otherwise, `clearing` tells whether items of its section can clear it.
    """

    visit: Visit
    named: tuple[Cell, Cell]
    judged: Judged
    rubric: int
    verdict: Verdict
    miss: Miss | None
    due: Fraction | None
    clearing: bool


def sheet(frame: Frame) -> Sheet:
    """Return the items sheet."""
    seen = [Column(frame.say(f"column.{name}"), width) for name, width in WIDTHS.items()]
    unseen = [Column(frame.say(f"column.{name}"), HIDDEN_WIDTH, hidden=True) for name in HIDDEN]
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
        yield Filled(kind_of(frame, line, looks), [*found(frame, line), *proof(frame, line)])


def every_line(frame: Frame) -> Iterator[Line]:
    """Yield every verdict of every call with what belongs to it."""
    for visit, judged in frame.calls():
        rubric = frame.rubric_number(judged)
        misses = frame.common.misses(judged) if frame.common.misses else {}
        clearing = {one.section for one in judged.card if one.auto_fail == "section"}
        gone, named = cleared_sections(judged.card), name(frame, visit, judged)
        for verdict in judged.card:
            due = None
            if counted(verdict):
                due = Fraction(0) if verdict.section in gone else verdict.earned
            yield Line(
                visit, named, judged, rubric, verdict, misses.get(verdict.item), due,
                verdict.section in clearing,
            )  # fmt: skip


def name(frame: Frame, visit: Visit, judged: Judged) -> tuple[Cell, Cell]:
    """Return which call it is, with the way to it: columns A and B."""
    link = frame.link("calls", visit.number - 1)
    return number(visit.number, "points"), text(judged.call.call_id, "link", link)


def kind_of(frame: Frame, line: Line, looks: formulas.Columns) -> Kind:
    """Return the kind of row of an item: all that is the same whatever the call."""
    verdict = line.verdict
    points = looks.in_any_row(formulas.points_pattern(looks, line.clearing))
    section = frame.sections[line.rubric, verdict.section]
    key = (line.rubric, verdict.item, verdict.auto_fail, section, points)
    known = frame.common.kinds.get(key)
    if known is None:
        final = looks.in_any_row(formulas.FINAL_VERDICT)
        cells = item_cells(frame, line, section, final, points)
        widths = [*WIDTHS.values(), *(HIDDEN_WIDTH for _ in HIDDEN)]
        known = kind(cells, widths, style_numbers(frame.language))
        frame.common.kinds[key] = known
    return known


def item_cells(
    frame: Frame, line: Line, section: int, final: str, points: str
) -> list[Cell | Blank]:
    """Return the cells of an item's rows: what the machine found, what people decide, the rule.

    `section` is its number in the workbook, `final` and `points` are the formulas.
    """
    verdict, language = line.verdict, frame.language
    heading, item = frame.common.rules[line.rubric].get(verdict.item, (None, None))
    auto = {True: "auto.score", "section": "auto.section"}.get(verdict.auto_fail, "")
    return [
        Blank("points"),
        Blank("link"),
        text((words(heading.title, language) if heading else "") or verdict.section),
        text(words(item.title if item else verdict.title, language) or verdict.item),
        Blank("centre"),
        number(item.points if item else verdict.points, "points"),
        Blank("points"),
        text("", "human"),
        text("", "note_human"),
        Blank("live", final),
        Blank("live", points),
        Blank("link"),
        Blank("text"),
        Blank("text"),
        Blank("quiet"),
        text(frame.say(auto) if auto else "", "centre"),
        text(frame.common.sentence(line.rubric, item) if item else ""),
        text(verdict.item, "id"),
        text(line.judged.card.rule, "id"),
        Blank("points"),
        Blank("points"),
        number(section, "points"),
    ]


def found(frame: Frame, line: Line) -> Iterator[Cell]:
    """Yield what the machine found, and what follows from it: columns A, B, E, G, J and K."""
    verdict, said = line.verdict, verdict_word(frame.say, line.verdict)
    yield from line.named
    yield text(said, "centre")
    yield number(verdict.earned if counted(verdict) else None, "points")
    yield value(said)
    yield value("" if line.due is None else line.due)


def proof(frame: Frame, line: Line) -> Iterator[Cell]:
    """Yield evidence, advice and what formulas look up: columns L, M, N, O, T and U."""
    verdict, entries = line.verdict, frame.common.entries[line.rubric]
    _, item = frame.common.rules[line.rubric].get(verdict.item, (None, None))
    shown = priced(verdict)
    costly = [one for one, price in shown if price is not None] or [one for one, _ in shown]
    turn = costly[0].turn if costly else 0
    link = frame.link("transcript", line.visit.turn + turn) if turn else None
    why = [reason(frame.say, verdict)] if verdict.verdict == NA else []
    told = words(item.advice, frame.language) if item and verdict.verdict == FAIL else ""
    where = missed(frame.say, verdict, line.miss) if verdict.verdict in (FAIL, NA) else ()
    if shown or verdict.losses or verdict.value:
        why += lines(frame.say, line.judged.call, verdict, entries)
    yield text(frame.say("turn", turn=turn) if turn else "", "link", link)
    yield text("\n".join(why))
    yield text(advice(told, verdict, entries))
    yield text("\n".join(where), "quiet")
    section = frame.sections[line.rubric, verdict.section]
    yield number(line.visit.number * formulas.SECTIONS + section, "points")
    yield number(own(verdict), "points")


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
