"""Which language a call is in, and which lexicons hold for it."""

from __future__ import annotations

import pytest
from make import WORDS, call, rubric

from qa_checker import judge
from qa_checker.judging.look import language_of

ITEM = "{id: i, points: 10, check: {find: w.hello}}"


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("en", "您好", "en"),
        ("zh-CN", "hello", "zh"),
        ("zh_TW", "hello", "zh"),
        ("EN", "您好", "en"),
        ("", "您好", "zh"),
        ("", "hello", "en"),
        ("", "您好 abcdefgh", "zh"),  # 2 Han of 10 letters
        ("", "您好 abcdefghi", "en"),  # 2 of 11
        ("", "您好 12345678901234567890", "zh"),  # digits are no letters
        ("", "……", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_of_a_call(stated: str, text: str, language: str) -> None:
    said = call(f"A: {text}", language=stated)
    assert language_of(said) == language
    assert judge(rubric(ITEM), said).language == language


@pytest.mark.parametrize(
    ("languages", "verdict"), [("[zh]", "fail"), ("[en]", "pass"), ("[zh, en]", "pass")]
)
def test_calls_of_other_languages_skip_a_lexicon(languages: str, verdict: str) -> None:
    words = WORDS.replace("languages: [zh, en]", f"languages: {languages}")
    said = call("A: 您好\nC: hi\nA: ok\nC: ok", language="en")
    assert judge(rubric(ITEM, words=words), said)["i"].verdict == verdict


def test_a_call_in_a_language_without_words_is_judged_all_the_same() -> None:
    card = judge(rubric(ITEM), call("A: 您好\nC: salut\nA: oui\nC: oui", language="fr"))
    assert (card.language, card["i"].verdict) == ("fr", "fail")
