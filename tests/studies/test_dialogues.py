"""Calls rebuilt from labelled turns, and the rows that hits touch in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from labelled import raw, rows

from qa_checker.problem import BadInput
from qa_checker.studies.dialogues import dialogues, predicted

LEXICON = """\
qa_checker: lexicon/v1
id: own
version: 1.0.0
languages: [zh]
entries:
  - id: wait
    polarity: prefer
    role: agent
    phrases: [请稍等]
    examples: {hit: [请稍等], miss: [不用等]}
  - id: wait.long
    polarity: prefer
    phrases: [稍等一下]
    examples: {hit: [稍等一下], miss: [不用等]}
"""


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    """A lexicon of two entries, one for agents."""
    path = tmp_path / "own.yaml"
    path.write_text(LEXICON, encoding="utf-8")
    return path


def said(role: str, text: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "text": text, **more}


def texts(folder: Path, *raws: dict[str, Any]) -> list[str]:
    """Return the turns of the only dialogue."""
    (dialogue,) = dialogues(rows(folder, *raws))
    return [turn.text for turn in dialogue.call.turns]


def test_rows_in_order_with_gaps_filled(tmp_path: Path) -> None:
    last = raw(4, "e", previous_turns=[said("customer", "b"), said("agent", "c"), said("bot", "d")])
    first = raw(0, "a")
    assert texts(tmp_path, last, first) == ["a", "b", "c", "d", "e"]


def test_a_row_says_better_than_the_context_of_another(tmp_path: Path) -> None:
    before = [said("customer", "from the context")]
    assert texts(
        tmp_path, raw(0, "own words", role="customer"), raw(1, "b", previous_turns=before)
    ) == ["own words", "b"]


def test_what_lies_before_the_first_row(tmp_path: Path) -> None:
    before = [said("customer", "a"), said("agent", "b")]
    assert texts(tmp_path, raw(0, "c", previous_turns=before)) == ["a", "b c"]


def test_rows_of_one_speaker_are_one_turn_unless_there_is_a_gap(tmp_path: Path) -> None:
    assert texts(tmp_path, raw(0, "a"), raw(1, "b"), raw(3, "d")) == ["a b", "d"]


def test_dialogues_of_two_sources_are_two(tmp_path: Path) -> None:
    got = rows(tmp_path, raw(0, "a", source="x"), raw(1, "b", source="y"))
    assert [each.call.call_id for each in dialogues(got)] == ["x:d", "y:d"]


def test_a_row_counts_if_a_hit_touches_its_own_words(tmp_path: Path, lexicon: Path) -> None:
    context = [said("agent", "请稍等一下")]
    got = rows(
        tmp_path,
        raw(1, "好的", previous_turns=context),
        raw(2, "麻烦您请"),
        raw(3, "稍等"),
        raw(4, "谢谢"),
    )
    assert set(predicted(got, "own.wait", [lexicon])) == {"d:2", "d:3"}


def test_the_entry_s_role_is_ignored_unless_one_is_named(tmp_path: Path, lexicon: Path) -> None:
    roles = ("agent", "customer", "unknown")
    got = rows(tmp_path, *(raw(i, "请稍等", role=role) for i, role in enumerate(roles)))
    assert set(predicted(got, "own.wait", [lexicon])) == {"d:0", "d:1", "d:2"}
    assert set(predicted(got, "own.wait", [lexicon], role="agent")) == {"d:0", "d:2"}
    assert set(predicted(got, "own.wait", [lexicon], role="customer")) == {"d:1"}


def test_names(tmp_path: Path, lexicon: Path) -> None:
    got = rows(tmp_path, raw(0, "请稍等"), raw(1, "x", role="customer"), raw(2, "稍等一下"))
    assert set(predicted(got, "own.wait", [lexicon])) == {"d:0", "d:2"}
    assert set(predicted(got, "own.wait.long", [lexicon])) == {"d:2"}
    assert set(predicted(got, "own", [lexicon])) == {"d:0", "d:2"}
    assert set(predicted(got, "own.wait.long, event.repeat", [lexicon])) == {"d:2"}


def test_shipped_names(tmp_path: Path) -> None:
    got = rows(tmp_path, raw(0, "请您稍等"), raw(1, "x", role="customer"), raw(2, "再见"))
    for name in ("hold.ask", "zh/hold.ask", "zh/hold", "zh/hold.hold.ask", "hold"):
        assert set(predicted(got, name)) == {"d:0"}, name


@pytest.mark.parametrize(
    ("find", "message"),
    [
        ("hold.aks", 'no entry "hold.aks"; did you mean "hold.ask"'),
        ("zh/hold.aks", 'no entry "zh/hold.aks"; did you mean "zh/hold.ask"'),
        ("zh/hodl.ask", 'no shipped lexicon "zh/hodl.ask"'),
        ("event.repeats", 'no event "event.repeats"; did you mean "event.repeat"'),
        (" , ", "--find: name an entry"),
        ("en/hold.ask", '"en/hold.ask" is for en, and the rows are zh'),
    ],
)
def test_unknown_names(tmp_path: Path, find: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        predicted(rows(tmp_path, raw(0, "您好")), find)
    assert message in str(refused.value)


def timed(index: int, role: str, start: float, end: float, text: str) -> dict[str, Any]:
    return raw(index, text, role=role, start=start, end=end)


def test_who_cut_in_and_who_was_cut_off(tmp_path: Path) -> None:
    got = rows(
        tmp_path,
        timed(0, "customer", 0, 3, "first of all I must say"),
        timed(1, "customer", 3.1, 6, "that I never got the money back"),
        timed(2, "agent", 4.5, 8, "you have to fill in the form"),
        timed(3, "customer", 9, 10, "I did"),
    )
    assert set(predicted(got, "event.interruption")) == {"d:2"}
    assert set(predicted(got, "event.interruption", on="interrupted")) == {"d:1"}


def test_without_times_the_whole_turn_was_cut_off(tmp_path: Path) -> None:
    got = rows(
        tmp_path,
        raw(0, "I sent the form in May", role="customer"),
        raw(1, "and then nobody", role="customer"),
        raw(2, "You have to fill in the form."),
        raw(3, "Please let me finish.", role="customer"),
    )
    assert set(predicted(got, "event.interruption", on="interrupted")) == {"d:0", "d:1"}
