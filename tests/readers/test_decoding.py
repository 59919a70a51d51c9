"""Bytes to text: every encoding of a Chinese call, and what must not be guessed."""

from __future__ import annotations

import re

import pytest

from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.encodings.mojibake import refuse_mojibake, repaired
from qa_checker.readers.strict_json import Refusal

SIMPLIFIED = "客服：您好，请问有什么可以帮您？\n客户：我想查一下我的订单。\n"
TRADITIONAL = "客服：您好，請問有什麼可以幫您？\n客戶：我想查一下我的訂單。\n"
SHORT = "客服：在吗"


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        (SIMPLIFIED, "utf-8", ""),
        (SIMPLIFIED, "utf-8-sig", ""),
        (SIMPLIFIED, "utf-16", ""),
        (SIMPLIFIED, "utf-32", ""),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SHORT, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (SIMPLIFIED, "hz", "hz"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("Agent: hello\nCustomer: hi\n", "utf-16-le", "utf-16-le"),
        ("Agent: I can’t — sorry\nCustomer: it’s fine\n", "cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found_and_a_guess_is_told(text, encoding, guess):
    notes = (f"encoding guessed: {guess}",) if guess else ()
    assert decode(text.encode(encoding)) == (text, notes)


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "euc_kr", "iso2022_jp"])
def test_other_languages_are_refused_not_misread(encoding):
    text = (
        "한국어 상담 내용입니다 안녕하세요"
        if encoding == "euc_kr"
        else "これは日本語の会話です。お願いします"
    )
    with pytest.raises(Refusal, match="encoding"):
        decode(text.encode(encoding))


def test_a_few_bad_bytes_are_replaced_and_counted():
    raw = (SIMPLIFIED * 20).encode()
    text, notes = decode(raw[:100] + b"\xff" + raw[100:])
    assert text.count("\ufffd") == 3  # the byte stood within a character
    assert notes == ("3 places were not utf-8 and became U+FFFD",)


def test_binary_is_refused():
    with pytest.raises(Refusal, match="not text"):
        decode(bytes(range(256)) * 4)


def test_damage_from_before_is_told():
    assert decode("客服：您\ufffd好".encode())[1] == (
        "1 characters were lost before the file came here (U+FFFD)",
    )


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED.encode().decode("gb18030", "replace"),
        SIMPLIFIED.encode().decode("latin-1"),
        SIMPLIFIED.encode("gb18030").decode("latin-1"),
        "I canâ€™t do that",
        "锟斤拷锟斤拷您好",
    ],
)
def test_text_read_in_a_wrong_encoding_is_refused(text):
    with pytest.raises(Refusal, match="looks mis-encoded in"):
        refuse_mojibake(text)


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED,
        TRADITIONAL,
        "I can’t — “sorry” … 5×£35",
        "HUHLL Õ…",
        "ESSE CARA AI QUEM É¿",
        "SELKÄ\xa0EDELLÄ\xa0MAAHAN",
        "Ω≈ç√∫˜µ≤≥÷",
    ],
)
def test_odd_but_right_text_is_left_alone(text):
    assert refuse_mojibake(text) == []


@pytest.mark.parametrize(
    ("was", "read_as"),
    [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252"), ("utf-8", "gb18030")],
)
def test_what_was_mis_read_whole_is_turned_back(results, was, read_as):
    said = ["您好，请问有什么可以帮您的", "我想查查我的订单吧"]
    text = f"客服：{said[0]}\n客户：{said[1]}\n"
    (call,) = results(text.encode(was).decode(read_as))
    assert [turn.text for turn in call.turns] == said
    assert "mis-encoded text turned back in 2 lines" in call.notes


def test_a_mis_read_apostrophe_is_turned_back(results):
    (call,) = results("Agent: I canâ€™t do that\nCustomer: why not — 5×£35?\n")
    assert [turn.text for turn in call.turns] == ["I can’t do that", "why not — 5×£35?"]


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED.encode().decode("gb18030", "replace"),
        "Ã¢â€�â€™(Ã¢Å’Â£)",
        "锟斤拷锟斤拷您好",
        SIMPLIFIED,
        "HUHLL Õ…",
        "SELKÄ\xa0EDELLÄ\xa0MAAHAN",
        "“+” and “×” curves",
    ],
)
def test_what_is_right_or_lost_is_not_touched(text):
    assert repaired(text) == (text, ())


