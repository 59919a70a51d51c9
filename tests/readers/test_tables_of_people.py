"""Tables as people have them: without a header, with one twice, with kinds of messages."""

from __future__ import annotations

import pytest

from qa_checker.readers import read_text

HI, BACK, WAIT = "您好，请问有什么可以帮您？", "我想退款", "请稍等"


def said(text: str) -> list[tuple[str, str, float | None]]:
    return [(one.role, one.text, one.start) for one in read_text(text).segments]


@pytest.mark.parametrize("mark", ["|", ",", "\t", ";"])
@pytest.mark.parametrize("order", ["{0}{m}{1}{m}{2}", "{1}{m}{0}{m}{2}", "{0}{m}{2}{m}{1}"])
def test_rows_without_a_header_tell_their_columns(mark, order):
    rows = [("00:01", "坐席", HI), ("00:04", "客户", BACK), ("00:07", "坐席", WAIT)]
    text = "\n".join(order.format(*row, m=mark) for row in rows)
    assert said(text) == [("agent", HI, 1.0), ("customer", BACK, 4.0), ("agent", WAIT, 7.0)]


def test_two_rows_and_short_words_without_a_header():
    assert said("00:01|坐席|您好\n00:03|客户|嗯\n") == [
        ("agent", "您好", 1.0),
        ("customer", "嗯", 3.0),
    ]


def test_dates_without_a_header_are_times():
    rows = [("10:02:01", "坐席", HI), ("10:02:11", "客户", BACK), ("10:02:21", "坐席", WAIT)]
    found = said("\n".join(f"2026-11-23 {','.join(row)}" for row in rows))
    assert [start for *_, start in found] == [0.0, 10.0, 20.0]


def test_a_header_that_comes_again_is_nobodys_turn():
    text = f"角色,内容\n客服,{HI}\n客户,{BACK}\n角色,内容\n客服,{WAIT}\n"
    assert [words for _, words, _ in said(text)] == [HI, BACK, WAIT]


def test_a_speaker_in_front_of_the_words_of_every_row():
    text = f"time,text\n00:01,客服：{HI}\n00:05,客户：{BACK}\n"
    assert said(text) == [("agent", HI, 1.0), ("customer", BACK, 5.0)]
    assert said(f"time,text\n00:01,客服：{HI}\n00:05,{BACK}\n")[0][1] == f"客服：{HI}"


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        ("图片", "http://lantern.example/1.jpg", False),
        ("image", "img_v2_7", False),
        ("文件", "八月账单.pdf", False),
        ("语音", "我想退款", True),
        ("图片", "这是我的订单", True),
        ("文本", "lantern.example/1.jpg", True),
    ],
)
def test_a_message_of_a_kind_without_words(kind, words, kept):
    text = f"消息类型,角色,内容\n文本,客服,{HI}\n{kind},客户,{words}\n文本,客户,{BACK}\n"
    assert (words in [one for _, one, _ in said(text)]) == kept
