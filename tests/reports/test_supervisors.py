"""Workbooks speak to people who write no rules, and of nothing that does not concern them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from cards import ZH, call, english, mixed, sentence, verdict, words
from openpyxl import load_workbook

from qa_checker.reports import held, write
from qa_checker.reports.agent import formulas
from qa_checker.reports.telling import lines, readable
from qa_checker.reports.words import speaker
from qa_checker.scorecard import FAIL, PASS, Loss

SAY, SAY_EN = speaker("zh"), speaker("en")
REFUSE = ZH.entries["service.avoid.refuse"]
PATTERN = (
    "(骗|坑|忽悠|糊弄|耍|欺负|敷衍|打发)(我|我们|人|老百姓|消费者|客户|用户|顾客)(啊|呀|呢|吗|吧)"
)


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("办不了", "办不了"),
        ("办不(了|到)", "拒绝"),
        (PATTERN, "拒绝"),
        ("很" * 30, "很" * 23 + "…"),
    ],
)
def test_a_pattern_is_shown_by_the_title_of_its_entry(phrase: str, shown: str) -> None:
    titled = replace(REFUSE, title={"zh": "拒绝", "en": "Refusing"})
    assert readable(SAY, phrase, titled) == shown


def test_a_short_pattern_without_a_title_is_shown_and_a_long_one_is_not() -> None:
    bare = replace(REFUSE, title={})
    assert readable(SAY, "办不(了|到)", bare) == "办不(了|到)"
    assert len(PATTERN) > 40
    assert readable(SAY, PATTERN, bare) == readable(SAY_EN, PATTERN, None) == ""


def test_the_same_words_stand_once_in_a_cell() -> None:
    said = call("c")
    good = words(said, "非常抱歉", "service.empathy")
    anchor = words(said, "非常抱歉", "service.avoid.blame", "anchor")
    judged = verdict(ZH, "soft_words", PASS, evidence=(anchor, good))
    (line,) = lines(SAY, said, judged, ZH.entries)
    assert line.startswith("✓")
    price = Loss("surplus", Fraction(1), anchor)
    twice = Loss("surplus", Fraction(1), words(said, "非常抱歉", "service.anger", "surplus"))
    judged = verdict(ZH, "soft_words", FAIL, evidence=(anchor, good), losses=(price, twice))
    told = list(lines(SAY, said, judged, ZH.entries))
    assert [line[0] for line in told] == ["✗", "✗"]


def test_bands_stand_rubric_by_rubric_and_an_agent_sees_only_their_own(tmp_path: Path) -> None:
    one, other = mixed("ZH-1", "Wang"), english("EN-1", "Dana")
    write(tmp_path, held([one, other]), (), "zh", sentence)
    summary = load_workbook(tmp_path / "summary.xlsx")["01 总览"]
    named = [row[4].value for row in summary.iter_rows() if row[4].value]
    bands = [*one.rubric.bands, *other.rubric.bands]
    assert [name for name in named if name in bands] == bands
    for agent, judged in (("Wang", one), ("Dana", other)):
        key = load_workbook(tmp_path / "scorecards" / f"{agent}.xlsx")["05 说明"]
        shown = [row[5].value for row in key.iter_rows(min_row=4) if row[5].value]
        assert shown == [*reversed(judged.rubric.bands)]
        calls = load_workbook(tmp_path / "scorecards" / f"{agent}.xlsx")["02 通话"]
        assert "$F$4:$F$" in str(calls["G4"].value)


def test_a_trial_item_is_not_red(tmp_path: Path) -> None:
    write(tmp_path, held([mixed()]), (), "zh", sentence)
    sheet = load_workbook(tmp_path / "scorecards" / "1024_王丽.xlsx")["03 打分项"]
    column = formulas.MACHINE
    rules = [
        rule
        for area, found in sheet.conditional_formatting._cf_rules.items()
        if str(area.sqref).startswith(f"{column}4:")
        for rule in found
    ]
    first = min(rules, key=lambda rule: rule.priority)
    assert first.formula == [f'AND($F4=0,$P4="",{column}4="不符合")']
    assert first.stopIfTrue
