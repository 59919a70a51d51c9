"""The workbook of a sample: what was asked, what was drawn and why, and room for people."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hostile import ALL
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from qa_checker.reports.sampling import write
from qa_checker.reports.sampling.drawn import (
    MARGIN,
    RANDOM,
    RED_LINE,
    Candidate,
    Drawn,
    Margin,
    Plan,
    Sample,
)
from qa_checker.reports.sampling.why import Titles

PASS_MARK = Margin(Fraction(2, 5), Fraction(80), "Good", True)
CALLS = (
    Candidate("c1", "f1", "Dana", "vip", "2026-11-03T10:00", 0.0, "Weak", None, ("privacy", "id")),
    Candidate("c2", "f2", "Dana", "vip", "2026-11-04T10:00", 80.4, "Good", PASS_MARK),
    Candidate("c3", "f3", "Li", "", "", None, provisional=True, rule="r@1.0.0#ab"),
)
PLAN = Plan(per_agent=2, total=9, by=("queue", "month"), margins=3, seed=7)
SAMPLE = Sample(
    plan=PLAN,
    drawn=(
        Drawn(CALLS[0], RED_LINE, ("vip", "2026-11")),
        Drawn(CALLS[1], MARGIN, ("vip", "2026-11")),
        Drawn(CALLS[2], RANDOM, ("", ""), 1, 31),
    ),
    available={("Dana", ("vip", "2026-11")): 40, ("Li", ("", "")): 31},
    crossed=1,
    close=65,
    skipped=4,
)


TITLES = Titles(
    item=lambda rule, item: {"privacy": "Keeps secrets"}.get(item, item),
    band=lambda name: {"Weak": "To coach"}.get(name, name),
)


def book(folder: Path, sample: Sample = SAMPLE, language: str = "en") -> Workbook:
    """Write a sample and open it."""
    path = folder / "sample.xlsx"
    write(path, sample, language, TITLES)
    return load_workbook(path)


def table(opened: Workbook, sheet: int, first: int = 1) -> list[list[object]]:
    """Return the values of a sheet, row by row, without what is empty at the end of rows."""
    rows = []
    for row in opened.worksheets[sheet].iter_rows(first, values_only=True):
        kept = list(row)
        while kept and kept[-1] is None:
            kept.pop()
        rows.append(kept)
    return rows


def test_calls_say_why_they_were_drawn(tmp_path: Path) -> None:
    red, margin, chance = table(book(tmp_path), 1, 4)
    assert red[:10] == [
        1, "c1", "Dana", "vip", "2026-11-03 10:00", 0, "To coach", None, None, "Red line",
    ]  # fmt: skip
    assert red[10] == "red line: Keeps secrets\nred line: id"
    assert margin[7:11] == [0.4, None, "Narrow margin", "0.4 above the pass mark (80)"]
    assert chance[2:4] == ["Li", None]
    assert chance[6:10] == ["no score", None, "Yes", "Random"]
    assert chance[10] == (
        "of this agent, Queue=not known, Month=not known: 1 of 31\nrandom, seed 7"
    )
    assert chance[16:18] == ["f3", "r@1.0.0#ab"]


def test_calls_say_it_in_chinese(tmp_path: Path) -> None:
    red, margin, chance = table(book(tmp_path, language="zh"), 1, 4)
    assert red[10] == "红线：Keeps secrets\n红线：id"
    assert margin[10] == "比合格线（80）高 0.4 分"
    assert chance[10] == "该坐席的 队列=不详、月份=不详：31 通中抽 1 通\n随机，种子 7"


@pytest.mark.parametrize(
    ("points", "decides", "said"),
    [
        ("-0.1", True, "0.1 below the pass mark (80)"),
        ("0", True, "exactly at the pass mark (80)"),
        ("1.5", False, "1.5 above the lower end of “Good” (80)"),
    ],
)
def test_margins_in_words(tmp_path: Path, points: str, decides: bool, said: str) -> None:
    margin = Margin(Fraction(points), Fraction(80), "Good", decides)
    one = Drawn(CALLS[1]._replace(margin=margin), MARGIN, ())
    sample = Sample(Plan(), (one,), {("Dana", ()): 1}, 0, 1, 0)
    assert table(book(tmp_path, sample), 1, 4)[0][10] == said


def test_the_plan_says_what_was_asked_and_drawn(tmp_path: Path) -> None:
    rows = table(book(tmp_path), 0)
    shown = {row[0]: row[1:] for row in rows if row and len(row) > 1}
    assert shown["Calls of one agent, at most"] == [2]
    assert shown["Calls in all, at most"] == [9]
    assert shown["Strata"] == ["Queue, Month"]
    assert shown["Seed"] == [7]
    assert shown["Red line"] == [1, 1, 1]
    assert shown["Narrow margin"][:2] == [1, 65]
    assert shown["Random"][:2] == [1, 69]
    assert shown["In all"][:2] == [3, 71]
    assert shown["Left out, the scorecard is not for them"] == [4]
    assert shown["Calls that are missing from the number in all"] == [7]
    assert shown["Narrow margins that are missing, for want of calls or of room"] == [2]
    assert shown["Agents below their quota, for want of calls or of room in all"] == [2]
    assert shown["Queue=vip, Month=2026-11"] == [2, 40, 0.05, 1, 1]
    assert shown["Dana"] == [2, 40, 0.05, 1, 1, None, 2, 1]
    assert shown["Li"][-2:] == [2, 1]


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("en", "Calls that crossed a red line", "the summary's auto-failed calls may be fewer"),
        ("zh", "触犯红线的通话", "汇总里“一票否决的通话”只数总分归零的"),
    ],
)
def test_the_plan_says_why_the_summary_counts_fewer(
    tmp_path: Path, language: str, asked: str, said: str
) -> None:
    rows = table(book(tmp_path, SAMPLE, language), 0)
    assert said in next(row[1] for row in rows if row and row[0] == asked)


def test_a_share_is_shown_with_its_number(tmp_path: Path) -> None:
    sample = Sample(
        Plan(share=Fraction(1, 20), by=PLAN.by), SAMPLE.drawn, SAMPLE.available, 1, 65, 0
    )
    shown = {row[0]: row[1] for row in table(book(tmp_path, sample), 0) if len(row) > 1}
    assert shown["Calls in all, at most"] == "5 % (calls: 4)"


def test_a_sample_without_chance_says_so(tmp_path: Path) -> None:
    sample = Sample(Plan(total=2, by=PLAN.by), SAMPLE.drawn[:2], SAMPLE.available, 1, 65, 0)
    lines = [row[0] for row in table(book(tmp_path, sample), 0) if row]
    assert "Nothing was left for chance: no average can be taken from this sample" in lines


def test_nothing_to_draw_from_says_so(tmp_path: Path) -> None:
    opened = book(tmp_path, Sample(Plan(total=2), (), {}, 0, 0, 3), "zh")
    assert ["没有可抽的通话。"] in table(opened, 0)
    assert table(opened, 1, 4) == []


def test_people_choose_from_a_list_and_write_scores(tmp_path: Path) -> None:
    sheet = book(tmp_path).worksheets[1]
    drop, score = sheet.data_validations.dataValidation
    assert (drop.formula1, str(drop.sqref)) == ('"Agree,Disagree,Cannot tell"', "L4:L6")
    assert (score.type, score.formula1, score.formula2) == ("decimal", "0", "100")
    assert [sheet["L3"].value, sheet["M3"].value] == ["Human verdict", "Human score"]
    assert str(score.sqref) == "M4:M6"


def test_the_difference_follows_the_human_score(tmp_path: Path) -> None:
    opened = book(tmp_path)
    assert opened.worksheets[1]["N5"].value == '=IF(OR(M5="",F5=""),"",M5-F5)'


def test_hostile_text_is_text(tmp_path: Path) -> None:
    drawn = tuple(
        Drawn(
            Candidate(one, one, one, one, one, 5.0, one, PASS_MARK._replace(band=one), (one,)),
            RED_LINE,
            (one,),
        )
        for one in ALL
        if len(one) < 100
    )
    available = {(one.call.agent, one.stratum): 1 for one in drawn}
    opened = book(tmp_path, Sample(Plan(1, by=("queue",)), drawn, available, 1, 1, 0))
    for sheet in opened.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                ours = sheet is opened.worksheets[1] and cell.column_letter == "N"
                assert cell.data_type != "f" or ours, cell.coordinate


def test_equal_samples_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        book(tmp_path / name)
    one, two = (tmp_path / name / "sample.xlsx" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
