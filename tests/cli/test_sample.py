"""qa-checker sample as people type it: the workbook, the JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qa_checker.cli import ASIDE, BAD, DONE, main
from qa_checker.runs.audit import Asked, audit

RUBRIC = str(Path(__file__).parents[1] / "contract" / "support_en.rubric.yaml")
TALK = """Agent: Thank you for calling Acme, this is Dana.
Customer: {ask}
Agent: {answer}
Customer: Great.
Agent: Is there anything else I can help you with?
Customer: No.
"""
CHANGES = (
    {"ask": "I want to change my address.", "answer": "We can't do that."},
    {"ask": "I want to change my address.", "answer": "Of course, it is changed."},
    {"ask": "This is ridiculous!", "answer": "What is the order number?"},
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a run over 24 calls of three agents in two queues."""
    folder = tmp_path_factory.mktemp("sample")
    lines = [
        {
            "call_id": f"c{n}",
            "agent": ("Dana", "Li", "Mo")[n % 3],
            "queue": ("vip", "")[n % 2],
            "started_at": f"2026-{10 + n % 2}-05T09:00:00",
            "turns": [
                {"role": role.lower(), "text": text}
                for role, text in (
                    line.split(": ", 1) for line in TALK.format(**CHANGES[n % 5 // 2]).splitlines()
                )
            ],
        }
        for n in range(24)
    ]
    calls = folder / "calls.jsonl"
    calls.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    audit(Asked((str(calls),), str(folder / "out"), RUBRIC))
    return str(folder / "out")


def run(*arguments: str | Path) -> int:
    """Run the command; return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["sample", *map(str, arguments)])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_a_sample_is_a_workbook_and_json(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new" / "sample.xlsx"
    plan = ("--per-agent", "3", "--by", "queue,month", "--margins", "2", "--seed", "7")
    assert run(out, "-o", file, *plan, "--json") == DONE
    said = json.loads(capsys.readouterr().out)
    red = said["drawn"]["red_line"]
    assert said["available"] == 24
    assert (said["drawn"]["margin"], said["drawn"]["random"]) == (2, 7)
    assert said["plan"] == {
        "per_agent": 3, "total": None, "by": ["queue", "month"], "margins": 2,
        "red_lines": True, "seed": 7,
    }  # fmt: skip
    *_, last = said["calls"]
    assert last["why"]["en"][1:] == ["random, seed 7"]
    assert last["why"]["zh"][1:] == ["随机，种子 7"]
    assert last["why"]["en"][0].startswith("of this agent, Queue=")
    assert said["calls"][red]["drawn_as"] == "margin"
    plan_sheet, calls_sheet = load_workbook(file).worksheets
    assert (plan_sheet.title, calls_sheet.title) == ("01 Plan", "02 Calls")
    heard = [row[1] for row in calls_sheet.iter_rows(4, values_only=True)]
    assert heard == [call["call_id"] for call in said["calls"]]


def test_every_call_that_crossed_a_red_line_is_drawn_and_named(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(out, "-o", tmp_path / "s.xlsx", "--total", "0", "--json") == DONE
    calls = json.loads(capsys.readouterr().out)["calls"]
    assert {call["call_id"] for call in calls} == {f"c{n}" for n in range(24) if n % 5 // 2 == 2}
    assert {tuple(call["why"]["en"]) for call in calls} == {
        ("red line: Shows empathy within two turns",)
    }


def test_the_same_command_gives_the_same_bytes_and_another_seed_others(
    out: str, tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.xlsx" for name in "abc"]
    for file, seed in zip(files, ("1", "1", "2"), strict=True):
        assert run(out, "-o", file, "--total", "6", "--margins", "0", "--seed", seed) == DONE
    one, same, other = (file.read_bytes() for file in files)
    assert one == same
    assert one != other


def test_the_usual_plan_is_five_an_agent_and_is_told(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(out, "-o", tmp_path / "s.xlsx", "--lang", "zh") == DONE
    said = capsys.readouterr().out
    assert "of 24 calls drawn" in said
    assert "临界 10, 随机 5" in said
    shown = load_workbook(tmp_path / "s.xlsx").worksheets[0]
    assert shown["A5"].value == "每位坐席最多"
    assert shown["B5"].value == 5


def test_a_plan_that_cannot_be_filled_says_so(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(out, "-o", tmp_path / "s.xlsx", "--total", "99", "--per-agent", "20") == DONE
    said = capsys.readouterr().out
    assert "Calls that are missing from the number in all" in said
    assert "Agents below their quota, for want of calls or of room in all: 3" in said


@pytest.mark.parametrize("share", ["25%", "0.25"])
def test_a_share(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], share: str) -> None:
    command = ("-o", tmp_path / "s.xlsx", "--share", share, "--no-red-lines", "--json")
    assert run(out, *command) == DONE
    said = json.loads(capsys.readouterr().out)
    assert len(said["calls"]) == 6
    assert said["drawn"]["red_line"] == 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--share", "5"), '"5" is no share; write 5% or 0.05'),
        (("--share", "1/0"), "is no share"),
        (("--share", "nan"), "is no share"),
        (("--share", "0"), "is no share"),
        (("--share", "5%", "--total", "3"), "--total and --share"),
        (("--by", "bnad"), 'did you mean "band"?'),
        (("--total", "-1"), "--total"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    out: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    message: str,
) -> None:
    assert run(out, "-o", tmp_path / "s.xlsx", *more) == BAD
    assert message in capsys.readouterr().err
    assert not (tmp_path / "s.xlsx").exists()


def test_a_workbook_that_people_may_have_written_in_stays(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "s.xlsx"
    file.write_text("notes")
    assert run(out, "-o", file) == BAD
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "notes"
    assert run(out, "-o", tmp_path / "s.csv") == BAD
    assert ".xlsx" in capsys.readouterr().err


def test_without_results_it_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "-o", tmp_path / "s.xlsx") == BAD
    assert "run audit" in capsys.readouterr().err


def test_a_run_without_calls_gives_a_sheet_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    audit(Asked((str(tmp_path / "none"),), str(tmp_path / "out"), RUBRIC))
    assert run(tmp_path / "out", "-o", tmp_path / "s.xlsx") == ASIDE
    lines = [row[0].value for row in load_workbook(tmp_path / "s.xlsx").worksheets[0].iter_rows()]
    assert "There were no calls to draw from." in lines
