"""Events that look only at turns with a hint find what they find in looking at every turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.call import Call, Segment, turns
from qa_checker.events import Batch, Scene, _facts, _questions, _questions_zh, kinds, pii
from qa_checker.events._facts import of_every_turn
from qa_checker.events._facts_en import DIGITS
from qa_checker.events._numbers import SEVEN, digits, may_read_out
from qa_checker.events._questions import questions
from qa_checker.text.plain import each_call, plain

PIECES_ZH = """
我姓王 王先生 李女士 小姐 我叫张伟 本人姓赵 好的 三百五十 350 元 块钱 ¥ 3月5号 二十八 日 一下 三 台
个月 年 两 幺三八 138 0013 8000 五 五 五 五 一 六 零 〇 百 万 亿元 ， 。 ？ … a@b.cn 身份证 验证码
密码 cvv 告诉我 报一下 订单 的 吗 什么 怎么 呢 谁 几点 为毛 干嘛 11010519491231002X 6222021234567894
"""
PIECES_EN = """
£ $ 49.50 fifty pounds 20 euros quid march 5th first of may the dec 1 2 3 4 0 20 7946 0958 12345 oh
o zero one two three four five double triple my name is Jane Miller Mrs. mr name's miss . , ? ! / '
- + password PIN can I have your what's is the security code memorable word a@b.com call me on
number how what which phone o'clock did you are there 4242424242424242
"""
PIECES = {"zh": PIECES_ZH.split(), "en": PIECES_EN.split()}
READ_OUT = ["5", "7", "five", "oh", "o", "double", "triple", "'", "/", "-", ".", "a"]


WORDS_OF_QUESTIONS = """
什么 怎么 谁 多久 多 大 的 呢 几 个 哪 里 您 我 都 吗 没 不 有 是 请问 查一下 知道 人 在 过 好
后来 那 如果 还是 为毛 干嘛 吧 点 一句
"""
CLAUSES = st.lists(st.sampled_from(WORDS_OF_QUESTIONS.split()), min_size=1, max_size=8)


def texts(language: str) -> st.SearchStrategy[str]:
    """Texts of some of the pieces, with and without spaces."""
    piece = st.sampled_from(PIECES[language])
    return st.lists(st.tuples(piece, st.sampled_from(["", " "])), max_size=9).map(
        lambda said: "".join(word + gap for word, gap in said).strip() or "…"
    )


def calls(language: str) -> st.SearchStrategy[list[Call]]:
    """Calls of a few turns, looked at together."""
    role = st.sampled_from(["agent", "customer"])
    said = st.lists(st.builds(Segment, role, texts(language)), min_size=1, max_size=5)
    return st.lists(said, min_size=1, max_size=3).map(
        lambda some: [Call("c", turns(segments), language=language) for segments in some]
    )


def scenes(together: list[Call]) -> Iterator[Scene]:
    """Yield what events see of calls that are made comparable at once."""
    batch, counts = Batch(together), [len(call.turns) for call in together]
    whole = plain([turn.text for call in together for turn in call.turns])
    for place, text in enumerate(each_call(whole, counts)):
        yield Scene(together[place], together[place].language, text, {}, batch, place)


def everywhere() -> ExitStack:
    """Let every turn be worth a look."""
    stack = ExitStack()
    for module in (_facts, _questions, pii):
        every = patch.object(module, "hinted", lambda scene, _: range(len(scene.call.turns)))
        stack.enter_context(every)
    return stack


@pytest.mark.parametrize("language", ["zh", "en"])
@given(data=st.data())
def test_facts(language: str, data: st.DataObject) -> None:
    together = data.draw(calls(language))
    found = [of_every_turn(scene) for scene in scenes(together)]
    with everywhere():
        assert found == [of_every_turn(scene) for scene in scenes(together)]


@pytest.mark.parametrize("language", ["zh", "en"])
@given(data=st.data())
def test_personal_data(language: str, data: st.DataObject) -> None:
    event, together = kinds()["pii"], data.draw(calls(language))
    settings = event.Settings()
    found = [list(event.detect(scene, settings, None)) for scene in scenes(together)]
    with everywhere():
        assert found == [list(event.detect(scene, settings, None)) for scene in scenes(together)]


@pytest.mark.parametrize("language", ["zh", "en"])
@given(data=st.data())
def test_open_questions(language: str, data: st.DataObject) -> None:
    together = data.draw(calls(language))
    found = [questions(scene, "open") for scene in scenes(together)]
    with everywhere():
        assert found == [questions(scene, "open") for scene in scenes(together)]


@given(CLAUSES.map("".join), st.booleans())
def test_open_clauses(clause: str, asked: bool) -> None:
    """The quick way tells of a clause what the careful one does."""
    is_open = _questions_zh.clause_form(clause, asked) == "open"
    assert _questions_zh.asks_openly(clause, asked) == is_open
    assert not is_open or _questions_zh.HINTS["open"].search(clause)


@given(st.lists(st.sampled_from(READ_OUT), max_size=12))
def test_numbers_that_are_read_out(said: list[str]) -> None:
    """The quick question never hides a number of four digits or more, nor one of seven."""
    text = plain([" ".join(said)]).text
    if DIGITS.search(text):
        assert may_read_out(text)
    if pii.RUN_EN.search(text):
        assert may_read_out(text, SEVEN)


@given(st.text(st.sampled_from("09 幺五x")))
def test_digits_are_those_of_each_character(text: str) -> None:
    assert digits(text) == "".join(map(digits, text))
