"""How exporters and people vary the usual forms of text and tables; all samples are ours."""

from __future__ import annotations

from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import SetAside

GOOD, REFUND = "Good morning, Lantern Books.", "I want a refund."
HELLO, BACK = "您好，请问有什么可以帮您？", "我要退款。"
Turn = tuple[str, float | None, str]


def english(first: float | None = None, second: float | None = None) -> list[Turn]:
    """Return the turns most English samples hold, at these times."""
    return [("agent", first, GOOD), ("customer", second, REFUND)]


def chinese(first: float | None = None, second: float | None = None) -> list[Turn]:
    """Return the turns most Chinese samples hold, at these times."""
    return [("agent", first, HELLO), ("customer", second, BACK)]


TEXTS: dict[str, tuple[str, list[Turn]]] = {
    "a small colon": (f"客服﹕{HELLO}\n客户﹕{BACK}\n", chinese()),
    "a time and a role word": (f"00:00:01 客服 {HELLO}\n00:00:05 客户 {BACK}\n", chinese(1.0, 5.0)),
    "a role word on its own line": (f"客服\n{HELLO}\n\n客户\n{BACK}\n", chinese()),
    "capitals on their own line": (f"AGENT\n{GOOD}\n\nCUSTOMER\n{REFUND}\n", english()),
    "headings of Markdown": (f"### Agent\n{GOOD}\n\n### Customer\n{REFUND}\n", english()),
    "a table of Markdown": (
        f"| Time | Speaker | Text |\n|---|:-:|---|\n| 0:01 | Agent | {GOOD} |\n"
        f"| 0:05 | Customer | {REFUND} |\n",
        english(1.0, 5.0),
    ),
    "a shop and who answers for it": (
        f"店铺客服:小美(2024-05-01 14:00:01):\n{HELLO}\ntb123(2024-05-01 14:00:05):\n{BACK}\n",
        chinese(0.0, 4.0),
    ),
    "breaks of HTML": (f"Agent: {GOOD}<br>Customer: {REFUND}<br />", english()),
    "breaks of HTML in Chinese": (f"客服：{HELLO}<br/>\r\n客户：{BACK}<BR>", chinese()),
    "Salesforce's chats": (
        "Chat Started: Friday, June 14, 2024, 15:10:05 (+0000)\nChat Origin: Web\n"
        f"( 15s ) Agent: {GOOD}\n( 1m 20s ) Customer: {REFUND}\n",
        english(15.0, 80.0),
    ),
    "dates with a zone": (
        f"2024-06-14T15:10:05Z Agent: {GOOD}\n2024-06-14T17:10:11.5+02:00 Customer: {REFUND}\n",
        english(0.0, 6.5),
    ),
    "half days": (
        f"11:59:55 AM Agent: {GOOD}\n12:00:05 PM Customer: {REFUND}\n",
        english(0.0, 10.0),
    ),
    "arrows": (f"Agent => {GOOD}\nCustomer => {REFUND}\n", english()),
    "a time inside the bracket": (
        f"[Agent 00:01] {GOOD}\n[Customer 00:05] {REFUND}\n",
        english(1.0, 5.0),
    ),
    "a dash before the time": (
        f"Agent - 0:01\n{GOOD}\n\nCustomer - 0:05\n{REFUND}\n",
        english(1.0, 5.0),
    ),
    "a range of times": (
        f"00:01-00:04 客服：{HELLO}\n00:05-00:07 客户：{BACK}\n",
        chinese(1.0, 5.0),
    ),
    "the number of an agent before the time": (
        f"坐席(1024) 15:10:05：{HELLO}\n客户(138) 15:10:15：{BACK}\n",
        chinese(0.0, 10.0),
    ),
    "brackets on one line": (f"[客服]{HELLO}[客户]{BACK}", chinese()),
    "brackets in a cell": (f"通话ID,通话内容\nA1,【客服】{HELLO}【客户】{BACK}\n", chinese()),
    "line ends nobody turned": (f"客服:{HELLO}\\n客户:{BACK}", chinese()),
    "a time below the speaker": (
        f"Agent\n00:00:01\n{GOOD}\nCustomer\n00:00:05\n{REFUND}\n",
        english(1.0, 5.0),
    ),
    "a wide space": (f"客服\u3000{HELLO}\n客户\u3000{BACK}\n", chinese()),
    "Happy Scribe's heads": (
        f"[00:00:01.120] - Agent\n{GOOD}\n\n[00:00:05.000] - Customer\n{REFUND}\n",
        english(1.12, 5.0),
    ),
    "columns named by a vendor": (
        f"消息发送方,消息内容,消息时间\n客服,{HELLO},00:00:01\n客户,{BACK},00:00:05\n",
        chinese(1.0, 5.0),
    ),
    "columns named in another way": (
        f"发言方,发言内容,发言时间\n客服,{HELLO},00:00:01\n客户,{BACK},00:00:05\n",
        chinese(1.0, 5.0),
    ),
    "names in a column": (
        f'Speaker Name,Body,Created At\nAgent Dana,"{GOOD}",2024-06-14T15:10:05Z\n'
        f"Customer,{REFUND},2024-06-14T15:10:15Z\n",
        english(0.0, 10.0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_who_says_what_and_when(name: str, results: Any) -> None:
    text, turns = TEXTS[name]
    (call,) = results(text)
    assert isinstance(call, Call), call
    assert [(s.role, s.start, s.text) for s in call.segments] == turns


def test_names_with_a_time_above_what_they_say(results: Any) -> None:
    for text in (
        f"Dana Lee (00:01):\n{GOOD}\n\nBob Ray (00:05):\n{REFUND}\n\nDana Lee (00:09):\nSure.\n",
        f"[00:01] - Dana Lee\n{GOOD}\n\n[00:05] - Bob Ray\n{REFUND}\n\n[00:09] - Dana Lee\nSure.\n",
        f"Dana Lee | 00:01\n{GOOD}\n\nBob Ray | 00:05\n{REFUND}\n\nDana Lee | 00:09\nSure.\n",
    ):
        (call,) = results(text)
        assert [(s.speaker, s.start, s.text) for s in call.segments] == [
            ("Dana Lee", 1.0, GOOD),
            ("Bob Ray", 5.0, REFUND),
            ("Dana Lee", 9.0, "Sure."),
        ]


def test_a_role_in_brackets_that_is_spoken_of_cuts_nothing(results: Any) -> None:
    (call,) = results(f"客服：请问您收到[客户]短信了吗？\n客户：{BACK}\n")
    assert [s.text for s in call.segments] == ["请问您收到[客户]短信了吗？", BACK]


def test_labels_are_the_names_and_nothing_beside_them(results: Any) -> None:
    text = f"10:02:11 AM Dana: {GOOD}\n10:02:19 AM Bob: {REFUND}\n" * 2
    (call,) = results(text)
    assert {s.speaker for s in call.segments} == {"Dana", "Bob"}
    (call,) = results(TEXTS["a dash before the time"][0])
    assert {s.speaker for s in call.segments} == {"Agent", "Customer"}


@pytest.mark.parametrize(
    "text",
    [
        f"- speaker: Agent\n  text: {GOOD}\n- speaker: Customer\n  text: {REFUND}\n",
        f"turns:\n  - role: agent\n    text: {GOOD}\n  - role: customer\n    text: {REFUND}\n",
        f"时间：00:00:01\n角色：客服\n内容：{HELLO}\n\n时间：00:00:05\n角色：客户\n内容：{BACK}\n",
        "客服\n客户\n客服\n",
        f"{GOOD}\nAgent\n{REFUND}\nCustomer\n",
        f"00:01 {GOOD}\n00:05 {REFUND}\n",
    ],
)
def test_keys_of_records_and_lists_of_roles_are_no_people(text: str, results: Any) -> None:
    (aside,) = results(text)
    assert isinstance(aside, SetAside), aside
