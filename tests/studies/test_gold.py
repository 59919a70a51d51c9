"""Labelled turns: what can be read, and what is said of rows that cannot be counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from labelled import raw, rows, written

from qa_checker.call import Segment
from qa_checker.problem import BadInput
from qa_checker.studies.gold import positives, read_gold


def test_a_row_of_json(tmp_path: Path) -> None:
    before = [{"role": "customer", "text": "喂", "start": 0.5}]
    row = raw(1, "您好", 1, source="own", language="zh-CN", previous_turns=before, start=2, end=3.5)
    (got,) = rows(tmp_path, row)
    assert (got.id, got.source, got.language, got.dialogue, got.index) == (
        *("d:1", "own", "zh"),
        *("d", 1),
    )
    assert got.segment == Segment("agent", "您好", "", 2.0, 3.5, 1)
    assert got.before == (Segment("customer", "喂", "", 0.5),)
    assert got.label == "1"


def test_gzip_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(raw(0, "您好", 1)).encode() + b"\n\n"))
    (got,) = read_gold(path)
    assert (got.segment.text, got.source) == ("您好", "gold")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_with_names_of_its_own(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "gold.csv"
    text = '会话;说话人;内容;标注\na;坐席;您好，请问有什么可以帮您;是\na;客户;"退款；\n还没到";否\n'
    path.write_bytes((text + "b;坐席;请您稍等一下，我马上为您查询;是\n").encode(encoding))
    names = {"dialogue_id": "会话", "role": "说话人", "text": "内容", "label": "标注"}
    values = {"role:坐席": "agent", "role:客户": "customer", "label:是": "1", "label:否": "0"}
    got = read_gold(path, names | values)
    assert [(r.dialogue, r.index, r.segment.role, r.label) for r in got] == [
        ("a", 0, "agent", "1"),
        ("a", 1, "customer", "0"),
        ("b", 0, "agent", "1"),
    ]
    assert [(r.id, r.segment.line) for r in got] == [("2", 2), ("3", 3), ("5", 5)]
    assert got[1].segment.text == "退款；\n还没到"


def test_rows_without_a_dialogue_stand_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "g.jsonl", [{"text": "a", "label": 1}, {"text": "b", "label": 0}])
    assert len({row.dialogue for row in read_gold(path)}) == 2


def test_all_wrong_rows_are_named_in_one_message(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    good = json.dumps(raw(0, "您好"))
    bad = [
        '{"text": "x", "label": 1',
        '["x"]',
        json.dumps({"label": 1}),
        json.dumps(raw(4, "x", role="boss")),
        json.dumps(raw(5, "x", turn_index="first")),
        json.dumps(raw(6, "x", previous_turns=["y"])),
        json.dumps(raw(7, "x", start="noon")),
        json.dumps(raw(8, "x", [1])),
        json.dumps(raw(9, "x", language="fr")),
    ]
    path.write_text("\n".join([good, *bad]), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_gold(path)
    said = str(refused.value)
    assert said.startswith(f"{path}: nothing was counted, 9 rows are wrong")
    for line in range(2, 11):
        assert f": line {line}\n" in said + "\n"
    assert ": line 1\n" not in said + "\n"


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ([raw(0, "x", id="other")], "the same dialogue_id and turn_index as a row before: line 2"),
        ([raw(1, "x", id="d:0")], "the same id as a row before: line 2"),
    ],
)
def test_no_turn_counts_twice(tmp_path: Path, rest: list[dict[str, object]], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        rows(tmp_path, raw(0, "x"), *rest)


def test_a_file_without_rows(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no rows"):
        rows(tmp_path)


def test_broken_gzip(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(b"x" * 1000)[:-12])
    with pytest.raises(BadInput, match="broken gzip"):
        read_gold(path)


def test_a_map_to_a_field_that_is_none(tmp_path: Path) -> None:
    path = written(tmp_path / "g.jsonl", [raw(0, "x")])
    with pytest.raises(BadInput, match='no field "words"'):
        read_gold(path, {"words": "content"})


@pytest.mark.parametrize("label", [1, True, 1.0, "1", " 1 ", "1.0"])
def test_labels_that_mean_one(tmp_path: Path, label: object) -> None:
    assert positives(tmp_path, rows(tmp_path, raw(0, "x", label))) == [True]


def test_both_is_open_and_closed(tmp_path: Path) -> None:
    labels = ("open", "closed", "none", "both")
    got = rows(tmp_path, *(raw(i, "x", label) for i, label in enumerate(labels)))
    assert positives(tmp_path, got, "open") == [True, False, False, True]
    assert positives(tmp_path, got, "closed") == [False, True, False, True]
    assert positives(tmp_path, got, "none") == [False, False, True, False]


def test_rows_without_a_label_and_with_a_wrong_one(tmp_path: Path) -> None:
    labels = (1, None, 0, 2, "yes", "", 2)
    got = rows(tmp_path, *(raw(i, "x", label) for i, label in enumerate(labels)))
    with pytest.raises(BadInput) as refused:
        positives(tmp_path, got)
    said = str(refused.value)
    assert "5 rows are wrong" in said
    assert "no label (--gold-map label=COLUMN names the column): lines 2, 6" in said
    assert 'label "2" is neither 0 nor 1 (--label names the positive one): lines 4, 7' in said
    assert 'label "yes"' in said


def test_a_label_that_no_row_has(tmp_path: Path) -> None:
    got = rows(tmp_path, raw(0, "x", "open"), raw(1, "y", "none"))
    with pytest.raises(BadInput, match='"opne"; labels: none, open'):
        positives(tmp_path, got, "opne")


def test_numbers_as_spreadsheets_write_them(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    text = "dialogue_id,turn_index,text,label\na,1.0,second,0.0\na,0.0,first,1.0\n"
    path.write_text(text, encoding="utf-8")
    got = read_gold(path)
    assert [(row.index, row.label) for row in got] == [(1, "0"), (0, "1")]


def test_chinese_columns_are_known(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("文本,标签\n我理解,1\n我查一下,0\n", encoding="gb18030")
    rows = read_gold(path)
    assert [row.segment.text for row in rows] == ["我理解", "我查一下"]
    assert positives(path, rows) == [True, False]


def test_unknown_columns_are_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("words,label\nhello,1\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"no text \(--gold-map text=COLUMN"):
        read_gold(path)
