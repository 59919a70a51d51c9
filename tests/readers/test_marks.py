"""Sounds, tags and pauses are no speech; redactions are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa_checker.call import Segment
from qa_checker.readers import read_text
from qa_checker.readers.finishing.marks import without_marks


def left(*texts: str) -> list[str]:
    return [one.text for one in without_marks([Segment("agent", text) for text in texts])[0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Music] hello", "hello"),
        ("hello (laughs) there", "hello there"),
        ("I <unk> it", "I it"),
        ("((DOOR_SLAM)) sorry", "sorry"),
        ("好的[噪音]，稍等", "好的 ，稍等"),
        ("【笑声】您好", "您好"),
        ("<|zh|><|NEUTRAL|><|Speech|><|woitn|>您好", "您好"),
        ("<|Speech|>您好<|/Speech|><|NEUTRAL|>", "您好"),
        ("one_x000D_\ntwo", "one \ntwo"),
        ("♪♪ hello ♪", "hello"),
        ("[BLANK_AUDIO] yes", "yes"),
        ("[[music]music] a", "a"),
    ],
)
def test_marks_are_taken_out(text, said):
    assert left(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "my name is [NAME]",
        "[PII]",
        "card [CREDIT_DEBIT_NUMBER] and ****",
        "the ((very)) end",
        "a (good) day",
        "music",
        "等我30秒",
        "30秒",
        "<b>",
        "snake_case",
        "[1]",
    ],
)
def test_what_stands_for_words_stays(text):
    assert left(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "[glass breaking]", "[A heavy door slams]", "(dog barking)", "［敲门声］", "【关门声】",
        "（电话铃响）", "[phone rings]", "[baby_crying]", "［音乐］",
    ],
)  # fmt: skip
def test_a_sound_that_stands_alone_is_no_speech(text):
    assert left("hello", text, "yes") == ["hello", "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "[我的订单]", "[影响]", "[音响]", "[wedding rings]", "[order tracking]", "[微笑]",
        "[phone number]", "hello [glass breaking]", "[I like it] [barking]",
    ],
)  # fmt: skip
def test_what_may_be_words_in_brackets_stays(text):
    assert left(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "[图片]", "【圖片】", "[image]", "(Photo)", "[图片][图片]", "[动画表情]", "[语音] 12\"",
        "[语音消息]", "[文件]八月账单.pdf", "[File] march bill.xlsx (20KB)", "<Media omitted>",
        "语音消息", "Voice message", "李雷加入了会话", "Lee Roe joined the chat", "Chat ended",
        "—— 会话已结束 ——", "\"李雷\" 撤回了一条消息", "李雷发送了一张图片", "语音通话 02:15",
        "This message was deleted", "小王已经退出聊天室。", "Missed voice call",
    ],
)  # fmt: skip
def test_a_message_without_words_is_no_speech(text):
    call = read_text(f"客服：您好\n客户：{text}\n客户：我要退款\n")
    assert [one.text for one in call.segments] == ["您好", "我要退款"]
    assert any("1 segments of nothing but such marks" in note for note in call.notes)


@pytest.mark.parametrize(
    "text",
    [
        "请点击[图片]", "你看这个【截图】", "图片", "我发送了一张图片", "我退出了会话",
        "[LOCATION]", "请问怎么加入会话", "I sent a photo", "the chat ended and nobody called",
        "[链接] 活动页", "语音消息我听不了", "call ended too soon",
        "我撤回了一条消息", "voice message please",
        "he left the chat",
    ],
)  # fmt: skip
def test_words_about_pictures_and_chats_are_said(text):
    assert left(text) == [text]


def test_what_the_software_says_in_its_own_name_stays_its_own():
    said = [Segment("system", "李雷 加入了会话"), Segment("agent", "您好")]
    assert without_marks(said)[0] == said


def test_words_in_brackets_are_named_where_people_spoke():
    said = [Segment("agent", text, "", 0.0, 2.0) for text in ("[我的订单]", "[PII]", "您好")]
    kept, notes = without_marks(said)
    assert kept == said
    assert notes == ['1 segments in brackets read as words: "[我的订单]"']


def test_pauses_are_marks_where_an_export_writes_them():
    assert left("0.1秒 您好", "1秒", "好的 2.5秒 请讲") == ["您好", "好的 请讲"]
    assert left("1秒", "30秒") == ["1秒", "30秒"]


def test_what_was_left_out_is_told_and_silence_is_measured_over_it():
    call = read_text(
        "[0.0-1.0] 客服：您好[noise]\n[1.0-60.0] 客服：[Music]\n[60.0-61.0] 客户：喂\n"
    )
    assert [(one.text, one.start) for one in call.segments] == [("您好", 0.0), ("喂", 60.0)]
    assert call.notes == (
        'marks that are no speech left out 2 times: "[noise]", "[Music]"',
        "1 segments of nothing but such marks left out",
    )


def test_a_call_of_nothing_but_marks_is_refused(results):
    (aside,) = results("客服：[Music]\n客户：<unk>\n")
    assert aside.reason == "empty: marks, and nobody speaks"


@given(
    st.lists(
        st.sampled_from(
            ["[", "]", "(", ")", "music", "<", "unk", ">", "♪", " ", "_x000D_", "0.1秒"]
        ),
        max_size=20,
    )
)
@example(["0.1秒", "[", "music", "]"])
@example(["[", "0.1秒", "music", "]"])
def test_taking_out_marks_again_finds_none(pieces):
    once = without_marks([Segment("agent", "".join(pieces).strip())])[0]
    again, notes = without_marks(once)
    assert (again, notes) == (once, [])
