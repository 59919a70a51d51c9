"""CSV, TSV and Excel: headers in two languages, many calls in one table."""

from __future__ import annotations

import io
import zipfile
from datetime import time

import openpyxl
import pytest

from qa_checker.readers import SetAside


def book(*sheets: list[list[object]], creator: str = "someone") -> bytes:
    """Return a workbook of these sheets."""
    made = openpyxl.Workbook()
    made.properties.creator = creator
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def said(call):
    return [(one.role, one.text, one.start, one.end, one.line) for one in call.segments]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks(results, mark, end, bom):
    rows = [
        ["通话ID", "角色", "内容", "开始时间", "结束时间", "坐席工号"],
        ["007", "客服", "您好", "0", "1.5", "1024"],
        ["007", "客户", '"我想""查\n退款"', "1.6", "00:03", "1024"],
    ]
    (call,) = results(bom + end.join(mark.join(row) for row in rows))
    assert (call.call_id, call.agent, call.notes) == ("007", "1024", ())
    assert said(call) == [
        ("agent", "您好", 0.0, 1.5, 2),
        ("customer", '我想"查\n退款', 1.6, 3.0, 3),
    ]


def test_sep_line_and_row_numbers(results):
    (call,) = results('sep=;\nrole;text\nagent;"a\nb"\ncustomer;c\n')
    assert said(call) == [("agent", "a\nb", None, None, 3), ("customer", "c", None, None, 5)]


def test_several_calls_in_one_file_in_order_of_turn_numbers(results):
    rows = "call_id,turn,role,text\nb,2.0,user,there\na,0.0,agent,x\nb,0.0,agent,hi\n,1,agent,y\n"
    aside, b, a = results(rows, "t.csv")
    assert aside == SetAside("t.csv", "a row without call id", "fill the cell", 5)
    assert (b.call_id, a.call_id) == ("b", "a")
    assert [turn.text for turn in b.turns] == ["hi", "there"]
    assert b.notes == ("1 turn numbers are missing between the first and the last",)


def test_other_columns_are_kept_or_named(results):
    rows = "call_id,role,text,store,mood\n1,agent,hi,SH,a\n1,customer,yo,SH,b\n"
    (call,) = results(rows)
    assert call.metadata == {"store": "SH"}
    assert call.notes == ('columns not read: "mood"',)


def test_the_user_names_the_columns(results):
    rows = "谁,说了啥\n甲,您好\n乙,你好\n"
    (aside,) = results(rows, "t.csv")
    assert str(aside) == (
        't.csv: a table, but no text column: columns seen "谁", "说了啥" '
        "(say which column holds the words, e.g. --columns text=话术)"
    )
    (call,) = results(
        rows, columns={"text": "说了啥", "speaker": "谁"}, roles={"甲": "agent", "乙": "customer"}
    )
    assert said(call) == [("agent", "您好", None, None, 2), ("customer", "你好", None, None, 3)]


def test_no_message_quotes_what_customers_say(results):
    (aside,) = results("我的卡号是13800138000，查一下,甲\n好的，稍等,乙\n")
    assert "13800138000" not in str(aside)


def test_a_quote_that_never_closes_is_refused_with_its_line(results):
    rows = 'role,text\nagent,hi\ncustomer,"a\nagent,b\ncustomer,c\n'
    (aside,) = results(rows, "t.csv")
    assert aside.reason == "the quote opened at line 3 never closes"


def test_a_cell_longer_than_the_csv_module_allows(results):
    (call,) = results(f"role,text\nagent,{'长' * 200_000}\ncustomer,好\n")
    assert len(call.turns[0].text) == 200_000


def test_milliseconds_only_if_the_header_says_so(results):
    rows = "role,text,{},{}\nagent,hello there,0,1500\ncustomer,hi,2000,2600\n"
    (call,) = results(rows.format("start_ms", "end (ms)"))
    assert [(one.start, one.end) for one in call.segments] == [(0.0, 1.5), (2.0, 2.6)]


def test_a_row_may_hold_a_whole_conversation(results):
    rows = '会话ID,通话文本\nA,"客服：您好\n客户：好"\nB,"客服：再见\n客户：再见"\n'
    calls = results(rows)
    assert [(call.call_id, len(call.turns)) for call in calls] == [("A", 2), ("B", 2)]


def test_customer_turns_only(results, data):
    calls = results((data / "multidogo_finance_turns.tsv").read_bytes())
    assert len(calls) == 4
    assert "the transcript does not say who speaks" in calls[0].notes


def test_a_workbook_with_title_merged_cells_and_odd_values(results):
    rows = [
        ["录音质检"],
        [],
        ["通话ID", "角色", "内容", "开始"],
        ["A1", "客服", "您好_x000D_吗", time(0, 0, 1)],
        [None, None, "再见", "00:00:02"],
        [None, "客户", "好", 3.5],
    ]
    (call,) = results(book(rows), "w.xlsx")
    assert call.call_id == "A1"
    assert said(call) == [
        ("agent", "您好\r吗", 1.0, None, 4),
        ("agent", "再见", 2.0, None, 5),
        ("customer", "好", 3.5, None, 6),
    ]
    assert call.notes == ("1 empty role cells filled from above",)


def test_sheets_are_calls_and_formulas_and_long_numbers_are_told(results):
    one = [["角色", "内容"], ["客服", "您好"], ["客户", "=1+1"]]
    two = [["call id", "role", "text"], [1234567890123456789, "agent", "hi"]]
    first, second = results(book(one, two, [["x", "y"]]), "w.xlsx")
    assert (first.call_id, first.turns[1].text) == ("w-Sheet", "=1+1")
    assert "1 cells hold a formula without a result: its text was read" in first.notes
    assert "sheet 'Sheet2' has no text column" in first.notes
    told = "1 numbers are too long for Excel and were rounded there: keep ids as text"
    assert told in second.notes


