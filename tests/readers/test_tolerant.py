"""JSON that is nearly JSON, and gzip: read with a note, within limits."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from qa_checker.readers import SetAside

CALL = '{"call_id": "A", "turns": [{"role": "agent", "text": "see https://x // y, ] /* z"}]}'
EXTRAS = "comments or trailing commas in the JSON passed over"
TWICE = "JSON inside a JSON string was read"
ROW = "several JSON objects one after the other: read as one a line"


@pytest.mark.parametrize(
    ("text", "note", "calls"),
    [
        ("// made by ops\n" + CALL, EXTRAS, 1),
        ("/* two\nlines */ " + CALL, EXTRAS, 1),
        (CALL.replace("}]", "}, // the last\n ]").replace("]}", "],\n}"), EXTRAS, 1),
        (f"[{CALL},]", EXTRAS, 1),
        (json.dumps(CALL), TWICE, 1),
        (json.dumps(json.dumps(CALL)), TWICE, 1),
        (CALL + CALL.replace("A", "B"), ROW, 2),
        (CALL.replace('", "', '",\n"') + "\n" + CALL.replace("A", "B"), ROW, 2),
    ],
)
def test_json_as_people_leave_it(results, text, note, calls):
    found = results(text)
    assert len(found) == calls
    for call in found:
        assert note in call.notes
        assert call.turns[0].text == "see https://x // y, ] /* z"


@pytest.mark.parametrize(
    "text",
    [
        CALL[:-1] + ', "a": 1, "a": 2,}',
        CALL[:40],
        CALL.replace("[{", "[,{"),
        CALL + "x" + CALL,
        "// only a remark",
        '"' + '\\"' * 20_000,
        "{" + "/*" * 20_000,
    ],
)
def test_what_is_broken_stays_broken(results, text):
    (aside,) = results(text)
    assert isinstance(aside, SetAside)


def test_json_lines_are_not_touched(results):
    first, aside, last = results(f"{CALL}\n{CALL},\n{CALL.replace('A', 'B')}\n")
    assert isinstance(aside, SetAside)
    assert aside.line == 2
    assert first.notes == last.notes == ("only one speaker: the other side is missing",)


def test_a_gzip_file_is_read_as_what_is_in_it(results):
    (call,) = results(gzip.compress("客服：您好\n客户：好\n".encode("gb18030")), "day/a.txt.gz")
    assert (call.call_id, call.source) == ("a", "day/a.txt.gz!a.txt")
    assert [turn.role for turn in call.turns] == ["agent", "customer"]


def test_gzip_has_limits(results):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    cases = {
        "a broken gzip file": gzip.compress(b"x" * 999)[:-9],
        "a zip in a gzip file": gzip.compress(out.getvalue()),
        "not a transcript: a gzip file": gzip.compress(gzip.compress(b"x")),
        "expands too much for a transcript (a zip bomb?)": gzip.compress(bytes(3_000_000)),
    }
    for reason, data in cases.items():
        (aside,) = results(data)
        assert aside.reason == reason
