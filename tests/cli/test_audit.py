"""qa-checker audit as people type it: what it writes, what it says, and how it ends."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import click
import openpyxl
import pytest

from qa_checker.cli import main
from qa_checker.cli.audit import command, moment

ROOT = Path(__file__).parents[2]
TALK = """客服：您好，云帆客服，工号1024，请问有什么可以帮您？
客户：我上周退的货，钱还没到，你们怎么回事？
客服：非常抱歉，让您久等了。您是说上周那单的货款还没到账，对吗？
客户：对。
客服：这个不能改。
客户：好吧。
客服：请问还有其他可以帮您的吗？感谢您的来电，再见。
"""
PRESS = ROOT / "samples/en_vip_and_press.jsonl"
RUBRIC = str(ROOT / "tests/contract/refund_zh.rubric.yaml")


def audit(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa_checker", "audit", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)
    out, err = (text.decode("utf-8") for text in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(command, done.returncode, out, err)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "one.txt").write_text(TALK, encoding="utf-8")
    (folder / "two.txt").write_text(TALK.replace("这个不能改。", "好的。"), encoding="gb18030")
    return folder


def sums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_workbooks_are_written_and_a_second_run_gives_the_same_bytes(
    calls: Path, tmp_path: Path
) -> None:
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "2 calls judged" in done.stdout
    first = sums(tmp_path / "out")
    assert "summary.xlsx" in first
    assert any(name.startswith("scorecards/") for name in first)
    assert audit(calls, "-r", RUBRIC, "-o", tmp_path / "out").returncode == 0
    assert audit(calls, "-r", RUBRIC, "-o", tmp_path / "again").returncode == 0
    assert sums(tmp_path / "out") == sums(tmp_path / "again") == first


def test_the_summary_as_json(calls: Path, tmp_path: Path) -> None:
    (calls / "bad.json").write_text('{"segments": []}')
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out", "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 3
    assert (said["calls"], said["judged"], said["skipped"], said["set_aside"]) == (2, 2, 0, 1)
    assert said["mean_score"] == pytest.approx(sum(scores(tmp_path / "out")) / 2, abs=0.1)
    assert said["mean_scores"] == {said["rubrics"][0]: said["mean_score"]}
    assert said["rubrics"][0].startswith("refund_hotline@2.1.0#")
    assert all(Path(file).is_file() for file in said["files"])


def test_several_rubrics_have_no_mean_of_all(calls: Path, tmp_path: Path) -> None:
    given = (calls, ROOT / "samples/en_billing_dispute.json", "-o", tmp_path / "out")
    told = audit(*given).stdout
    said = json.loads(audit(*given, "--json").stdout)
    means = said["mean_scores"]
    assert said["mean_score"] is None
    assert [name.split("@")[0] for name in means] == ["complaint_zh", "support_en"]
    assert list(means) == said["rubrics"]
    chinese, english = means.values()
    both = [*scores(tmp_path / "out")]
    assert english == both[-1]
    assert chinese == pytest.approx(sum(both[:-1]) / 2, abs=0.1)
    for name, mean in means.items():
        assert f"{name} {mean}" in told


def scores(out: Path) -> list[float]:
    """The machine's scores, read from the calls sheet of the summary."""
    book = openpyxl.load_workbook(out / "summary.xlsx", data_only=True)
    sheet = next(s for s in book if "通话" in s.title or "Calls" in s.title)
    rows = list(sheet.iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows) if "得分" in row)
    column = rows[header].index("得分")
    found = [row[column] for row in rows[header + 1 :]]
    return [score for score in found if isinstance(score, int | float)]


@pytest.mark.parametrize(("limit", "code"), [("0", 0), ("100", 1)], ids=["all above", "one below"])
def test_fail_under(calls: Path, tmp_path: Path, limit: str, code: int) -> None:
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out", "--fail-under", limit)
    assert done.returncode == code
    assert (tmp_path / "out" / "summary.xlsx").exists()
    assert ("--fail-under" in done.stdout) == bool(code)


