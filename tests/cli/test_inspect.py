"""qa-checker inspect as people type it: what it says about a file, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_checker.cli import main

TALK = "SPEAKER_00: 喂\nSPEAKER_01: 您好，请问有什么可以帮您？\nSPEAKER_00: 我想查一下我的订单\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["inspect", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    lines = [
        {"call_id": f"A-{n}", "agent": "7", "metadata": {"direction": "inbound"},
         "turns": [{"role": "agent", "text": "您好", "start": 0, "end": 1},
                   {"role": "customer", "text": "好", "start": 61, "end": 62}]}
        for n in range(3)
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "b.txt").write_bytes(TALK.encode("gb18030"))
    return tmp_path


def test_everything_about_a_call_is_said(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, calls / "a.jsonl", "--lang", "en")
    assert (code, err) == (0, "")
    for said in (
        "■ Call A-0  from a.jsonl",
        "Format    JSON lines of qa_checker (jsonl_calls, sureness 1)\n",
        "Encoding  utf-8 (detected from the content)",
        "Turns     2 of 2 segments",
        "Times     00:00–01:02, 2 segments with a start, 2 of them with an end; written as seconds",
        "About     agent=7, direction=inbound",
        "stated by the file, 1 segments",
        "   1   00:00  agent        agent              您好",
        "2 more calls in a.jsonl, 4 turns; 0 with unknown speakers, 0 with notes. --all shows each",
    ):
        assert said in out
    assert "A-1" not in out


def test_all_shows_each_call(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, calls / "a.jsonl", "--all")
    assert [f"A-{n}" in out for n in range(3)] == [True] * 3
    assert "--all" not in out


def test_the_rung_of_each_role_is_named_in_the_language_of_the_call(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, calls / "b.txt")
    assert "格式 纯文本（plain_text，把握 0.5）" in out
    assert "编码 gb18030（由内容判断）" in out
    assert "SPEAKER_01         坐席         按用语判断，1 段" in out
    assert "说明 编码为推测：gb18030" in out
    _, out, _ = run(capsys, calls / "b.txt", "--roles", "SPEAKER_00=agent")
    assert "SPEAKER_00         坐席         由你指定，2 段" in out


def test_the_format_that_came_next_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [{"speaker": role, "text": text} for role, text in (("客服", "您好"), ("客户", "你好"))]
    (tmp_path / "a.json").write_text(json.dumps(said))
    out = run(capsys, tmp_path, "--lang", "en")[1]
    assert "(json_rows, sureness 0.5); next json_calls (0.1)" in out


def test_times_that_were_dropped_are_told_from_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("[5.0-3.0] Agent: a\nCustomer: b\n")
    assert (
        "Times     there (hours, minutes and seconds), but not believed" in run(capsys, tmp_path)[1]
    )
    (tmp_path / "a.txt").write_text("Agent: a\nCustomer: b\n")
    assert "Times     none" in run(capsys, tmp_path)[1]


def test_as_json(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (calls / "c.json").write_text("{}")
    code, out, _ = run(capsys, calls, "--json", "--swap-roles")
    said = json.loads(out)
    assert code == 3
    assert [call["call_id"] for call in said["calls"]] == ["A-0", "A-1", "A-2", "b"]
    assert said["calls"][0]["reading"]["people"][0] == {
        "label": "agent", "channel": "", "role": "customer", "rung": "field", "segments": 1,
    }  # fmt: skip
    assert said["calls"][0]["end"] == 62
    assert said["aside"][0]["source"] == "c.json"
    assert said["aside"][0]["reason"].startswith("JSON, but not a transcript")


def test_what_cannot_be_read_is_said_and_ends_with_3(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (calls / "c.pdf").write_bytes(b"%PDF-1.7")
    code, out, err = run(capsys, calls / "b.txt", calls / "c.pdf")
    assert code == 3
    assert "■ 通话 b" in out
    assert "c.pdf：不是通话文本：这是 PDF 文件" in err
    assert run(capsys, calls / "gone.txt")[0] == 2


def test_a_terminal_obeys_nothing_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({"call_id": "a\x1b[31m", "agent": "\x1b[0m", "turns": [
        {"role": "agent", "speaker": "\x1b]0;x\x07", "text": "\x1b[2J" + "宽" * 99}]})  # fmt: skip
    (tmp_path / "a.json").write_text(text)
    _, out, _ = run(capsys, tmp_path / "a.json")
    assert "\x1b" not in out
    assert "\\x1b" in out
    assert "…" in out


def test_rows_about_no_call_and_calls_without_a_row_are_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("客服：您好\n客户：好\n", "utf-8")
    table = tmp_path / "calls.csv"
    told = ("--metadata: 1 row about no call 没有对应通话的行 (z.txt); 1 call without a row", "")
    for rows, said in (("a.txt,1\nz.txt,2\n", told[0]), ("a.txt,1\nb.txt,2\n", told[1])):
        table.write_text(f"file,queue\n{rows}", "utf-8")
        _, _, err = run(capsys, tmp_path / "a.txt", tmp_path / "b.txt", "--metadata", table)
        assert err.startswith(said) if said else not err


def test_a_refusal_is_said_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("nobody speaks here")
    _, _, both = run(capsys, tmp_path / "a.txt")
    _, _, english = run(capsys, tmp_path / "a.txt", "--lang", "en")
    _, _, chinese = run(capsys, tmp_path / "a.txt", "--lang", "zh")
    assert (both.count("set aside"), english.count("set aside")) == (2, 1)
    assert "no speaker labels found" in english
    assert "找不到说话人标记" in chinese
    assert "no speaker labels" not in chinese
