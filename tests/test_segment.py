"""rjieba cuts as jieba does: the same words at a fraction of the time."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import jieba

from qa_checker import read
from qa_checker.text.plain import plain
from qa_checker.text.segment import word_ends, words

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate import calls  # noqa: E402

jieba.setLogLevel(logging.ERROR)


def reference(text: str) -> list[str]:
    return jieba.lcut(text, HMM=False)


def test_same_words_in_generated_calls() -> None:
    texts = [turn.text for call in calls(40, "zh", 2000) for turn in call.turns]
    assert len(set(texts)) > 2000
    for text in texts:
        assert words(text) == reference(text)


def test_same_words_in_the_samples_as_written_and_as_compared() -> None:
    texts = {turn.text for call in read(ROOT / "samples") for turn in call.turns}
    assert any("\u4e00" <= character <= "\u9fff" for text in texts for character in text)
    for text in texts | {plain([text]).text for text in texts}:
        assert words(text) == reference(text)


def test_words_know_nothing_of_names_they_have_not_met() -> None:
    guessed = "杭研大厦"  # the HMM would make 杭研 a word
    assert words(guessed) == reference(guessed) == ["杭", "研", "大厦"]
    assert jieba.lcut(guessed) == ["杭研", "大厦"]


def test_word_ends_are_where_words_meet() -> None:
    assert word_ends("累积分布") == {0, 2, 4}