def test_calls_below_the_limit_are_named_lowest_first(calls: Path, tmp_path: Path) -> None:
    for number in range(5):
        (calls / f"more{number}.txt").write_text(TALK + f"客户：再见{number}。\n", encoding="utf-8")
    given = (calls, "-r", RUBRIC, "-o", tmp_path / "out", "--no-report", "--fail-under", "100")
    told = audit(*given).stdout
    said = json.loads(audit(*given, "--json").stdout)
    low = said["lowest_below_limit"]
    assert (said["limit"], said["below_limit"]) == (100, 6)
    assert [one["score"] for one in low] == sorted(one["score"] for one in low)
    assert "two" not in {one["call_id"] for one in low}
    few = ", ".join(f"{one['call_id']} {one['score']:g}" for one in low)
    assert len(low) == 5
    assert f"--fail-under 100: 6 calls below 低于此分的通话: {few}, …\n" in told


def test_without_a_rubric_the_shipped_one_is_used_and_said_so(calls: Path, tmp_path: Path) -> None:
    done = audit(calls, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "complaint_zh@" in done.stdout
    assert "未指定评分表" in done.stdout


def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(calls: Path, tmp_path: Path) -> None:
    (calls / "empty.txt").write_text("")
    (calls / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "empty.txt" in done.stderr
    assert "scan.pdf" in done.stderr
    assert "2 calls judged" in done.stdout
    assert "2 set aside" in done.stdout


def test_a_bad_rubric_stops_before_anything_is_written(calls: Path, tmp_path: Path) -> None:
    rubric = tmp_path / "r.rubric.yaml"
    rubric.write_text("qa_checker: rubric/v1\nid: x\nversion: 1.0\n", encoding="utf-8")
    done = audit(calls, "-r", rubric, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert f"{rubric}:3:10: error[QA006]" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_rubric_names_those_that_ship(calls: Path, tmp_path: Path) -> None:
    done = audit(calls, "-r", "complaint", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "complaint_zh" in done.stderr


def test_what_was_set_aside_is_told_by_a_few_and_a_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "calls", tmp_path / "out"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_bytes(b"")
    with pytest.raises(SystemExit, match="3"):
        main(["audit", str(folder), "-o", str(out), "--lang", "en"])
    told = capsys.readouterr().err.splitlines()
    assert [line.startswith("set aside") for line in told] == [True] * 11
    assert "20 more, sheet 07 of the summary has all" in told[-1]
    sheet = openpyxl.load_workbook(out / "summary.xlsx")["07 Files set aside"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert sum(text.endswith(".txt") for text in cells) == 30


def test_one_is_no_plural(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    (tmp_path / "a.txt").write_text(TALK, "utf-8")
    with pytest.raises(SystemExit):
        main(["audit", str(tmp_path / "a.txt"), "-o", str(out), "--no-report"])
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 call judged")
    with pytest.raises(SystemExit):
        main(["verify", str(out)])
    assert capsys.readouterr().out.startswith("1 file checked")


def test_out_may_not_be_a_file(calls: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert (tmp_path / "out").read_text() == "mine"
    assert "Traceback" not in done.stderr


def test_standard_input_and_zip(calls: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "calls.zip", "w") as archive:
        archive.write(calls / "one.txt", "one.txt")
    done = audit(
        "-", tmp_path / "calls.zip", "-r", RUBRIC, "-o", tmp_path / "out", stdin=TALK.encode()
    )
    assert done.returncode == 0, done.stderr
    assert "2 calls judged" in done.stdout


def test_the_output_is_no_input(calls: Path, tmp_path: Path) -> None:
    assert audit(tmp_path, "-r", RUBRIC, "-o", tmp_path / "out").returncode == 0
    done = audit(tmp_path, "-r", RUBRIC, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "2 calls judged" in done.stdout


def test_names_and_ids_stay_inside_out(tmp_path: Path) -> None:
    agents = ["../../evil", "CON", "a/b", "王丽", "王麗", "", "=cmd|' /C calc'!A0", "x" * 300]
    turns = [
        {"role": role, "text": text}
        for role, text in (
            ("agent", "您好"),
            ("customer", "=1+1"),
            ("agent", "-2"),
            ("customer", "好"),
        )
    ]
    rows = [{"call_id": f"../{n}", "agent": a, "turns": turns} for n, a in enumerate(agents)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "calls.jsonl").write_text(lines, encoding="utf-8")
    done = audit(tmp_path / "calls.jsonl", "-r", RUBRIC, "-o", tmp_path / "deep" / "out")
    assert done.returncode == 0, done.stderr
    written = list(tmp_path.rglob("*.xlsx"))
    assert all(path.is_relative_to(tmp_path / "deep" / "out") for path in written)
    assert len(written) == 1 + len(agents)


def test_roles_are_told_by_the_user(tmp_path: Path) -> None:
    (tmp_path / "call.csv").write_text(
        "speaker,text\nA,您好\nB,你好\nA,这个不能改\nB,好\n", encoding="utf-8"
    )
    done = audit(
        tmp_path / "call.csv", "-r", RUBRIC, "-o", tmp_path / "o", "--roles", "A=agent,B=customer"
    )
    assert done.returncode == 0, done.stderr
    bad = audit(tmp_path / "call.csv", "-r", RUBRIC, "-o", tmp_path / "o", "--roles", "A=boss")
    assert bad.returncode == 2
    assert "boss" in bad.stderr


def test_calls_that_a_rubric_does_not_apply_to_are_skipped(tmp_path: Path) -> None:
    call = {"call_id": "c", "metadata": {"channel": "chat"}, "turns": [
        {"role": "agent", "text": "您好"}, {"role": "customer", "text": "你好"}]}  # fmt: skip
    (tmp_path / "c.json").write_text(json.dumps(call), encoding="utf-8")
    done = audit(tmp_path / "c.json", "-r", RUBRIC, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "1 skipped" in done.stdout


def test_no_order_hangs_on_the_hash_seed(tmp_path: Path) -> None:
    """Two processes hash text differently; what they write must be the same."""
    written = []
    for seed in ("0", "1"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "qa_checker", "audit", str(PRESS), "-o", str(out)]
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run(command, check=True, env=env, capture_output=True)
        files = sorted(out.rglob("*.xlsx"))
        written.append({path.relative_to(out): path.read_bytes() for path in files})
    assert written[0] == written[1]
    assert len(written[0]) > 1


def test_what_is_known_beside_the_words(calls: Path, tmp_path: Path) -> None:
    (tmp_path / "about.csv").write_text("文件名,坐席工号\none.txt,9\n", encoding="utf-8")
    (calls / "two.meta.json").write_text('{"agent_id": "8"}')
    more = ("--metadata", tmp_path / "about.csv", "--filename-pattern", "(?P<shift>one|two)")
    done = audit(calls, "-r", RUBRIC, "-o", tmp_path / "out", *more)
    assert done.returncode == 0, done.stderr
    found = sorted(path.name for path in (tmp_path / "out" / "scorecards").iterdir())
    assert found == ["8.xlsx", "9.xlsx"]


def test_a_table_without_calls_stops_before_anything_is_written(
    calls: Path, tmp_path: Path
) -> None:
    (tmp_path / "about.csv").write_text("agent\n9\n")
    done = audit(calls, "-o", tmp_path / "out", "--metadata", tmp_path / "about.csv")
    assert done.returncode == 2
    assert "about.csv: no column says which call a row is about" in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_report_nobody_is_sent_to_its_sheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(11):
        (tmp_path / f"{number:02}.txt").write_bytes(b"")
    with pytest.raises(SystemExit, match="3"):
        main(["audit", str(tmp_path), "-o", str(tmp_path / "out"), "--no-report"])
    assert "qa-checker report writes a summary" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("since", "seconds"),
    [
        ("2026-11-23T01:00:00Z", 1795395600),
        ("2026-11-23 09:00+08:00", 1795395600),
        ("2026-11-23", datetime(2026, 11, 23).timestamp()),
        ("2026-11-23T01:00", datetime(2026, 11, 23, 1).timestamp()),
        ("2026-11-23 01:00:07", datetime(2026, 11, 23, 1, 0, 7).timestamp()),
    ],
)
def test_a_date_is_of_the_zone_it_names_or_this_machine_s(since: str, seconds: float) -> None:
    context = click.Context(command)
    assert moment(context, command.params[0], since) == seconds


def test_a_date_to_come_is_remarked_on(capsys: pytest.CaptureFixture[str]) -> None:
    moment(click.Context(command), command.params[0], "2999-01-01")
    assert "still to come" in capsys.readouterr().err
