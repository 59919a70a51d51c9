"""Mutation: what the examples of a rule file notice, and what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_checker.studies.mutation import mutate

LEXICON = """\
qa_checker: lexicon/v1
id: w
version: 1.0.0
languages: [zh]
entries:
  - id: refuse
    polarity: avoid
    role: agent
    phrases: [不能, 办不了, 没办法]
    unless: [能不能, 不能再好]
    instead: 我可以……
    examples:
      hit: [这个不能退, 真的办不了]
      miss: [能不能退, 好的]
  - id: angry
    polarity: neutral
    role: customer
    phrases: [气死]
    examples: {hit: [气死我了], miss: [生气]}
  - id: sorry
    polarity: prefer
    role: agent
    phrases: [抱歉]
    negation: drop
    examples: {hit: [非常抱歉], miss: [不抱歉]}
"""
RUBRIC = """\
qa_checker: rubric/v1
id: r
version: 1.0.0
languages: [zh]
uses: [w.yaml]
total: 30
bands: {好: 60, 差: 0}
sections:
  - id: all
    items:
      - id: calm
        points: 20
        check: {find: w.sorry, after: {each: w.angry, within: 1 turn}}
      - id: no_refusal
        points: 10
        deduct: 5
        check: {find: w.refuse, max: 1}
examples:
  - name: 安抚及时
    turns: |
      客户：气死我了
      坐席：非常抱歉，这个不能退
      客户：行吧
      坐席：没办法，再见
    expect: {calm: pass, no_refusal: fail}
    score: 83.3
"""


@pytest.fixture
def rules(tmp_path: Path) -> list[Path]:
    lexicon, rubric = tmp_path / "w.yaml", tmp_path / "r.yaml"
    lexicon.write_text(LEXICON, encoding="utf-8")
    rubric.write_text(RUBRIC, encoding="utf-8")
    return [lexicon, rubric]


def said(paths: list[Path]) -> dict[str, list[str]]:
    head = "no example notices this change — "
    return {
        Path(tested.path).name: [p.message.removeprefix(head) for p in tested.unnoticed]
        for tested in mutate(paths)
    }


def test_what_no_sentence_and_no_call_notices_is_told(rules: list[Path]) -> None:
    assert said(rules)["w.yaml"] == ["exception “不能再好” dropped"]


def test_a_phrase_that_only_a_call_needs_is_noticed_by_the_call(rules: list[Path]) -> None:
    alone = said(rules[:1])["w.yaml"]
    assert alone == ["phrase “没办法” dropped", "exception “不能再好” dropped"]


def test_what_no_call_of_a_rubric_notices_is_told(rules: list[Path]) -> None:
    assert said(rules)["r.yaml"] == ["calm: after dropped", "calm: after.within 1 turns → 2 turns"]


def test_a_planted_hole_is_found(rules: list[Path]) -> None:
    rubric = rules[1]
    before = said(rules)["r.yaml"]
    rubric.write_text(
        RUBRIC.replace(", no_refusal: fail", "").replace("    score: 83.3\n", ""), encoding="utf-8"
    )
    holes = set(said(rules)["r.yaml"]) - set(before)
    assert holes == {
        "no_refusal: max 1 → 2",
        "no_refusal: max 1 → 0",
        "no_refusal: deduct 5 → 6",
        "no_refusal: deduct 5 → 4",
    }


def test_changes_are_counted_and_placed(rules: list[Path]) -> None:
    lexicon, rubric = list(mutate(rules))
    assert (lexicon.noticed, lexicon.made) == (5, 6)
    assert (rubric.noticed, rubric.made) == (4, 6)
    (problem,) = lexicon.unnoticed
    assert (problem.code, problem.severity) == ("QA710", "warning")
    assert "不能再好" in problem.text
    assert problem.text[problem.column - 1 :].startswith("不能再好")


def test_numbers_of_an_event_that_a_rubric_states(tmp_path: Path) -> None:
    rubric = tmp_path / "r.yaml"
    (tmp_path / "w.yaml").write_text(LEXICON, encoding="utf-8")
    text = RUBRIC.replace(
        "check: {find: w.refuse, max: 1}", "check: {find: event.long_turn, max: 0}"
    ).replace("sections:", "events: {long_turn: {chars: 8}}\nsections:")
    rubric.write_text(text, encoding="utf-8")
    assert "event long_turn: chars 8 → 9" not in said([rubric])["r.yaml"]
    assert "event long_turn: chars 8 → 7" in said([rubric])["r.yaml"]


def test_known_gaps_notice_nothing(rules: list[Path]) -> None:
    rubric = rules[1]
    rubric.write_text(RUBRIC + "    todo: true\n", encoding="utf-8")
    _, tested = mutate(rules)
    assert tested.noticed == 0
