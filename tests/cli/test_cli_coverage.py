"""qa-checker coverage as people type it: the table, JSON, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_checker.cli import main

ROOT = Path(__file__).parents[2]


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command; return the exit code and what it said on both channels."""
    with pytest.raises(SystemExit) as end:
        main(["coverage", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, out, err


def test_what_ships_covers_everything(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[-1].startswith("nothing is missing")
    assert [line.split()[0] for line in lines[1:6]] == ["A1", "A2", "A3", "A4", "A5"]
    assert next(line for line in lines if line.startswith("A6")).endswith("not checkable")


def test_one_lexicon_leaves_holes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, ROOT / "lexicons" / "zh" / "hold.yaml")
    assert code == 1
    assert "A1" in out.splitlines()[-1]
    assert next(line for line in out.splitlines() if line.startswith("A1 ")).endswith("HOLE")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    sample = ROOT / "samples" / "zh_heater_gb18030.txt"
    code, out, _ = run(capsys, ROOT / "lexicons" / "zh" / "hold.yaml", sample, "--json")
    said = json.loads(out)
    assert code == 1
    assert "A1" in said["holes"]
    assert said["ids"]["A6"]["not_checkable"]["en"]
    known = [row["zh"] for row in said["ids"].values() if row["zh"]["entries"]]
    assert known
    assert all(row["samples"] in (0, 1) and row["examples"] for row in known)


def test_a_bad_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("qa_checker: lexicon/v1\nid: x\n", encoding="utf-8")
    code, out, err = run(capsys, tmp_path)
    assert (code, out) == (2, "")
    assert "bad.yaml" in err
