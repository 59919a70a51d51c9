"""Paired turns: a column for what each side says, in tables and in JSON."""

from __future__ import annotations

import json
from time import process_time

import pytest
from test_tables import book

from qa_checker.call import Call
from qa_checker.readers import SetAside

HELLO, BACK, WAIT, THANKS = "您好，请问有什么可以帮您？", "我要退款。", "请稍等。", "谢谢。"
GOOD, REFUND = "Good morning from Lantern Books.", "I want a refund."
COLUMNS = "a row is a turn of each side, in the order of the columns: "


def said(call: Call | SetAside) -> list[tuple[str, str, float | None]]:
    assert isinstance(call, Call), call
    return [(one.role, one.text, one.start) for one in call.segments]


@pytest.mark.parametrize(
    ("first", "second", "roles"),
    [
        ("agent_text", "customer_text", ("agent", "customer")),
        ("坐席", "客户", ("agent", "customer")),
        ("客户内容", "客服内容", ("customer", "agent")),
        ("问", "答", ("customer", "agent")),
        ("question", "answer", ("customer", "agent")),
        ("用户问题", "客服回复", ("customer", "agent")),
        ("内容(客户)", "内容(客服)", ("customer", "agent")),
        ("User message", "Bot response", ("customer", "bot")),
    ],
)
def test_two_columns_are_the_two_sides(results, first, second, roles):
    rows = [["通话ID", first, second], ["7", HELLO, BACK], ["7", WAIT, ""], ["7", "", THANKS]]
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    shapes = (
        "\n".join(map(",".join, rows)),
        "\n".join(map("\t".join, rows)),
        book([["九月的对话"], *rows]),
        json.dumps(objects),
        "\n".join(map(json.dumps, objects)),
    )
    for shape in shapes:
        (call,) = results(shape)
        assert said(call) == [
            (roles[0], HELLO, None),
            (roles[1], BACK, None),
            (roles[0], WAIT, None),
            (roles[1], THANKS, None),
        ]
        assert call.call_id == "7"
        assert call.notes[0] == f'{COLUMNS}"{first}" = {roles[0]}, "{second}" = {roles[1]}'


def test_a_list_of_paired_turns_within_a_record(results):
    pairs = [{"用户问题": BACK, "客服回复": WAIT, "time": 2}, {"用户问题": THANKS, "客服回复": ""}]
    (call,) = results(json.dumps({"call_id": "7", "agent": "1024", "dialog": pairs}))
    assert said(call) == [
        ("customer", BACK, 2),
        ("agent", WAIT, None),
        ("customer", THANKS, None),
    ]
    assert (call.call_id, call.agent) == ("7", "1024")
    assert call.notes == (f'{COLUMNS}"用户问题" = customer, "客服回复" = agent',)


def test_a_time_of_a_row_is_that_of_its_first_turn(results):
    (call,) = results(f"agent_text,customer_text,start,end\n{GOOD},{REFUND},2,9\n,Bye.,10,11\n")
    assert [(one.start, one.end) for one in call.segments] == [(2, None), (None, 9), (10, 11)]


def test_times_of_the_sides_put_their_turns_in_order(results):
    header = "question,answer,question_time,answer_time,mood\n"
    (call,) = results(f"{header}{REFUND},{GOOD},10:00:05,10:00:01,a\n,Sure.,,10:00:09,b\n")
    assert said(call) == [("agent", GOOD, 0), ("customer", REFUND, 4), ("agent", "Sure.", 8)]
    assert call.notes[:2] == (
        'a row is a turn of each side, in the order of their times: "question" = customer, '
        '"answer" = agent',
        'columns not read: "mood"',
    )


def test_a_time_of_one_side_only_is_none(results):
    (call,) = results(f"query_text,answer,response time\n{REFUND},{GOOD},3\nBye.,Bye.,4\n")
    assert [one.start for one in call.segments] == [None] * 4


def test_an_id_that_comes_back_is_the_calls(results):
    rows = f"id,question,answer\n1,{REFUND},{GOOD}\n1,Bye.,Bye.\n2,{REFUND},{GOOD}\n"
    assert [(call.call_id, len(call.segments)) for call in results(rows)] == [("1", 4), ("2", 2)]
    rows = rows.replace("question", "customer text")
    (call,) = results(rows.replace("\n1,Bye", "\n3,Bye"))
    assert 'columns not read: "id"' in call.notes


QUESTIONS = [
    ["分类", "问题", "答案"],
    ["售后", "如何退款？", "请点退款。"],
    ["售后", "在哪？", "这里。"],
]


@pytest.mark.parametrize(
    "shape",
    [
        "question,answer\nHow do I pay?,Open the page.\nWhere is it?,On the left.\n",
        "| 问题 | 答案 |\n|---|---|\n| 如何退款？ | 请在订单页点击。 |\n",
        json.dumps([dict(zip(QUESTIONS[0], row, strict=True)) for row in QUESTIONS[1:]]),
        book(QUESTIONS),
    ],
)
def test_questions_and_answers_alone_are_no_call(results, shape):
    (aside,) = results(shape)
    assert isinstance(aside, SetAside)
    assert aside.reason.startswith("a table of questions and answers without call ids or times")
    assert "=customer," in aside.help


def test_questions_and_answers_are_a_call_if_anything_says_so(results):
    below = f"{REFUND},{GOOD}\n"
    for table in (f"call_id,question,answer\n7,{below}", f"time,question,answer\n00:01,{below}"):
        (call,) = results(table)
        assert [role for role, _, _ in said(call)] == ["customer", "agent"]
    (call,) = results(f"question,answer\n{below}", roles={"question": "agent"})
    assert [role for role, _, _ in said(call)] == ["agent", "agent"]


def test_the_user_says_who_a_column_is(results):
    (call,) = results(
        f"question,answer\n{GOOD},{REFUND}\n", roles={"question": "agent", "answer": "customer"}
    )
    assert [one[0] for one in said(call)] == ["agent", "customer"]


@pytest.mark.parametrize(
    "rows",
    [
        "call_id,agent,customer,duration\n1,Dana Lee,Bob Ray,35\n2,Dana Lee,Ann Poe,47\n",
        "call_id,agent_text,mood\n1,Hello.,good\n",
        json.dumps({"survey": [{"question": "Was it good?", "answer": "Yes."}]}),
    ],
)
def test_names_one_side_and_forms_are_no_turns(results, rows):
    (aside,) = results(rows)
    assert isinstance(aside, SetAside)


def test_a_cell_of_any_length_is_no_header(results):
    began = process_time()
    (aside,) = results(book([["x" * 32_000] * 9] * 20))
    assert isinstance(aside, SetAside)
    assert process_time() - began < 5


def test_cells_beyond_the_header_are_told_once(results):
    (call,) = results(f"agent_text,customer_text\n{GOOD},{REFUND},more\n")
    assert (
        "1 rows with more cells than the header, at line 2: not read: text with commas needs quotes"
        in call.notes
    )
