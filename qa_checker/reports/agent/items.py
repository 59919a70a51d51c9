"""The items sheet: a row per call and item, where people write what they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, Range, number, text
from qa_checker.reports.decor import bold_first, verdicts
from qa_checker.reports.judged import Judged, Miss, cleared_sections, counted, own
from qa_checker.reports.sheet import FIRST, Column, Row, Sheet, place
from qa_checker.reports.telling import lines, missed, priced
from qa_checker.reports.words import reason, verdict_word
from qa_checker.rules.rubric import Item
from qa_checker.scorecard import FAIL, NA, Verdict, words

WIDTHS = {
    "number": 6, "call": 16, "section": 12, "question": 30, "verdict": 9, "why_na": 20,
    "points": 7, "machine": 8, "human": 10, "note": 22, "final": 9, "earned": 9, "turn": 8,
    "quotes": 58, "searched": 38, "advice": 36, "auto": 11, "sentence": 44, "item": 18,
    "rule": 30,
}  # fmt: skip
HIDDEN = ("section_key", "own", "section_number")


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
        finish=lambda worksheet, last: finish(frame, worksheet, last),
        tab="C9A227",
        dropped=frame.say("dropped"),
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield the rows of every call."""
    looks = formulas.columns(frame)
    told: dict[tuple[int, str], str] = {}
    for visit, judged in frame.calls():
        rubric = frame.rubric_number(judged.rubric)
        misses = frame.misses(judged) if frame.misses else {}
        rules = frame.rules[rubric]
        clearing = {one.section for one in judged.card if one.auto_fail == "section"}
        gone = cleared_sections(judged.card)
        for index, verdict in enumerate(judged.card):
            item = rules[verdict.item][1] if verdict.item in rules else None
            key = (rubric, verdict.item)
            if key not in told:
                told[key] = frame.sentences(judged.rubric, item, frame.language) if item else ""
            _, at = place(visit.item + index, frame.limit)
            cleared = verdict.section in clearing
            earned = Fraction(0) if verdict.section in gone else own(verdict)
            facts = [*judge_cells(frame, visit, judged, verdict, item)]
            due = earned if counted(verdict) else None
            live = live_cells(frame, verdict, at, looks, due, cleared)
            proof = proof_cells(frame, visit, judged, verdict, misses.get(verdict.item))
            yield [
                *facts,
                *live,
                *proof,
                *rule_cells(frame, visit, judged, verdict, item, told[key]),
            ]


def judge_cells(
    frame: Frame, visit: Visit, judged: Judged, verdict: Verdict, item: Item | None
) -> Iterator[Cell]:
    """Yield what the machine found: columns A to H."""
    section = section_title(frame, judged, verdict)
    yield number(visit.number, "points")
    yield text(judged.call.call_id, "link", frame.link("calls", visit.number - 1))
    yield text(section)
    yield text(words(item.title if item else verdict.title, frame.language) or verdict.item)
    yield text(verdict_word(frame.say, verdict), "centre")
    yield text(reason(frame.say, verdict), "quiet")
    yield number(worth(item, verdict), "points")
    yield number(verdict.earned if counted(verdict) else None, "points")


def live_cells(
    frame: Frame, verdict: Verdict, row: int, looks: formulas.Columns,
    earned: Fraction | None, cleared: bool,
) -> Iterator[Cell]:  # fmt: skip
    """Yield what people decide and what follows from it: columns I to L."""
    yield text("", "human")
    yield text("", "note_human")
    yield formulas.final_verdict(row, verdict_word(frame.say, verdict))
    yield formulas.final_points(row, earned, looks, cleared)


def proof_cells(
    frame: Frame, visit: Visit, judged: Judged, verdict: Verdict, miss: Miss | None
) -> Iterator[Cell]:
    """Yield the evidence: columns M to O."""
    entries = frame.entries[frame.rubric_number(judged.rubric)]
    found = [one for one, _ in priced(verdict) if one.turn]
    bad = [one for one, price in priced(verdict) if price is not None] or found
    if bad:
        turn = frame.say("turn", turn=bad[0].turn)
        yield text(turn, "link", frame.link("transcript", visit.turn + bad[0].turn))
    else:
        yield text("", "link")
    yield text("\n".join(lines(frame.say, judged.call, verdict, entries)))
    shown = missed(frame.say, verdict, miss) if verdict.verdict in (FAIL, NA) else ()
    yield text("\n".join(shown), "quiet")


def rule_cells(
    frame: Frame, visit: Visit, judged: Judged, verdict: Verdict, item: Item | None, sentence: str
) -> Iterator[Cell]:
    """Yield the rule: columns P to W, the last three hidden and for formulas."""
    section = frame.sections[frame.rubric_number(judged.rubric), verdict.section]
    auto = {True: "auto.score", "section": "auto.section"}.get(verdict.auto_fail, "")
    yield text(words(item.advice, frame.language) if item else "")
    yield text(frame.say(auto) if auto else "", "centre")
    yield text(sentence)
    yield text(verdict.item, "id")
    yield text(judged.card.rule, "id")
    yield number(visit.number * formulas.SECTIONS + section, "points")
    yield number(own(verdict) if counted(verdict) else Fraction(0), "points")
    yield number(section, "points")


def worth(item: Item | None, verdict: Verdict) -> Fraction:
    """Return what an item is worth, also where its verdict says na."""
    return item.points if item else verdict.points


def section_title(frame: Frame, judged: Judged, verdict: Verdict) -> str:
    """Return the heading of an item's section."""
    rules: Mapping[str, object] = frame.rules[frame.rubric_number(judged.rubric)]
    if verdict.item in rules:
        section, _ = frame.rules[frame.rubric_number(judged.rubric)][verdict.item]
        return words(section.title, frame.language) or section.id
    return verdict.section


def finish(frame: Frame, worksheet: Worksheet, last: int) -> None:
    """Add the drop-down and the colours of verdicts."""
    bottom = max(last, FIRST)
    choices = Range("A", FIRST, FIRST + 2, frame.title("key"))
    drop = DataValidation("list", formula1=str(choices), allow_blank=True, showErrorMessage=True)
    drop.errorTitle, drop.error = frame.say("drop.title"), frame.say("drop.error")
    drop.promptTitle, drop.prompt = frame.say("drop.title"), frame.say("drop.prompt")
    drop.showInputMessage = True
    drop.add(f"{formulas.HUMAN}{FIRST}:{formulas.HUMAN}{bottom}")
    worksheet.add_data_validation(drop)
    for column in (formulas.MACHINE, formulas.HUMAN, formulas.FINAL):
        verdicts(worksheet, f"{column}{FIRST}:{column}{bottom}", frame.say)
    bold_first(worksheet, f"A{FIRST}:T{bottom}", FIRST)