@pytest.mark.parametrize(
    ("was", "read_as", "said"),
    [
        ("gb18030", "cp950", ["您好，请问有什么可以帮您？", "我上周退的货，钱还没有到。"]),
        ("big5", "gb18030", ["您好，請問有什麼可以幫您？", "我上週退的貨，錢還沒有到。"]),
    ],
)
def test_chinese_read_by_the_wrong_table_is_turned_back(results, was, read_as, said):
    (call,) = results(f"Agent: {said[0]}\nCustomer: {said[1]}\n".encode(was).decode(read_as))
    assert [turn.text for turn in call.turns] == said
    assert any("GBK that was read as Big5" in note for note in call.notes)


@pytest.mark.parametrize("errors", ["ignore", "replace"])
@pytest.mark.parametrize(("was", "read_as"), [("gb18030", "cp950"), ("big5", "gbk")])
def test_chinese_that_lost_characters_in_the_wrong_table_is_refused(results, was, read_as, errors):
    said = (
        "没有人让您认错，如今日程都可以改" if was == "gb18030" else "您好，請問有什麼可以幫您的嗎？"
    )
    bad = said.encode(was).decode(read_as, errors)
    (aside,) = results(f"Agent: {bad}\nCustomer: {bad}\n")
    assert "that nobody says" in aside.reason


@pytest.mark.parametrize(
    "text",
    [
        "客服：您那邊ㄅㄆㄇㄈ怎麼念？\n客戶：ㄋㄟㄋㄟ啦，ㄏㄏ，我要退費\n",
        "Agent: Où êtes-vous né, à Évry?\nCustomer: Café Crème — 5×£35\n",
        "客服：龘靐齉爩先生您好\n客户：我叫犇骉\n",
        "Agent: 안녕하세요 고객님\nCustomer: 네 환불해 주세요\n",
        "Agent: お電話ありがとうございます\nCustomer: 返品したいのですが\n",
    ],
)
def test_rare_characters_are_no_wrong_table(results, text):
    (call,) = results(text)
    assert [one.text for one in call.segments] == re.findall("[:：] ?(.+)", text)


def test_mojibake_written_as_escapes_is_seen_too(results):
    (aside,) = results('{"turns":[{"role":"agent","text":"canâ\\u20ac\\u2122t"}]}')
    assert aside.reason == "looks mis-encoded in 1 places"


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_a_text_cut_off_in_a_character_is_read_up_to_there(results, encoding):
    text = "客服：您好，請問有什麼可以幫您？\n客戶：我想查一下我的訂單，謝謝你\n"
    (call,) = results(text.encode(encoding)[:-2])
    assert call.turns[1].text == "我想查一下我的訂單，謝謝"
    assert "the file ends in the middle of a character: is its end missing?" in call.notes


def test_a_bad_byte_in_a_chinese_text_is_replaced_and_told(results):
    text = "客服：您好，请问有什么可以帮您？\n客户：我想查一下我的订单，谢谢\n" * 5
    (call,) = results(text.encode("gb18030").replace(b"\n", b"\xff\n", 1))
    assert call.turns[0].text.startswith("您好，请问有什么可以帮您？")
    assert "1 places were not gb18030 and became U+FFFD" in call.notes


@pytest.mark.parametrize("lost", [1, 2])
def test_a_short_text_that_ends_within_a_character_is_read(lost):
    text, notes = decode("客服：您好。\n客户：我要退货".encode()[:-lost])
    assert text.replace("\ufffd", "货") == "客服：您好。\n客户：我要退货"
    assert notes == (
        "1 places were not utf-8 and became U+FFFD",
        "the file ends in the middle of a character: is its end missing?",
    )


def test_lines_of_two_encodings_are_read_line_by_line():
    first, second = SIMPLIFIED.encode(), SIMPLIFIED.encode("gb18030")
    note = ("encoding guessed: gb18030+utf-8",)
    assert decode(first + second) == (SIMPLIFIED * 2, note)
    assert decode(second + first) == (SIMPLIFIED * 2, note)


def test_one_damaged_line_of_utf8_is_no_other_encoding():
    text, notes = decode((SIMPLIFIED * 9).encode() + b"\xb7\xff ok\n")
    assert text.startswith(SIMPLIFIED * 9)
    assert all("gb18030" not in note for note in notes)


@pytest.mark.parametrize("text", ["??:??\n????????\n", "???? ?????? 12345 ?????"])
def test_question_marks_for_words_are_refused(text):
    with pytest.raises(Refusal, match="question marks"):
        refuse_mojibake(text)


@pytest.mark.parametrize("text", ["what???", "??? ??", "Hello?? Are you there??? I am waiting"])
def test_question_marks_that_people_write_are_theirs(text):
    assert refuse_mojibake(text) == []


def test_a_table_of_question_marks_is_refused(results):
    (aside,) = results("role,text\nagent,????????\ncustomer,??????12345\n")
    assert aside.reason == "call x: the words are lost: question marks stand where they were"
