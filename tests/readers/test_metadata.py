"""What is known about a call besides its words: side-cars, tables, file names."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from qa_checker.problem import BadInput
from qa_checker.readers import Options, load_metadata, read, read_text

TALK = "客服：您好\n客户：好\n"
ABOUT = '{"agent": {"metadata": {"agent_name": "Dana"}}, "呼叫方向": "呼入", "labels": [1], "x": 2}'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


def one(*places, **options):
    (call,) = read(*places, options=Options(**options))
    return call


@pytest.mark.parametrize("name", ["a.metadata.json", "a.meta.json", "a.Metadata.JSON"])
def test_a_side_car_is_about_its_transcript_and_none_itself(folder, name):
    (folder / name).write_text(ABOUT, encoding="utf-8")
    call = one(folder)
    if name.islower():
        assert call.agent == "Dana"
        assert call.metadata == {"呼叫方向": "呼入", "direction": "inbound", "x": "2"}
    for places in ([folder / "*"], [folder / "a.txt"]):
        assert [found.call_id for found in read(*places)] == ["a"]


def test_a_side_car_without_a_transcript_is_set_aside(tmp_path):
    (tmp_path / "a.metadata.json").write_text(ABOUT, encoding="utf-8")
    aside = []
    assert list(read(tmp_path, set_aside=aside.append)) == []
    assert [each.source for each in aside] == ["a.metadata.json"]


def test_side_cars_in_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, text in (("b/a.txt", TALK), ("b/a.metadata.json", ABOUT), ("c/a.txt", TALK)):
            archive.writestr(name, text)
    calls = list(read(tmp_path / "x.zip"))
    assert [(call.source, call.agent) for call in calls] == [
        ("x.zip!b/a.txt", "Dana"),
        ("x.zip!c/a.txt", ""),
    ]


@pytest.mark.parametrize("broken", ["{", "[1]", '{"a": 1, "a": 2}', "\0\1\2\3\4\5"])
def test_a_broken_side_car_is_told(folder, broken):
    (folder / "a.meta.json").write_text(broken)
    (note,) = one(folder).notes
    assert note.startswith("the metadata in a.meta.json could not be read: ")


def test_a_side_car_fills_what_is_missing_and_overrules_nothing(folder):
    (folder / "a.txt").write_text("坐席工号：7\n" + TALK, encoding="utf-8")
    (folder / "a.meta.json").write_text('{"agent": "8", "queue": "vip", "call_id": "Z"}')
    call = one(folder)
    assert (call.agent, call.queue, call.call_id) == ("7", "vip", "Z")


TABLE = """通话ID,坐席工号,技能组,通话时间,呼叫方向,通话时长,渠道,备注
A-1,7,退款,2024-01-05,呼出,1:30,热线电话,=x
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_about_calls(tmp_path, encoding):
    path = tmp_path / "calls.csv"
    path.write_bytes(TABLE.encode(encoding))
    text = '{"call_id": "A-1", "agent": "old", "turns": [{"role": "agent", "text": "好"}]}'
    call = read_text(text, options=Options(metadata=load_metadata(path)))
    assert (call.agent, call.queue, call.started_at) == ("7", "退款", "2024-01-05")
    assert call.metadata["direction"] == "outbound"
    assert call.metadata["duration"] == "90"
    assert call.metadata["channel"] == "phone"
    assert call.metadata["呼叫方向"] == "呼出"
    assert call.metadata["备注"] == "=x"


@pytest.mark.parametrize("key", ["a.txt", "sub/a.txt", "a"])
def test_a_table_may_name_files(tmp_path, key):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(TALK, encoding="utf-8")
    table = tmp_path / "t.tsv"
    table.write_text(f"title\n文件名\t坐席\n{key}\t9\n", encoding="utf-8")
    table = table.rename(tmp_path.parent / f"{tmp_path.name}.tsv")
    assert one(tmp_path, metadata=load_metadata(table)).agent == "9"


