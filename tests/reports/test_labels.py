"""Labels and counts: in the sheet of calls, of agents, on the dashboard and on the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cards import call, sentence
from openpyxl import Workbook, load_workbook

from qa_checker import judge
from qa_checker.judging.compiled import load_rubric
from qa_checker.reports import Judged, held, why, write
from qa_checker.reports.spool import open_spool
from qa_checker.reports.summary.ground import COUNTED, Ground
from qa_checker.reports.summary.lines import Tally
from qa_checker.reports.summary.tally import put_in_order
from qa_checker.reports.words import speaker

RUBRIC = """
qa_checker: rubric/v1
id: hints
version: 1.0.0
languages: [zh, en]
uses: [zh/]
total: 1
bands:
  一: {from: 0, title: {en: One}}
sections:
  - id: s
    items:
      - {id: hello, points: 1, check: {find: greeting, role: agent}}
signals:
  - event.repeat
  - over_explain
  - customer.complaint
  - id: nature
    title: {zh: 性质, en: Nature}
    labels:
      - {value: {zh: 投诉, en: complaint}, check: {find: customer.complaint}}
      - {value: 咨询, check: {find: customer.complaint, max: 0}}
"""
COMPLAINT = """
agent|您好，江岸客服。
customer|我要投诉你们，账单到现在也没有改过来。
agent|我刚才已经跟您说过了。
customer|我要投诉你们，账单到现在也没有改过来。
agent|我刚才已经跟您说过了。
"""
QUESTION = """
agent|您好，江岸客服。
customer|我想问一下营业时间。
agent|九点到五点。
customer|好的。
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Return two complaints of one agent's and a question of another's, judged."""
    path = tmp_path_factory.mktemp("rules") / "hints.yaml"
    path.write_text(RUBRIC, encoding="utf-8")
    rubric = load_rubric(path)
    calls = [
        call("ZH-001", COMPLAINT, "甲"),
        call("ZH-002", COMPLAINT, "甲"),
        call("ZH-003", QUESTION, "乙"),
    ]
    return [Judged(one, judge(rubric, one), rubric.rubric) for one in calls]


@pytest.fixture(scope="module")
def book(run: list[Judged], tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the summary of the run."""
    out = tmp_path_factory.mktemp("out")
    return load_workbook(write(out, held(run), (), "zh", sentence)[0])


def table(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a sheet by column title."""
    titles, *rows = book[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]  # type: ignore[arg-type]


def test_a_call_has_its_labels_with_the_words_behind_them(book: Workbook) -> None:
    told = [row["标签与依据的原话"] for row in table(book, "03 通话")]
    assert told[0] == "性质：投诉——第2轮：我要【投诉】你们，账单到现在也没有改…"
    assert told[2] == "性质：咨询"


def test_calls_and_agents_have_counts_by_role_and_blanks_for_nothing(book: Workbook) -> None:
    calls, agents = table(book, "03 通话"), table(book, "02 坐席")
    for title, each in {
        "重复同样的话（客户）": 1,
        "重复同样的话（坐席）": 1,
        "过度解释用语（坐席）": 2,
        "客户要投诉（客户）": 2,
    }.items():
        assert [row[title] for row in calls] == [each, each, None]
        assert {row["坐席"]: row[title] for row in agents} == {"甲": 2 * each, "乙": None}
    assert "性质（客户）" not in calls[0], "labels are not counted"


def test_the_dashboard_adds_labels_up_with_an_example(book: Workbook) -> None:
    rows = list(book["01 总览"].iter_rows(values_only=True))
    counted = {row[0]: (row[1], row[3]) for row in rows if row[0]}
    assert counted["性质：投诉"][0] == 2
    assert counted["性质：投诉"][1].startswith("ZH-001 第2轮：我要【投诉】你们")
    assert counted["性质：咨询"] == (1, None)
    assert counted["过度解释用语（坐席）"][0] == 4


def test_the_ledger_of_a_call_ends_with_its_signals(run: list[Judged]) -> None:
    text = why(run[0].rubric, run[0].call, run[0].card, "en")
    signals = text[text.index("Signals (not scored)") :].splitlines()
    assert signals[2:4] == [
        "    turn 2 00:04 customer: 我要[投诉]你们，账单到现在也没有改…",
        "    turn 4 00:12 customer: 我要[投诉]你们，账单到现在也没有改…",
    ]
    assert signals[1] == "Nature: complaint"
    assert "Band One" in text
    assert "Over-explaining (agent): 2" in signals
    assert "Signals" not in why(run[0].rubric, run[0].call, run[0].card, "en", "hello")


def test_a_report_in_the_other_language_says_labels_and_bands_in_it(
    run: list[Judged], tmp_path: Path
) -> None:
    summary, *agents = write(tmp_path, held(run), (), "en", sentence)
    book = load_workbook(summary)
    calls = table(book, "03 Calls")
    assert [str(row["Labels, and the words behind them"]).split(" — ")[0] for row in calls] == [
        "Nature: complaint", "Nature: complaint", "Nature: 咨询",
    ]  # fmt: skip
    assert {row["Band"] for row in calls} == {"One"}
    shown = {row[0] for row in book["01 Dashboard"].iter_rows(values_only=True)}
    assert {"Nature: complaint", "Nature: 咨询"} <= shown
    key = load_workbook(agents[0])["05 Key"]
    assert "One" in {row[5].value for row in key.iter_rows()}


def test_what_several_rubrics_call_the_same_is_one_band() -> None:
    order: list[str] = []
    for bands in (["Excellent", "Good", "Coach", "Fail"], ["Excellent", "Good", "Pass", "Fail"]):
        put_in_order(order, bands)
    assert order == ["Excellent", "Good", "Pass", "Coach", "Fail"]
    put_in_order(order, ["优秀", "合格"])
    assert order[5:] == ["优秀", "合格"]


def test_there_are_never_more_columns_of_counts_than_fit(tmp_path: Path) -> None:
    tally = Tally("zh", speaker("zh"), counts={f"n{n}": n for n in range(100)})
    with open_spool(tmp_path) as spool:
        counted = Ground(tally, (), {}, {}, spool, (), 100, 100).counted
    assert counted == [f"n{n}" for n in range(100 - COUNTED, 100)]


def test_an_agent_in_the_language_of_the_rubric_has_its_bands_in_it(
    run: list[Judged], tmp_path: Path
) -> None:
    english_first = replace(run[0].rubric, languages=("en", "zh"), version="2.0.0")
    card = replace(run[0].card, agent="C", rule="hints@2.0.0#ab")
    first = Judged(replace(run[0].call, agent="C", call_id="EN"), card, english_first)
    summary, *agents = write(tmp_path, held([first, run[1]]), (), "", sentence)
    assert {row["Band"] for row in table(load_workbook(summary), "03 Calls")} == {"One"}
    books = {path.stem: load_workbook(path, data_only=True) for path in agents}
    assert table(books["C"], "02 Calls")[0]["Final band"] == "One"
    assert table(books["甲"], "02 通话")[0]["最终等级"] == "一"
