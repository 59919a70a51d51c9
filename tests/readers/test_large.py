"""Files larger than is held: call by call, the same calls, and what is wrong late in them."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc

import pytest

from qa_checker.readers import SetAside, Source, read
from qa_checker.readers.files import inputs, large
from qa_checker.readers.strict_json import Refusal

NUMBER = 400


def record(number: int) -> dict[str, object]:
    said = [{"role": ("客服", "客户")[n % 2], "text": f"第{n}句，好的" * 9} for n in range(8)]
    return {"call_id": f"C{number}", "agent": "1024", "turns": said}


LINES = [json.dumps(record(number), ensure_ascii=False) for number in range(NUMBER)]
SHAPES = {
    "lines": "\n".join(LINES),
    "lines with CR": "\r\n".join(LINES) + "\r\n",
    "array": "[" + ",\n".join(LINES) + "]\n",
    "array in one line": json.dumps([record(number) for number in range(NUMBER)]),
    "array with blanks": json.dumps([record(n) for n in range(NUMBER)], indent=1),
    "array, turns first": json.dumps([dict(reversed(record(n).items())) for n in range(NUMBER)]),
    "array with the end of one in its text": "[" + ",".join(LINES).replace("好的", "]},{]}") + "]",
}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(inputs, "WHOLE", 30_000)
    monkeypatch.setattr(inputs, "HEAD", 20_000)
    monkeypatch.setattr(large, "CHUNK", 4_099)


@pytest.fixture
def reading(tmp_path):
    def go(content: bytes):
        (tmp_path / "x").write_bytes(content)
        asides: list[SetAside] = []
        return list(read(tmp_path / "x", set_aside=asides.append)), asides

    return go


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"ab\r\n\r"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_lines_end_where_they_end_in_the_whole(monkeypatch, end, size):
    monkeypatch.setattr(large, "CHUNK", size)
    data = end.join([b"one", b"", b"three" * 3, b"4"])
    source = Source("x", encoding="utf-8", reopen=lambda: io.BytesIO(data))
    held = Source("x", encoding="utf-8", text=data.decode())
    assert list(large.rows(source)) == list(large.rows(held)) == data.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\r"])
def test_the_first_lines_are_those_of_all(end):
    for text in (end.join(["one", "", "three", "4"]), end.join("ab") + end, ""):
        for count in range(7):
            assert Source("x", text=text).first_lines(count) == Source("x", text=text).lines[:count]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_calls_as_of_a_file_that_is_held(reading, monkeypatch, shape, encoding):
    content = SHAPES[shape].encode(encoding)
    found, asides = reading(content)
    monkeypatch.setattr(inputs, "WHOLE", 10_000_000)
    assert (found, asides) == reading(content)
    assert len(found) == NUMBER
    assert found[7].turns[1].text in ("第1句，好的" * 9, "第1句，]},{]}" * 9)


def test_only_a_part_is_in_memory():
    sizes = []
    for many in (1, 8):
        raw = io.BytesIO("\n".join(LINES * many).encode())
        tracemalloc.start()
        assert sum(1 for _ in read("-", stdin=raw)) == NUMBER * many
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] < sizes[0] * 2


def test_a_bad_line_late_in_the_file_is_named_and_the_others_are_read(reading):
    lines = [line.encode() for line in LINES]
    lines[300] = lines[300][:-2]
    lines[301] = lines[301][:30] + b"\xff" + lines[301][30:]
    found, asides = reading(b"\n".join(lines))
    assert len(found) == NUMBER - 2
    assert [(one.line, one.reason[:24]) for one in asides] == [
        (301, "broken JSON: Expecting '"),
        (302, "bytes that are not utf-8"),
    ]


def test_what_was_read_before_a_mistake_stays(reading):
    broken = LINES.copy()
    broken[300] = broken[300].replace('"turns":', '"turns"', 1)
    found, (aside,) = reading(("[" + ",\n".join(broken) + "]").encode())
    assert len(found) == 300
    assert (aside.line, aside.reason[:12]) == (301, "broken JSON:")
    found, (aside,) = reading(
        ("[" + ",\n".join(LINES) + "]").encode("gb18030")[:-9000] + b"\xff\xff]"
    )
    assert 300 < len(found) < NUMBER
    assert aside.reason == "bytes that are not gb18030: the rest was not read"


@pytest.mark.parametrize(
    ("end", "whole", "reason"),
    [
        ("", NUMBER - 1, "broken JSON: Expecting"),
        ("] more", NUMBER, "text after the end of the JSON array"),
        (", tru]", NUMBER, "broken JSON: Expecting value at line 400"),
    ],
)
def test_how_an_array_may_end(reading, end, whole, reason):
    found, (aside,) = reading(("[" + ",\n".join(LINES) + end).encode())
    assert len(found) == whole
    assert aside.reason.startswith(reason)


@pytest.mark.parametrize("text", ["[]", " [ ] ", "[1]", '[1, "a]", {"b": [2]},\n\n null ]'])
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_items_are_those_of_the_array_however_it_is_cut(text, size):
    pieces = iter([text[n : n + size] for n in range(0, len(text), size)])
    assert [json.loads(item) for item in large.items(pieces)] == json.loads(text)


def test_numbers_that_are_cut_are_not_two_numbers():
    assert list(large.items(iter(["[12", "34, 5", "6]"]))) == ["1234", "56"]
    with pytest.raises(Refusal, match="line 3, column 2"):
        list(large.items(iter(["[1,\n2,\n", " x, " + "3," * 99 + "4]"])))


def test_what_cannot_be_cut_is_read_as_a_whole_or_refused(reading, monkeypatch):
    text = "客服：您好\n客户：好\n" * 2_000
    found, _ = reading(text.encode())
    assert len(found[0].turns) == 4_000
    monkeypatch.setattr(large, "MOST_BYTES", 1)
    monkeypatch.setattr(inputs, "MOST_BYTES", 1)
    _, (aside,) = reading(text.encode())
    assert aside.reason == "larger than 0 MB"


def table(scattered: bool) -> list[list[str]]:
    rows = [["call_id", "role", "text", "store"]]
    numbers = [*range(120), *range(120)] if scattered else sorted([*range(120), *range(120)])
    said = [(f"C{number}", f"第{place}行\n“好的”，" * 9) for place, number in enumerate(numbers)]
    return rows + [[call, "agent", text, "SH"] for call, text in said]


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_lines(rows: list[list[str]]) -> bytes:
    head, *below = rows
    objects = (dict(zip(head, row, strict=True)) for row in below)
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


def as_parquet(rows: list[list[str]]) -> bytes:
    from pyarrow import Table
    from pyarrow.parquet import write_table

    head, *below = rows
    out = io.BytesIO()
    columns = dict(zip(head, map(list, zip(*below, strict=True)), strict=True))
    write_table(Table.from_pydict(columns), out, row_group_size=50, compression="none")
    return out.getvalue()


@pytest.mark.parametrize("scattered", [False, True])
@pytest.mark.parametrize("form", [as_csv, as_lines, as_parquet])
def test_tables_are_read_call_by_call_whatever_the_order(reading, monkeypatch, form, scattered):
    content = form(table(scattered))
    assert len(content) > inputs.WHOLE or form is as_parquet
    monkeypatch.setattr(inputs, "WHOLE", min(inputs.WHOLE, len(content) - 1))
    found, asides = reading(content)
    monkeypatch.setattr(inputs, "WHOLE", 10_000_000)
    assert (found, asides) == reading(content)
    assert len(found) == 120
    assert all(len(call.segments) == 2 and call.metadata == {"store": "SH"} for call in found)


def test_a_quote_that_never_closes_far_down(reading):
    rows = as_csv(table(False)) + b'C999,agent,"oh\n'
    found, (aside,) = reading(rows)
    assert found == []
    assert aside.reason == f"the quote opened at line {rows.count(10)} never closes"


def test_rows_of_whole_conversations(reading):
    rows = [["call_id", "text"]] + [[f"C{n}", "客服：您好\n客户：好的" * 9] for n in range(300)]
    found, _ = reading(as_csv(rows))
    assert len(found) == 300
    assert {turn.role for turn in found[-1].turns} == {"agent", "customer"}


@pytest.mark.parametrize("shape", ["lines", "array"])
@pytest.mark.parametrize("form", ["json_turns", "json_text"])
def test_records_of_unknown_products_come_one_by_one(reading, shape, form):
    said = [("agent", "您好，请问有什么可以帮您？"), ("customer", "我的订单还没有到，请查一下。")]
    turns = [{"speaker": role, "utterance": text} for role, text in said]
    block = "\n".join(f"{role}: {text}" for role, text in said)
    words = {"messages": turns * 4} if form == "json_turns" else {"asr": block}
    records = [json.dumps({"sid": f"C{number}", **words}) for number in range(NUMBER)]
    records[7] = "{}"
    text = "\n".join(records) if shape == "lines" else f"[{','.join(records)}]"
    calls, asides = reading(text.encode())
    assert [call.call_id for call in calls] == [f"C{n}" for n in range(NUMBER) if n != 7]
    assert {call.reading.format for call in calls} == {form}
    assert {tuple(one.role for one in call.segments[:2]) for call in calls} == {
        ("agent", "customer")
    }
    assert ["record 8" in str(one) for one in asides] == [True]