def test_a_workbook_about_calls(tmp_path):
    book = openpyxl.Workbook()
    for row in (["call id", "agent"], ["a", 12], [None, 13]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    (tmp_path / "t.xlsx").write_bytes(out.getvalue())
    assert load_metadata(tmp_path / "t.xlsx") == {"a": {"call_id": "a", "agent": "12"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agent,queue\n1,2\n", 'no column says which call a row is about: columns seen "agent"'),
        ("call_id,agent\na,1\na,2\n", r":3: two rows about the same call 'a' \(keep one of them\)"),
        ("", "columns seen none"),
    ],
)
def test_a_table_that_cannot_be_used_is_an_error(tmp_path, text, message):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(BadInput, match=message):
        load_metadata(tmp_path / "t.csv")
    with pytest.raises(BadInput, match=r"gone\.csv: No such file"):
        load_metadata(tmp_path / "gone.csv")


def test_file_names_tell_what_their_groups_are_called(folder):
    (folder / "a.txt").rename(folder / "7_in_2024-01-05.txt")
    pattern = "(?P<agent>[0-9]+)_(?P<direction>in|out)_(?P<date>[0-9-]+)"
    call = one(folder, filename_pattern=pattern)
    assert (call.agent, call.started_at) == ("7", "2024-01-05")
    assert call.metadata == {"direction": "in"}
    (note,) = one(folder, filename_pattern="(?P<agent>z)").notes
    assert note == "the file name does not fit the pattern"


def test_the_users_table_goes_before_the_file_name(folder):
    table = {"a": {"agent": "from the table"}}
    call = one(folder, metadata=table, filename_pattern="(?P<agent>a)(?P<queue>.)txt")
    assert (call.agent, call.queue) == ("from the table", ".")


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(", "missing \\)"),
        ("a+", "names no group"),
        ("(?P<a>(?=x))", "filename pattern: "),
        ("(?P<a>x)" + "y" * 1000, "too long"),
    ],
)
def test_a_pattern_that_is_none_is_an_error_at_once(pattern, message):
    with pytest.raises(ValueError, match=message):
        Options(filename_pattern=pattern)


def test_the_suffix_is_no_part_of_what_a_name_says(tmp_path):
    path = tmp_path / "a1_AGENT_Chris_DT_2025-02-19T06-01-22.txt"
    path.write_text(TALK, encoding="utf-8")
    assert one(path, filename_pattern="_DT_(?P<date>.+)").started_at == "2025-02-19T06-01-22"
    assert one(path, filename_pattern=r"DT_(?P<date>[^.]+)\.txt$").started_at[:4] == "2025"


@pytest.mark.parametrize("key", ["通话时长", "duration"])
def test_a_duration_may_be_written_as_a_clock(key):
    call = read_text(f'{{"{key}": "00:00:41", "turns": [{{"role": "客服", "text": "您好"}}]}}')
    assert call.metadata["duration"] == "41"


def test_whose_channel_is_which_may_be_said_in_chinese():
    call = read_text('{"坐席声道": 1, "客户声道": 0, "turns": [{"text": "您好", "channel": 0}]}')
    assert call.turns[0].role == "customer"


def test_a_table_of_the_user_goes_before_the_file_under_either_name(tmp_path):
    (tmp_path / "a.json").write_text(
        '{"duration": 60, "turns": [{"role": "客服", "text": "您好"}]}'
    )
    table = {"a": {"通话时长": "00:00:41"}}
    assert one(tmp_path / "a.json", metadata=table).metadata["duration"] == "41"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("7_20240501", "2024-05-01"),
        ("7_20240501101530", "2024-05-01 10:15:30"),
        ("7_20240501_1015", "2024-05-01 10:15:00"),
        ("7_20241301", "20241301"),
    ],
)
def test_a_date_of_digits_in_a_name_is_a_date(tmp_path, name, date):
    path = tmp_path / f"{name}.txt"
    path.write_text("客服：您好\n客户：好\n", "utf-8")
    assert one(path, filename_pattern="7_(?P<date>[0-9_]+)").started_at == date


def test_a_group_that_is_nearly_a_field_is_told(tmp_path):
    path = tmp_path / "7_eu.txt"
    path.write_text("客服：您好\n客户：好\n", "utf-8")
    call = one(path, filename_pattern="(?P<agnt>[0-9])_(?P<region>.+)")
    assert call.metadata == {"agnt": "7", "region": "eu"}
    told = 'the file name pattern has a group "agnt": did you mean "agent"?'
    assert [note for note in call.notes if "pattern" in note] == [told]
