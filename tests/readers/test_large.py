"""Files larger than is held: call by call, the same calls, and what is wrong late in them."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest

from qa_checker.readers import SetAside, inputs, large, read
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


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_calls_as_of_a_file_that_is_held(reading, monkeypatch, shape, encoding):
    content = SHAPES[shape].encode(encoding)
    found, asides = reading(content)
    monkeypatch.setattr(inputs, "WHOLE", 10_000_000)
    assert (found, asides) == reading(content)
    assert len(found) == NUMBER
    assert found[7].turns[1].text == "第1句，好的" * 9


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
