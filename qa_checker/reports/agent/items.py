"""The items sheet: a row per call and item, where people write what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.advice import advice
from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, Range, number, once, text
from qa_checker.reports.decor import bold_first, unscored, verdicts
from qa_checker.reports.judged import Judged, Miss, cleared_sections, counted, own
from qa_checker.reports.kind import Blank, Filled, Kind, kind, live, settled
from qa_checker.reports.sheet import FIRST, Column, Lasts, Row, Sheet
from qa_checker.reports.tallies import ZERO
from qa_checker.reports.telling import lines, missed, priced
from qa_checker.reports.theme import style_numbers
from qa_checker.reports.words import reason, verdict_word
from qa_checker.scorecard import FAIL, NA, Verdict, words

WIDTHS = {
    "number": 6, "call": 19, "section": 16, "question": 30, "verdict": 9, "points": 7,
    "machine": 8, "human": 11, "note": 24, "final": 9, "earned": 9, "turn": 9, "quotes": 60,
    "advice": 34, "searched": 60, "auto": 12, "sentence": 120, "item": 18, "rule": 36,
}  # fmt: skip
PRINTED = 14
HIDDEN = ("section_key", "own", "section_number")
HIDDEN_WIDTH = 8
KINDS = 2000  # of rows that are kept, some kilobytes each


class Outcome(NamedTuple):
    """What came of an item, as far as calls have it in common.

    `clearing` tells whether items of its section can clear it, `gone` whether one did. `bare`:
    there are no words to show and nothing to say about it.
    """

    rubric: int
    item: str
    verdict: str
    reason: str
    earned: tuple[int, int]
    clearing: bool
    gone: bool
    bare: bool


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
    looks, kinds = formulas.columns(frame), dict[Outcome, Kind]()
    for visit, judged in frame.calls():
        rubric, card = frame.rubric_number(judged), judged.card
        misses = frame.common.misses(judged) if frame.common.misses else {}
        clearing = {one.section for one in card if one.auto_fail == "section"}
        gone, named = cleared_sections(card), name(frame, visit, judged)
        for verdict in card:
            section = verdict.section
            outcome = Outcome(
                rubric, verdict.item, verdict.verdict, verdict.reason,
                verdict.earned.as_integer_ratio(), section in clearing, section in gone,
                is_bare(verdict),
            )  # fmt: skip
            known = kinds.get(outcome)
            if known is None:
                known = kinds[outcome] = kind_of(frame, looks, judged, verdict, outcome)
            key = visit.number * formulas.SECTIONS + frame.sections[rubric, section]
            said = () if outcome.bare else proof(frame, visit, judged, verdict, misses)
            yield Filled(known, [*named, *said, number(key, "points")])


def name(frame: Frame, visit: Visit, judged: Judged) -> tuple[Cell, Cell]:
    """Return which call it is, with the way to it: columns A and B."""
    link = frame.link("calls", visit.number - 1)
    named = text(judged.call.call_id, "link", link)
    return number(visit.number, "points"), once(named, frame.texts)


def is_bare(verdict: Verdict) -> bool:
    """Tell whether there is nothing to show for a verdict: no words, and nothing missing."""
    if verdict.evidence or verdict.losses or verdict.value or verdict.verdict == FAIL:
        return False
    return verdict.verdict != NA or not verdict.searched


def kind_of(
    frame: Frame, looks: formulas.Columns, judged: Judged, verdict: Verdict, outcome: Outcome
) -> Kind:
    """Return the kind of row of an outcome: all that is the same whatever the call."""
    points = looks.in_any_row(formulas.points_pattern(looks, outcome.clearing))
    section = frame.sections[outcome.rubric, verdict.section]
    kinds, key = frame.common.kinds, (outcome, section, points)
    if key not in kinds:
        if len(kinds) >= KINDS:
            kinds.clear()
        final = looks.in_any_row(formulas.FINAL_VERDICT)
        cells = item_cells(frame, judged, verdict, outcome, section, final, points)
        widths = [*WIDTHS.values(), *(HIDDEN_WIDTH for _ in HIDDEN)]
        kinds[key] = kind(cells, widths, style_numbers(frame.language))
    return settled(kinds[key], frame.texts)


def item_cells(
    frame: Frame, judged: Judged, verdict: Verdict, outcome: Outcome,
    section: int, final: str, points: str,
) -> list[Cell | Blank]:  # fmt: skip
    """Return the cells of an item's rows: what the machine found, what people decide, the rule.

    `section` is its number in the workbook, `final` and `points` are the formulas.
    """
    language, said = frame.language, verdict_word(frame.say, verdict)
    heading, item = frame.common.rules[outcome.rubric].get(verdict.item, (None, None))
    auto = {True: "auto.score", "section": "auto.section"}.get(verdict.auto_fail, "")
    earned = verdict.earned if counted(verdict) else None
    due = "" if earned is None else ZERO if outcome.gone else earned
    return [
        Blank("points"),
        Blank("link"),
        text((words(heading.title, language) if heading else "") or verdict.section),
        text(words(item.title if item else verdict.title, language) or verdict.item),
        text(said, "centre"),
        number(item.points if item else verdict.points, "points"),
        number(earned, "points"),
        text("", "human"),
        text("", "note_human"),
        live(final, said),
        live(points, due),
        *shown_cells(frame, verdict, outcome.bare),
        text(frame.say(auto) if auto else "", "centre"),
        text(frame.common.sentence(outcome.rubric, item) if item else ""),
        text(verdict.item, "id"),
        text(judged.card.rule, "id"),
        Blank("points"),
        number(own(verdict), "points"),
        number(section, "points"),
    ]


def shown_cells(frame: Frame, verdict: Verdict, bare: bool) -> list[Cell | Blank]:
    """Return the cells of evidence and advice: columns L to O."""
    if not bare:
        return [Blank("link"), Blank("text"), Blank("text"), Blank("quiet")]
    return [text("", "link"), text(reason(frame.say, verdict)), text(""), text("", "quiet")]


def proof(
    frame: Frame, visit: Visit, judged: Judged, verdict: Verdict, misses: Mapping[str, Miss]
) -> Iterator[Cell]:
    """Yield evidence, where to see it, advice, and where it was looked for: columns L to O."""
    rubric = frame.rubric_number(judged)
    entries = frame.common.entries[rubric]
    _, item = frame.common.rules[rubric].get(verdict.item, (None, None))
    shown = priced(verdict)
    costly = [one for one, price in shown if price is not None] or [one for one, _ in shown]
    turn = costly[0].turn if costly else 0
    link = frame.link("transcript", visit.turn + turn) if turn else None
    why = [reason(frame.say, verdict)] if verdict.verdict == NA else []
    told = words(item.advice, frame.language) if item and verdict.verdict == FAIL else ""
    miss, searched = misses.get(verdict.item), verdict.verdict in (FAIL, NA)
    where = missed(frame.say, verdict, miss, entries) if searched else ()
    if shown or verdict.losses or verdict.value:
        why += lines(frame.say, judged.call, verdict, entries)
    yield text(frame.say("turn", turn=turn) if turn else "", "link", link)
    yield text("\n".join(why))
    yield text(advice(told, verdict, entries))
    yield text("\n".join(where), "quiet")


def finish(frame: Frame, worksheet: Worksheet, lasts: Lasts) -> None:
    """Add the drop-down and the colours of verdicts."""
    bottom, failed = lasts[worksheet.title], f'"{frame.say("verdict.fail")}"'
    choices = Range("A", FIRST, FIRST + 2, frame.title("key"))
    drop = DataValidation("list", formula1=str(choices), allow_blank=True, showErrorMessage=True)
    drop.errorTitle, drop.error = frame.say("drop.title"), frame.say("drop.error")
    drop.promptTitle, drop.prompt = frame.say("drop.title"), frame.say("drop.prompt")
    drop.showInputMessage = True
    drop.add(f"{formulas.HUMAN}{FIRST}:{formulas.HUMAN}{bottom}")
    worksheet.add_data_validation(drop)
    for column in (formulas.MACHINE, formulas.HUMAN, formulas.FINAL):
        on_trial = f'AND($F{FIRST}=0,${formulas.AUTO}{FIRST}="",{column}{FIRST}={failed})'
        unscored(worksheet, f"{column}{FIRST}:{column}{bottom}", on_trial)
        verdicts(worksheet, f"{column}{FIRST}:{column}{bottom}", frame.say)
    bold_first(worksheet, f"A{FIRST}:S{bottom}", FIRST)
