"""The final score follows what people decide, and shows the machine's until they do."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from calculate import Book, Failed
from cards import EN, ZH, call, card, mixed, sentence, skipped, unscored, verdict
from model import final
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from qa_checker.reports import Judged, held, write
from qa_checker.reports.excel import write_workbooks
from qa_checker.scorecard import FAIL, MANUAL, NA, PASS, Loss

CALLS, ITEMS, OVERVIEW = "02 通话", "03 打分项", "01 概览"
WORDS = {PASS: "符合", FAIL: "不符合", NA: "不适用"}
SEEDS = range(8)
COLUMNS = {"call": 1, "human": 7, "earned": 10, "item": 17}


def made_up(rng: random.Random, number: int) -> Judged:
    """Return a call with random verdicts and losses, thirds and tenths among them."""
    rubric = rng.choice([ZH, ZH, EN])
    spoken = call(f"R{number}", agent="随机")
    verdicts = []
    for _, item in rubric.items:
        word = rng.choice([PASS, PASS, FAIL, NA, MANUAL])
        more = {}
        if word == FAIL:
            part = rng.choice([Fraction(1), Fraction(1, 3), Fraction(rng.randint(1, 9), 10)])
            more["losses"] = (Loss("missing", item.points * part),)
        verdicts.append(verdict(rubric, item.id, word, **more))
    return Judged(spoken, card(rubric, spoken, verdicts), rubric)


def decide(book: Workbook, rng: random.Random, share: float) -> dict[str, dict[str, str]]:
    """Write human verdicts into a workbook; return them by call and item."""
    human: dict[str, dict[str, str]] = {}
    for sheet in book.worksheets:
        if not sheet.title.startswith(ITEMS):
            continue
        for row in sheet.iter_rows(min_row=4):
            if rng.random() < share:
                word = rng.choice([PASS, FAIL, NA])
                row[COLUMNS["human"]].value = WORDS[word]
                name = row[COLUMNS["call"]].value
                human.setdefault(name, {})[row[COLUMNS["item"]].value] = word
    return human


def check(book: Workbook, judged: list[Judged], human: dict[str, dict[str, str]]) -> None:
    """Compare every formula about calls and items with the model."""
    computed, by_id = Book(book), {one.call.call_id: one for one in judged}
    seen = 0
    for sheet in book.worksheets:
        if sheet.title.startswith(CALLS):
            for row in range(4, sheet.max_row + 1):
                name = sheet.cell(row, 2).value
                want = final(by_id[name], human.get(name, {}))
                got = [computed.cell(sheet.title, row, column) for column in range(6, 13)]
                passed = {None: "", True: "是", False: "否"}[want.passed]
                score = "" if want.score is None else want.score
                assert got[:5] == [score, want.band, passed, want.reviewed, want.open], name
                assert got[5:] == pytest.approx([float(want.possible), float(want.earned)])
                seen += 1
        if sheet.title.startswith(ITEMS):
            for row in range(4, sheet.max_row + 1):
                name, item = sheet.cell(row, 2).value, sheet.cell(row, 18).value
                due = final(by_id[name], human.get(name, {})).items[item]
                got = computed.cell(sheet.title, row, 11)
                assert got == ("" if due is None else pytest.approx(float(due))), (name, item)
    assert seen == len(judged)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_final_score_is_what_the_model_says(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    judged = [made_up(rng, number) for number in range(12)]
    _, path = write(tmp_path, held(judged), (), "zh", sentence)
    book = load_workbook(path)
    human = decide(book, rng, (0.0, 0.2, 0.5, 1.0)[seed % 4])
    check(book, judged, human)


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_rows_that_go_on_in_a_next_sheet_count_too(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    judged = [made_up(rng, number) for number in range(7)]
    (path, _), _ = write_workbooks(tmp_path, held(judged), (), "zh", sentence, None, limit=13)
    book = load_workbook(path)
    assert [title for title in book.sheetnames if title.startswith(ITEMS)][1] == f"{ITEMS} (2)"
    check(book, judged, decide(book, rng, 0.4))


def test_the_final_mean_of_each_rubric_is_over_its_own_calls(tmp_path: Path) -> None:
    rng = random.Random(3)
    judged = [made_up(rng, number) for number in range(12)]
    _, path = write(tmp_path, held(judged), (), "zh", sentence)
    book = load_workbook(path)
    human = decide(book, rng, 0.5)
    rules = [row[0].value for row in book[OVERVIEW].iter_rows()]
    for rubric in (ZH, EN):
        theirs = [one for one in judged if one.rubric is rubric]
        scores = [final(one, human.get(one.call.call_id, {})).score for one in theirs]
        scores = [score for score in scores if score is not None]
        at = rules.index(theirs[0].card.rule) + 1
        assert rules[at + 1] == "　平均分（最终）"
        want = sum(scores) / len(scores)
        assert Book(book).at(OVERVIEW, f"B{at + 2}") == pytest.approx(float(want))


def test_a_human_verdict_undoes_a_red_line_and_crosses_one(tmp_path: Path) -> None:
    judged = mixed()
    _, path = write(tmp_path, held([judged]), (), "zh", sentence)
    book = load_workbook(path)
    scores = []
    for item, word in (("red_line_words", PASS), ("verify_first", FAIL), ("verify_first", NA)):
        row = next(r for r in book[ITEMS].iter_rows(min_row=4) if r[17].value == item)
        row[COLUMNS["human"]].value = WORDS[word]
        scores.append(Book(book).at(CALLS, "F4"))
    # 45 of 65 with the red line undone: 3 of 5 for soft words, nothing for paraphrase
    assert judged.card.shown == "23.1"
    assert scores == [81.5, 0, 81.5]


def test_the_machine_score_is_there_before_anything_is_computed(tmp_path: Path) -> None:
    rng = random.Random(99)
    judged = [mixed(), skipped(), unscored(), *(made_up(rng, n) for n in range(20))]
    for path in write(tmp_path, held(judged), (), "zh", sentence)[1:]:
        formulas, cached = load_workbook(path), load_workbook(path, data_only=True)
        computed = Book(formulas)
        for sheet in formulas.worksheets:
            for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
                try:
                    want = computed.cell(sheet.title, cell.row, cell.column)
                except Failed as error:
                    want = str(error)
                got = cached[sheet.title][cell.coordinate].value
                place = f"{sheet.title}!{cell.coordinate}"
                assert (got or "") == (pytest.approx(want) if want else ""), place


def test_formulas_hold_no_words_that_were_read(tmp_path: Path) -> None:
    judged = [mixed('x"&HYPERLINK("http://a")&"'), mixed("=1+1")]
    for path in write(tmp_path, held(judged), (), "zh", sentence):
        for sheet in load_workbook(path).worksheets:
            for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
                assert not any(word in cell.value for word in ("HYPERLINK", "1+1", "王丽", "优秀"))
