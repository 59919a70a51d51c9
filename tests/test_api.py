"""The Python API: three lines, and a scorecard that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qa_checker
from qa_checker import BadFile, judge, load_rubric, read
from qa_checker.call import Call, Segment, turns
from qa_checker.scorecard import Scorecard
from qa_checker.tables import plain

ROOT = Path(__file__).parents[1]


def test_three_lines() -> None:
    rubric = load_rubric("support_en")
    cards = [judge(rubric, call) for call in read(ROOT / "samples" / "en_complaint_leak.vtt")]
    assert [(card.call_id, card.band) for card in cards] == [("en_complaint_leak", "Excellent")]


def refused() -> Scorecard:
    """Return the scorecard of a call with a refusal in it, and signs that HTML would read."""
    rubric = load_rubric(ROOT / "tests/contract/support_en.rubric.yaml")
    said = [Segment("agent", "<b>We can't</b> do that."), Segment("customer", "Oh.")]
    return judge(rubric, Call("c<1>", turns(said * 2), language="en"))


def test_a_scorecard_prints_as_a_table_in_the_language_of_its_rubric() -> None:
    lines = str(refused()).splitlines()
    assert lines[:2] == ["c<1>  score 0.0  Below", "Verdict  Points  Item"]
    assert "Fail       0/20  No blunt refusals" in lines
    reason = "The situation did not come up in this call"
    assert f"N/A        –/30  Shows empathy within two turns ({reason})" in lines


def test_a_notebook_shows_a_table_with_a_header_and_the_words_that_decided() -> None:
    html = refused()._repr_html_()
    assert "c&lt;1&gt;" in html
    assert "<b>" not in html
    head, first = re.findall(r"<tr>(.*?)</tr>", html)[:2]
    assert re.findall(r">([^<>]+)</th>", head) == ["Verdict", "Points", "Item", "Evidence"]
    assert len(re.findall("<td", first)) == 4
    assert "turn 1: We can&#x27;t" in html


def test_a_scorecard_prints_in_the_other_language_when_asked() -> None:
    rubric = load_rubric("complaint_zh")
    [call] = read(ROOT / "samples" / "zh_bank_fee.txt")
    card = judge(rubric, call)
    chinese, english = str(card), str(card.in_language("en"))
    assert chinese.splitlines()[1].split() == ["判定", "得分", "打分项"]
    assert english.splitlines()[1].split() == ["Verdict", "Points", "Item"]
    assert card.band in chinese
    assert card.band not in english
    assert re.search(r"^不符合 +\d+/\d+  ", chinese, re.MULTILINE)
    assert not re.search("[\u4e00-\u9fff]", english.replace(card.call_id, ""))


def test_columns_stand_below_each_other_where_characters_are_wide() -> None:
    rows = [["不符合", "0/10", "甲"], ["Pass", "10/10", "b"]]
    assert plain(rows, right=1) == "不符合   0/10  甲\nPass    10/10  b"


def test_an_item_is_found_by_its_id() -> None:
    rubric = load_rubric(ROOT / "tests/contract/support_en.rubric.yaml")
    card = judge(rubric, Call("c", turns([Segment("agent", "Hello, my name is Dana.")])))
    assert card["greeting"].verdict == "pass"
    with pytest.raises(KeyError, match="greetings"):
        card["greetings"]


def test_a_bad_rubric_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("qa_checker: rubric/v2\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"r\.yaml:1:13: error\[QA105\]"):
        load_rubric(path)


def test_public_names_exist_and_others_do_not() -> None:
    for name in qa_checker.__all__:
        assert getattr(qa_checker, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'judges'"):
        qa_checker.judges  # noqa: B018
