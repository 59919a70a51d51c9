"""Rows as people export them: a turn, a sentence or a call; pairs; tables without a header."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from datetime import timedelta

import openpyxl
import pytest
from test_tables import book, said

from qa_checker.readers import SetAside, read

BLOCK = "**Call Transcript**\n\n**Agent:** Thank you for calling.\n\n**Customer:** Hi, it broke."
ROWS = [
    {"call_id": "A", "turn": 2, "role": "customer", "text": "我想查一下", "start": 3.5, "mood": []},
    {"call_id": "B", "turn": 1, "role": "agent", "text": "hello", "start": 0},
    {"call_id": "A", "turn": 1.0, "role": "客服", "text": "您好", "start": 0, "store": "SH"},
]
SHAPES = {
    "array": json.dumps(ROWS),
    "lines": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_json_of_rows_is_a_table(results, shape):
    first, second = results(SHAPES[shape])
    assert (first.call_id, second.call_id) == ("A", "B")
    assert [(s.role, s.text, s.start, s.line) for s in first.segments] == [
        ("agent", "您好", 0.0, 3),
        ("customer", "我想查一下", 3.5, 1),
    ]
    assert first.metadata == {"store": "SH"}


def test_a_bad_row_of_json_is_named(results):
    found = results(SHAPES["lines"] + '\n{"text": }\n[1]\n', "x.jsonl")
    assert [str(one) for one in found[:2]] == [
        "x.jsonl: record 4: broken JSON: Expecting value at line 1, column 10 "
        "(export the file again)",
        "x.jsonl: record 5: not an object with keys (write one object a row)",
    ]
    assert [one.call_id for one in found[2:]] == ["A", "B"]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"ConversationId": "A", "StartTime": "2025-01-05 10:00:00", "Content": BLOCK}),
        json.dumps([{"ConversationId": "A", "StartTime": "2025-01-05 10:00:00", "Content": BLOCK}]),
        'Conversation ID,Start Time,Content\nA,2025-01-05 10:00:00,"' + BLOCK + '"\n',
    ],
)
def test_one_row_a_call(results, content):
    (call,) = results(content)
    assert (call.call_id, call.started_at) == ("A", "2025-01-05 10:00:00")
    assert [(turn.role, turn.text) for turn in call.turns] == [
        ("agent", "Thank you for calling."),
        ("customer", "Hi, it broke."),
    ]


def test_published_calls_in_one_text(results, data):
    (call,) = results((data / "ckm_block_marked.json").read_bytes(), "c.json")
    assert call.call_id == "0b7ecd6e-f37c-4bcb-8ea5-4b48906d37c0"
    assert Counter(turn.role for turn in call.turns) == {"agent": 18, "customer": 17}
    assert call.metadata == {"ClientId": "10013", "ended_at": "2025-12-05 02:24:00"}
    (aside,) = results((data / "ckm_block_unmarked.json").read_bytes(), "c.json")
    assert aside.reason == (
        "call 32e38683-bbf7-407e-a541-09b37b77921d: "
        "one text without speaker labels: who says what is not known"
    )
    both = list(read(data / "ckm_calls.zip"))
    assert [len(call.turns) for call in both] == [34, 35]
    assert all({turn.role for turn in call.turns} == {"agent", "customer"} for call in both)


def test_of_many_calls_the_ones_without_speakers_are_set_aside(results):
    rows = (
        "id,通话文本\n".replace("id", "通话ID")
        + 'A,"客服：您好\n客户：好"\nB,只有一句话\nC,"客服：在\n客户：嗯"\n'
    )
    first, second, third = results(rows, "t.csv")
    assert (first.call_id, third.call_id) == ("A", "C")
    assert (second.line, second.reason) == (
        4,
        "call B: one text without speaker labels: who says what is not known",
    )


def test_a_text_that_is_json_never_becomes_speakers(results):
    inner = json.dumps({"segments": [{"speaker": "a", "text": "b"}]}, indent=1)
    row = {"call_id": "A", "text": inner}
    (aside,) = results(json.dumps(row))
    assert aside.reason == "call A: the text is JSON and not a conversation"


def test_one_row_a_sentence(results):
    rows = (
        "conversationId,turnNumber,sentenceNumber,role,utterance\n"
        "1,1,1,user,a.\n1,0,1,agent,c\n1,0,0,agent,b\n1,1.0,0,user,d\n"
    )
    (call,) = results(rows)
    assert [(turn.role, turn.text) for turn in call.turns] == [
        ("agent", "b c"),
        ("customer", "d a."),
    ]


def test_pairs_of_a_chat_and_what_the_screen_did(results, data):
    (call,) = results((data / "abcd_original_1.json").read_bytes(), "a.json")
    assert call.call_id == "3592"
    assert Counter(one.role for one in call.segments) == {"customer": 13, "agent": 12, "system": 4}
    assert call.segments[0].text == "Hi!"
    assert call.segments[6].text == "Account has been pulled up for Crystal Minh."
    assert (call.segments[6].role, call.segments[6].speaker) == ("system", "action")
    assert call.notes == ('keys with nested values not read: "scenario"',)


@pytest.mark.parametrize("wrap", ['{"train": %s}', "%s", '{"x": "y", "original": %s}'])
def test_pairs_wherever_they_stand(results, wrap):
    pairs = '[["agent", "hi"], ["customer", "yo"]]'
    inner = f'[{{"original": {pairs}}}]' if "train" in wrap else pairs
    (call,) = results(wrap % inner, "a.json")
    assert (call.call_id, [turn.role for turn in call.turns]) == ("a", ["agent", "customer"])


def test_rows_that_hold_both_sides(results, data):
    first, second, third = results((data / "mobilecs_written.json").read_bytes(), "m.json")
    assert isinstance(second, SetAside)
    assert second.reason == 'record 2: no pairs of speaker and words: keys seen "id", "content"'
    assert (first.call_id, third.call_id) == ("7f3a", "7f3c")
    assert [(turn.role, turn.speaker) for turn in first.turns] == [
        ("agent", "[SPEAKER 1]"),
        ("customer", "[SPEAKER 2]"),
        ("agent", "[SPEAKER 1]"),
        ("customer", "[SPEAKER 2]"),
        ("agent", "[SPEAKER 1]"),
    ]
    assert [turn.role for turn in third.turns] == ["customer", "agent"]


def test_harper_valley_and_the_metadata_beside_it(results, data):
    (call,) = results((data / "harper_valley.json").read_bytes(), "010d38f5ada54e0d.json")
    first, second = call.segments[:2]
    assert call.call_id == "010d38f5ada54e0d"
    assert (first.role, first.start, first.end, first.channel) == ("agent", 2.019, 6.699, "2")
    assert first.text.startswith("hello this is harper valley national bank")
    assert (second.role, second.speaker, second.start) == ("customer", "caller", 7.76)
    (aside,) = results((data / "harper_valley_metadata.json").read_bytes())
    assert aside.reason == "the metadata of a call, not its transcript"


def test_times_that_are_fractions_of_a_day(results):
    sheet = [["role", "text", "start", "end"]]
    sheet += [
        ["agent", "thank you for calling", 0.0, 0.00003],
        ["user", "hello there", 0.00004, 0.0001],
    ]
    (call,) = results(book(sheet))
    assert [(one.start, one.end) for one in call.segments] == [(0.0, 2.592), (3.456, 8.64)]
    assert call.notes == ("times were fractions of a day, as spreadsheets keep them",)
    (call,) = results("role,text,start,end\nagent,hi,0.1,0.3\nuser,yo,0.3,0.4\n")
    assert [one.start for one in call.segments] == [0.1, 0.3]


def test_times_that_are_dates_in_days(results):
    sheet = [["role", "text", "start"]]
    sheet += [
        ["agent", "thank you for calling", 45413.5833],
        ["user", "hello there", 45413.5841],
    ]
    (call,) = results(book(sheet))
    assert [one.start for one in call.segments] == [0.0, pytest.approx(69.12)]
    assert call.notes == ("times were dates in days, as spreadsheets keep them",)
    (call,) = results("role,text,start\nagent,hi,45413.5\nuser,yo,45416.5\n")
    assert [one.start for one in call.segments] == [45413.5, 45416.5]


def test_bars_in_tables_of_markdown(results):
    (call,) = results(
        "| Speaker | Text |\n|---|---|\n| Agent | Hello. |\n| Customer | My refund \\| credit? |\n"
    )
    assert [one.text for one in call.segments] == ["Hello.", "My refund | credit?"]


def test_a_bar_that_cuts_the_last_cell_of_markdown_is_put_back_and_told(results):
    (call,) = results(
        "| Speaker | Text |\n|---|---|\n| Agent | Hello. |\n| Customer | Run `a | b` now. |\n"
    )
    assert [one.text for one in call.segments] == ["Hello.", "Run `a | b` now."]
    told = "1 rows with more cells than the header, at line 4: joined to the text, the last column"
    assert call.notes == (told,)


def test_durations_in_a_workbook(results):
    sheet = [
        ["role", "text", "start"],
        ["agent", "hi", timedelta(0)],
        ["user", "yo", timedelta(seconds=62)],
    ]
    (call,) = results(book(sheet))
    assert [one.start for one in call.segments] == [0.0, 62.0]


def test_hidden_rows_and_rounded_ids_are_told(results):
    made = openpyxl.load_workbook(
        io.BytesIO(book([["role", "text"], ["agent", "hi"], ["user", "yo"]]))
    )
    made.worksheets[0].row_dimensions[3].hidden = True
    out = io.BytesIO()
    made.save(out)
    (call,) = results(out.getvalue())
    assert len(call.turns) == 2
    assert call.notes == ("1 hidden rows of the workbook were read as well",)
    (call,) = results("call id,role,text\n1.23457E+18,agent,hi\n1.23457E+18,user,yo\n")
    assert call.notes == (
        "the call id is a number that a spreadsheet has rounded: keep ids as text",
    )


def parquet(rows: list[dict[str, object]]) -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    out = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(rows), out, row_group_size=2)
    return out.getvalue()


def test_parquet_of_rows_and_of_calls(results):
    pytest.importorskip("pyarrow")
    rows = [
        {key: row.get(key) for key in ("call_id", "turn", "role", "text", "start")} for row in ROWS
    ]
    first, second = results(parquet([{**row, "turn": float(row["turn"])} for row in rows]))
    assert (first.call_id, second.call_id) == ("A", "B")
    assert said(first)[1] == ("customer", "我想查一下", 3.5, None, 1)
    (block,) = results(parquet([{"call_id": "A", "content": BLOCK}]))
    assert [turn.role for turn in block.turns] == ["agent", "customer"]
    own = {
        "call_id": "Z",
        "turns": [{"role": "agent", "text": "hi"}, {"role": "user", "text": "yo"}],
    }
    (call,) = results(parquet([own]))
    assert (call.call_id, len(call.turns)) == ("Z", 2)
    (aside,) = results(parquet(rows)[:-9])
    assert aside.reason == "a broken Parquet file"


def test_parquet_without_pyarrow_says_what_to_install(results, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (aside,) = results(b"PAR1....PAR1")
    assert (aside.reason, aside.help) == (
        "a Parquet file, and pyarrow is not installed",
        "pip install 'qa_checker[parquet]', or save it as CSV",
    )
