"""Every id of the practice is covered by the shipped rules, or listed with a reason why not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from qa_checker import read
from qa_checker.call import Call, Segment, turns
from qa_checker.studies.coverage import Counts, coverage, holes, rules_in, shipped_rules, topics

ROOT = Path(__file__).parents[2]
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
    source: domain C4, D11
    examples: {hit: [请稍等], miss: [不用等, 等什么]}
"""
RUBRIC = """\
qa_checker: rubric/v1
id: own_rubric
version: 1.0.0
languages: [zh]
title: 评分表
uses: [own.yaml]
total: 5
bands: {好: 0}
sections:
  - id: s
    items:
      - id: waits
        points: 5
        source: domain C4
        check: {find: own.wait, in: {first: 1 turn}}
examples:
  - name: 让客户等
    turns: |
      客服: 请稍等
      客户: 好
    expect: {waits: pass}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a lexicon and a rubric that uses it."""
    (tmp_path / "own.yaml").write_text(LEXICON, encoding="utf-8")
    (tmp_path / "own_rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    return tmp_path


RULES = cache(shipped_rules)


@cache
def all_that_ships() -> Counts:
    return coverage(RULES(), read(ROOT / "samples"))


def domain_ids() -> list[str]:
    """Return the ids of docs/domain.md, in order."""
    page = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r"^- ([A-E]\d+) ", page, re.MULTILINE)))


def test_the_topics_are_those_of_the_page() -> None:
    assert [topic.id for topic in topics()] == domain_ids()
    assert all(topic.title["zh"] and topic.title["en"] for topic in topics())


def test_what_cannot_be_checked_stands_on_its_page() -> None:
    page = (ROOT / "docs" / "not-checkable.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-E]\d+) \| (.+) \| (.+) \|$", page, re.MULTILINE)
    known = [topic for topic in topics() if topic.not_checkable]
    assert listed == [(t.id, t.title["en"], t.not_checkable["en"]) for t in known]
    assert all(len(topic.not_checkable[each]) > 20 for topic in known for each in ("zh", "en"))


def test_no_id_is_missing_from_what_ships() -> None:
    assert holes(all_that_ships(), ("zh", "en")) == []


def test_nothing_is_scored_by_what_cannot_be_checked() -> None:
    scored = {
        item.id: item.source for compiled in RULES().rubrics for _, item in compiled.rubric.items
    }
    listed = {topic.id for topic in topics() if topic.not_checkable}
    for item, source in scored.items():
        assert listed.isdisjoint(re.findall(r"[A-E]\d+", source)), item


def test_rules_name_no_unknown_id() -> None:
    known = {topic.id for topic in topics()}
    for table in all_that_ships().values():
        assert set(table) <= known


def test_counts(own: Path) -> None:
    said = (Segment("agent", "请稍等"), Segment("customer", "好"), Segment("agent", "再见"))
    call = Call("a", turns((*said, Segment("customer", "再见"))))
    zh = coverage(rules_in([own]), [call, Call("b", turns(said[1:]))])["zh"]
    assert dict(zh["C4"]) == {"entries": 1, "items": 1, "examples": 4, "samples": 1}
    assert dict(zh["D11"]) == {"entries": 1, "examples": 3, "samples": 1}


def test_an_item_that_was_judged_shows_its_id(own: Path) -> None:
    said = (("agent", "喂"), ("customer", "在吗"), ("agent", "在"), ("customer", "好"))
    call = Call("a", turns(Segment(*each) for each in said))
    zh = coverage(rules_in([own]), [call])["zh"]
    assert (zh["C4"]["samples"], zh["D11"]["samples"]) == (1, 0)


def test_holes_by_language(own: Path) -> None:
    counts = coverage(rules_in([own]), [])
    assert {"C4", "D11"}.isdisjoint(holes(counts, ("zh", "en")))
    assert {"C4", "D11", "E1"} <= set(holes(counts, ("en",)))
    assert "A6" not in holes(counts, ("en",))
