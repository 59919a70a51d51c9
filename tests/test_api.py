"""The Python API: three lines, and a scorecard that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa_checker
from qa_checker import BadFile, judge, load_rubric, read
from qa_checker.call import Call, Segment, turns

ROOT = Path(__file__).parents[1]


def test_three_lines() -> None:
    rubric = load_rubric("support_en")
    cards = [judge(rubric, call) for call in read(ROOT / "samples" / "en_complaint_leak.vtt")]
    assert [(card.call_id, card.band) for card in cards] == [("en_complaint_leak", "Excellent")]


def test_a_scorecard_prints_as_a_table() -> None:
    rubric = load_rubric(ROOT / "tests/contract/support_en.rubric.yaml")
    said = [Segment("agent", "<b>We can't</b> do that."), Segment("customer", "Oh.")]
    card = judge(rubric, Call("c<1>", turns(said * 2), language="en"))
    assert str(card).splitlines()[0] == "c<1>  0.0  Below"
    assert "  fail       0/20   No blunt refusals" in str(card).splitlines()
    html = card._repr_html_()
    assert "c&lt;1&gt;" in html
    assert "1: We can&#x27;t" in html
    assert "<b>" not in html


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
