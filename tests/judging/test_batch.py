"""Calls that are judged together get the scorecards that each of them gets alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from qa_checker import judge, load_rubric, read
from qa_checker.call import Call
from qa_checker.judging.batch import judge_each

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import calls  # noqa: E402
from benchmarks.rulebook import write_rules  # noqa: E402

SAMPLES = list(read(ROOT / "samples"))
SILENT = Call("silent", ())


@pytest.mark.parametrize("name", ["complaint_zh", "moments_en"])
def test_samples_of_both_languages(name: str) -> None:
    rubric = load_rubric(name)
    corpus = [*SAMPLES[:5], SILENT, *SAMPLES[5:]]
    assert list(judge_each(rubric, corpus)) == [judge(rubric, call) for call in corpus]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_generated_calls(language: str, tmp_path: Path) -> None:
    rubric = load_rubric(write_rules(tmp_path, language, 400))
    corpus = [replace(call, language="") for call in calls(12, language, 400)]
    assert list(judge_each(rubric, corpus, size=5)) == [judge(rubric, call) for call in corpus]


def test_the_size_of_a_batch_changes_nothing() -> None:
    rubric = load_rubric("listening_zh")
    alone = list(judge_each(rubric, SAMPLES[:9], size=1))
    assert list(judge_each(rubric, SAMPLES[:9], size=4)) == alone


def test_a_rubric_that_does_not_apply_to_some(tmp_path: Path) -> None:
    path = write_rules(tmp_path, "zh", 400)
    path.write_text(path.read_text("utf-8") + "applies_to: {queue: [Loans]}\n", encoding="utf-8")
    rubric = load_rubric(path)
    corpus = [replace(c, queue=q) for c in calls(4, "zh", 400) for q in ("loans", "cards", "")]
    cards = list(judge_each(rubric, corpus))
    assert cards == [judge(rubric, call) for call in corpus]
    assert {bool(card.skipped) for card in cards} == {True, False}


def test_no_more_calls_are_read_than_are_judged_together() -> None:
    taken = []

    def some() -> Iterator[Call]:
        for call in SAMPLES:
            taken.append(call.call_id)
            yield call

    cards = judge_each(load_rubric("listening_zh"), some(), size=2)
    assert taken == []
    assert [card.call_id for card in islice(cards, 3)] == taken[:3]
    assert len(taken) == 4


def test_no_calls() -> None:
    assert list(judge_each(load_rubric("listening_zh"), [])) == []
