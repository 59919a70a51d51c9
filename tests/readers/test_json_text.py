"""A whole conversation as one text in JSON, or in a column of a table whose header nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

SAID = (
    ("agent", "Thank you for calling Lantern Books, how can I help you?"),
    ("customer", "Hi, one parcel never came."),
    ("agent", "I am sorry to hear that, I will look into it."),
)
LINES = [f"{role.title()}: {text}" for role, text in SAID]
BLOCK = "\n".join(LINES)


def results(document: Any) -> list[Call | SetAside]:
    """Return what is read of a document, or of a text as it is."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return list(calls_of(Source("x.json", text.encode()), Options()))


def spoken(call: Call | SetAside) -> list[tuple[str, str]]:
    """Return who says what in a call that this format has read."""
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == "json_text"
    return [(one.role, one.text) for one in call.segments]


@pytest.mark.parametrize(
    "document",
    [
        {"id": 7, "asr_content": BLOCK},
        {"call": {"asr": {"words_of_all": BLOCK, "summary": "Agent: short"}}},
        {"dialogue": LINES},
        {"data": {"lines": LINES}},
    ],
)
def test_a_text_is_found_wherever_it_lies(document: Any) -> None:
    (call,) = results(document)
    assert spoken(call) == list(SAID)


def test_what_is_known_about_the_call() -> None:
    (call,) = results({"sessionId": "s-1", "agentName": "Dana", "tier": "gold", "full": BLOCK})
    assert isinstance(call, Call)
    assert (call.call_id, call.agent, call.metadata) == ("s-1", "Dana", {"tier": "gold"})


def test_many_calls_in_a_file() -> None:
    records = [{"sid": f"c{n}", "asr": BLOCK} for n in range(3)]
    lines = "\n".join(map(json.dumps, records))
    inner = {"total": 3, "data": {"queue": "books", "calls": records}}
    for document in (records, lines, inner):
        found = results(document)
        assert [spoken(one) for one in found] == [list(SAID)] * 3
        calls = [one for one in found if isinstance(one, Call)]
        assert [one.call_id for one in calls] == ["c0", "c1", "c2"]
        assert {one.queue for one in calls} == ({"books"} if document is inner else {""})


def test_a_record_without_a_conversation_is_set_aside_alone() -> None:
    good = json.dumps({"sid": "c0", "asr": BLOCK})
    *calls, empty, broken = results(f'{good}\n{good}\n{{"sid": "c1"}}\n{{"sid": \n')
    assert len(calls) == 2
    assert "record 3: JSON, but not a transcript" in str(empty)
    assert "record 4: broken JSON" in str(broken)


@pytest.mark.parametrize(
    "text", ["Agent: Hello", "a: b\nc: d", '{"客服": "您好", "客户": "好"}', BLOCK[:60]]
)
def test_a_text_of_one_role_or_none_is_refused(text: str) -> None:
    (aside,) = results({"note": text})
    assert isinstance(aside, SetAside)
    assert "not a transcript this version reads" in aside.reason


def test_a_table_with_conversations_under_a_header_that_nobody_knows() -> None:
    table = f'no,agent_name,asr_full\n1,Dana,"{BLOCK}"\n2,Robin,"{BLOCK}"\n'
    calls = [one for one in calls_of(Source("x.csv", table.encode())) if isinstance(one, Call)]
    assert [one.agent for one in calls] == ["Dana", "Robin"]
    assert [[(one.role, one.text) for one in call.segments] for call in calls] == [list(SAID)] * 2