def test_our_own_workbook_is_not_a_transcript(results):
    (aside,) = results(book([["role", "text"], ["agent", "hi"]], creator="qa_checker 1.0"))
    assert aside.reason == "a workbook written by qa_checker, not a transcript"


def test_workbooks_that_cannot_be_read(results):
    sheet = openpyxl.Workbook()
    sheet.active["A1"], sheet.active["XFD1048576"] = "内容", "x"
    out = io.BytesIO()
    sheet.save(out)
    reasons = [
        results(content)[0].reason
        for content in (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            book([["role", "text"]])[:-40],
            book([["role", "text"]]),
            out.getvalue(),
            bomb(),
        )
    ]
    assert reasons == [
        "not a transcript: a password-protected or old binary Office file",
        "a broken workbook",
        "empty: no turn in it",
        "a sheet with 100000 blank rows in a row",
        "expands too much for a transcript (a zip bomb?)",
    ]


def bomb() -> bytes:
    """Return a small workbook with a sheet of 60 MB."""
    source = zipfile.ZipFile(io.BytesIO(book([["role", "text"]])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            more = b" " * 60_000_000 if "worksheets" in info.filename else b""
            target.writestr(info.filename, source.read(info) + more)
    return out.getvalue()


def test_an_xml_bomb_in_a_workbook_is_refused(results):
    source = zipfile.ZipFile(io.BytesIO(book([["role", "text"]])))
    out = io.BytesIO()
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    with zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            raw = source.read(info)
            if "worksheets" in info.filename:
                raw = entity + raw.replace(b"<?xml", b"<?xml")
            target.writestr(info.filename, raw)
    (aside,) = results(out.getvalue())
    assert aside.reason == "a broken workbook"


def test_cells_beyond_a_text_column_that_is_the_last_are_part_of_the_text(results):
    rows = "call_id;role;text\nA;agent;one; two;; three;;\nA;user;hi\nA;agent;x;y\n"
    (call,) = results(rows)
    assert [one.text for one in call.segments] == ["one; two;; three", "hi", "x;y"]
    assert call.notes == (
        "2 rows with more cells than the header, at line 2, 4: joined to the text, the last column",
    )


def test_cells_beyond_the_header_are_named_where_the_text_is_not_the_last(results):
    (call,) = results("role,text,start\nagent,one, two,0\nuser,hi,3,\n")
    assert "1 rows with more cells than the header, at line 2: not read: " in call.notes[0]
    (sheet,) = results(book([["role", "text"], ["agent", "hi", "a remark"], ["user", "yes"]]))
    assert [one.text for one in sheet.segments] == ["hi", "yes"]


def test_a_conversation_in_a_row_is_put_together_again(results):
    rows = "call_id,text\nA,客服：您好, 请讲。客户：我要退款\nB,客服：您好。客户：没事\n"
    first, second = results(rows)
    assert [one.text for one in first.turns] == ["您好, 请讲。", "我要退款"]
    assert "joined to the text" in first.notes[0]
    assert second.notes == ()


def test_headers_of_messages(results):
    (call,) = results("发送时间,角色,消息内容\n0:01,客服,您好\n0:03,客户,退款\n")
    assert said(call)[1] == ("customer", "退款", 3.0, None, 3)
    (other,) = results("角色,通话内容\n客服,您好\n客户,退款\n")
    assert [one.text for one in other.turns] == ["您好", "退款"]


def test_rows_that_hold_several_speakers_on_one_line_are_calls(results):
    rows = "录音编号,坐席,通话文本\nA,小王,客服：您好！ 客户：退款。客服：好的\nB,小王,没有人名\n"
    call, aside = results(rows)
    assert [(one.role, one.text) for one in call.turns] == [
        ("agent", "您好！"),
        ("customer", "退款。"),
        ("agent", "好的"),
    ]
    assert isinstance(aside, SetAside)
    assert "without speaker labels" in aside.reason


SHEET = ["call_id", "role", "text", "start"]
FIRST = [["1", "agent", "Good morning.", 2], ["1", "customer", "I want a refund.", 5]]
ALONE = [["2", "agent", "Hello.", 0]]


@pytest.mark.parametrize(
    "more",
    [[["1", "agent", "One moment.", 9]], [["1", "system", "Recorded.", 1]]],
)
def test_a_call_over_two_sheets_is_joined_by_its_times(results, more):
    first, second = results(book([SHEET, *FIRST, *ALONE], [SHEET, *more]))
    starts = sorted([2, 5, more[0][3]])
    assert [one.start for one in first.segments] == starts
    assert [turn.number for turn in first.turns] == [1, 2, 3]
    assert first.notes == (
        'rows of this call are on several sheets, joined by their times: "Sheet", "Sheet1"',
    )
    assert (second.call_id, second.notes) == ("2", ("only one speaker: the other side is missing",))


@pytest.mark.parametrize(
    "more",
    [
        [["1", "agent", "Good morning.", 2]],
        [["1", "agent", "One moment.", None]],
        [["1", "agent", "One moment.", "10:00:09"]],
    ],
)
def test_a_call_id_on_two_sheets_that_may_be_a_copy_is_told(results, more):
    found = results(book([SHEET, *FIRST], [SHEET, *more]))
    assert [len(call.segments) for call in found] == [2, 1]
    note = 'the call id is on several sheets, each read as a call of its own: "Sheet", "Sheet1"'
    assert all(note in call.notes for call in found)
