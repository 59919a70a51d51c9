"""Chats as messengers and meeting software export them to text, and texts that are none.

Every sample is ours, written as the software is documented or known to write.
"""

from __future__ import annotations

from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import SetAside

BOB, SHOP, LI, WANG = "Bob Ray", "Acme Support", "李先生", "客服小王"
REFUND = "Hi, I want a refund."
Turn = tuple[str, float | None, str]
ENGLISH = [(BOB, 0.0, f"{REFUND} It is order 17."), (SHOP, 60.0, "Sure, one moment.")]
CHINESE = [(WANG, 0.0, "您好"), (LI, 10.0, "我要退款 订单17"), (WANG, 70.0, "好的")]
SAMPLES: dict[str, tuple[str, str, list[Turn]]] = {
    "whatsapp of ios": (
        "\u200e[14/06/2024, 15:09:00] Acme Support: \u200eMessages are end-to-end encrypted.\r\n"
        f"[14/06/2024, 15:10:05] {BOB}: {REFUND}\r\nIt is order 17.\r\n"
        f"[14/06/2024, 15:11:05] {SHOP}: Sure, one moment.\r\n"
        f"[14/06/2024, 15:12:05] {BOB}: \u200eimage omitted\r\n",
        "2024-06-14T15:10:05",
        ENGLISH,
    ),
    "whatsapp of android": (
        "14/06/2024, 15:09 - Messages are end-to-end encrypted. No one else can read them.\n"
        f"14/06/2024, 15:10 - {BOB}: {REFUND}\nIt is order 17.\n"
        f"14/06/2024, 15:11 - {SHOP}: Sure, one moment.\n"
        f"14/06/2024, 15:12 - {BOB}: <Media omitted>\n",
        "2024-06-14T15:10:00",
        ENGLISH,
    ),
    "whatsapp in america": (
        f"6/5/24, 11:59\u202fAM - {BOB}: {REFUND}\nIt is order 17.\n"
        f"6/5/24, 12:00\u202fPM - {SHOP}: Sure, one moment.\n",
        "2024-06-05T11:59:00",
        ENGLISH,
    ),
    "whatsapp in germany": (
        f"14.06.24, 15:10 - {BOB}: {REFUND}\nIt is order 17.\n"
        f"14.06.24, 15:11 - {SHOP}: Sure, one moment.\n",
        "2024-06-14T15:10:00",
        ENGLISH,
    ),
    "whatsapp in chinese": (
        f"2024/6/14 上午11:59 - {LI}: 我要退款\n2024/6/14 下午12:00 - {WANG}: 好的\n",
        "2024-06-14T11:59:00",
        [(LI, 0.0, "我要退款"), (WANG, 60.0, "好的")],
    ),
    "wechat": (
        f"2024-06-14 15:10:05 {WANG}\n您好\n\n2024-06-14 15:10:15 {LI}\n我要退款\n订单17\n\n"
        f"2024-06-14 15:11:15 {WANG}\n好的\n",
        "2024-06-14T15:10:05",
        CHINESE,
    ),
    "qq": (
        "消息记录（此消息记录为文本格式，不支持重新导入）\n\n====\n消息对象:李先生\n====\n\n"
        f"2024-06-14 15:10:05 {WANG}\n您好\n\n2024-06-14 15:10:15 {LI}\n我要退款\n订单17\n\n"
        f"2024-06-14 15:11:15 {WANG}\n好的\n",
        "2024-06-14T15:10:05",
        CHINESE,
    ),
    "zoom's chat": (
        f"15:10:05\t From  {BOB} : {REFUND}\n\tIt is order 17.\n"
        f"15:11:05\t From  {SHOP}  to  {BOB}(Direct Message) : Sure, one moment.\n",
        "",
        ENGLISH,
    ),
    "fathom": (
        f"Support Call - June 14\nVIEW RECORDING - 1 min\n\n---\n\n0:00 - {BOB}\n  {REFUND}\n"
        f"  It is order 17.\n\n1:00 - {SHOP} (Acme)\n  Sure, one moment.\n\n1:09 - {BOB}\n  Bye.\n",
        "",
        [ENGLISH[0], (f"{SHOP} (Acme)", 60.0, "Sure, one moment."), (BOB, 69.0, "Bye.")],
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_who_writes_what_and_when(name: str, results: Any) -> None:
    text, began, turns = SAMPLES[name]
    (call,) = results(text)
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == "chat_log"
    assert [(s.speaker, s.start, s.text) for s in call.segments] == turns
    assert call.started_at == began


@pytest.mark.parametrize("days", [("07/06/2024", "08/06/2024"), ("06/07/2024", "06/08/2024")])
def test_days_are_told_from_months_by_how_long_the_chat_lasts(
    days: tuple[str, str], results: Any
) -> None:
    first, second = days
    (call,) = results(f"{first}, 23:00 - {BOB}: Hello?\n{second}, 01:00 - {SHOP}: Hello.\n")
    assert call.started_at == "2024-06-07T23:00:00"
    assert [s.start for s in call.segments] == [0.0, 7200.0]


def test_lines_of_the_software_are_counted(results: Any) -> None:
    (call,) = results(SAMPLES["whatsapp of android"][0])
    assert "lines of the software, and media that were left out, are no speech: 2" in call.notes


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-14 15:10:05 INFO server started\n2024-06-14 15:10:06 ERROR: lost\n",
        "2024-06-14 15:10:05 server started\n  at line 7\n2024-06-14 15:10:06 lost\n",
        "[14/06/2024, 15:10:05] INFO: server started\n[14/06/2024, 15:10:06] ERROR: lost\n",
        "14/06/2024, 15:10 - Messages are encrypted.\n14/06/2024, 15:11 - You left.\n",
        "0:03 - intro\n0:30 - the sea\n1:20 - the end\n",
    ],
)
def test_logs_and_lists_are_no_chats(text: str, results: Any) -> None:
    (aside,) = results(text)
    assert isinstance(aside, SetAside), aside


def test_a_name_with_a_time_beside_known_speakers_with_times(results: Any) -> None:
    """A name that is there once is a speaker where its line has a time as the others have."""
    for text in (
        f"2024-06-14 15:10:05 {WANG}: 您好\n2024-06-14 15:10:15 {LI}: 我要退款\n",
        f"{WANG}(2024-06-14 15:10:05):\n您好\n{LI}(2024-06-14 15:10:15):\n我要退款\n",
    ):
        (call,) = results(text)
        assert [(s.speaker, s.start) for s in call.segments] == [(WANG, 0.0), (LI, 10.0)]
