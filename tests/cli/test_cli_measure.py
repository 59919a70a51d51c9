"""qa-checker measure as people type it: the table, the errors, predictions, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa_checker.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; return the exit code and what it said on both channels."""

    def typed(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["measure", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return typed


TURNS = (
    ("您好，请问有什么可以帮您？", 1),
    ("请您稍等，我查一下", 0),
    ("嗨嗨", 1),
    ("您好，请问有什么可以帮您？", 0),
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four turns, each a dialogue of its own."""
    rows: list[dict[str, Any]] = [
        {"id": f"r{n}", "dialogue_id": n, "role": "agent", "text": text, "label": label}
        for n, (text, label) in enumerate(TURNS)
    ]
    rows[2]["previous_turns"] = [{"role": "customer", "text": "喂？"}]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_figures_and_errors(run: Run, gold: Path) -> None:
    code, out, err = run(gold, "--find", "zh/greeting.open.standard")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].split()[:7] == [
        *("source", "rows", "positive", "found"),
        *("precision", "recall", "F1"),
    ]
    assert lines[1].split()[:7] == ["gold", "4", "2", "2", "0.50", "0.50", "0.50"]
    assert "  line 3  agent: “嗨嗨”" in lines
    assert "      after customer: “喂？”" in lines
    assert "  line 4  agent: “您好，请问有什么可以帮您？”" in lines
    assert lines[-1].endswith("wrong in 1 of 2")


def test_show_nothing(run: Run, gold: Path) -> None:
    _, out, _ = run(gold, "--find", "greeting.open.standard", "--show", "0")
    assert len(out.splitlines()) == 2


def test_predictions_are_one_a_row_in_order(run: Run, gold: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "predictions.jsonl"
    assert run(gold, "--find", "greeting.open.standard", "--predictions", target)[0] == 0
    said = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert said == [{"id": f"r{n}", "pred": pred} for n, pred in enumerate((1, 0, 0, 1))]


def test_the_same_again_is_the_same_text(run: Run, gold: Path) -> None:
    assert run(gold, "--find", "greeting") == run(gold, "--find", "greeting")


def test_other_names_and_values(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("content,y\n您好，请问有什么可以帮您？,yes\n再见,no\n", encoding="utf-8")
    known = "text=content,label=y,label:yes=1,label:no=0"
    code, out, _ = run(path, "--find", "greeting.open.standard", "--gold-map", known)
    assert code == 0
    assert out.splitlines()[1].split()[:7] == ["gold", "2", "1", "1", "1.00", "1.00", "1.00"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--find", "greeting.open.standart"], 'did you mean "greeting.open.standard"'),
        (["--find", "greeting", "--label", "yes"], 'no row is labelled "yes"; labels: 0, 1'),
        (["--find", "greeting", "--lexicon", "gone.yaml"], "no such lexicon"),
        (["--find", "greeting", "--gold-map", "label=y"], 'no "y" (--gold-map names'),
        ([], "give GOLD and --find NAME, or --list"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured(
    run: Run, gold: Path, arguments: list[str], message: str, tmp_path: Path
) -> None:
    target = tmp_path / "predictions.jsonl"
    code, out, err = run(gold, *arguments, "--predictions", target)
    assert (code, out) == (2, "")
    assert message in err
    assert not target.exists()


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "gone.jsonl", "--find", "greeting")
    assert (code, out) == (2, "")
    assert "gone.jsonl" in err


def test_one_row_without_a_label_stops_it(run: Run, gold: Path) -> None:
    gold.write_text(
        gold.read_text(encoding="utf-8").replace(', "label": 0', "", 1), encoding="utf-8"
    )
    code, out, err = run(gold, "--find", "greeting")
    assert (code, out) == (2, "")
    assert "no label (--gold-map label=COLUMN names the column): line 2\n" in err


def test_rows_without_labels_can_be_predicted(run: Run, tmp_path: Path) -> None:
    path, target = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "您好", "label": None}), encoding="utf-8")
    code, out, err = run(path, "--find", "greeting", "--predictions", target)
    assert (code, out) == (3, "")
    assert "no row has a label" in err
    assert json.loads(target.read_text(encoding="utf-8"))["id"] == "a"


def test_the_list_names_entries_and_events(run: Run) -> None:
    code, out, _ = run("--list")
    assert code == 0
    assert {"greeting.open.standard", "greeting_en.hello", "event.silence"} <= set(out.splitlines())


def test_half_characters_are_shown_and_counted(run: Run, tmp_path: Path) -> None:
    path, target = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    row = '{"id": "\\ud83d", "dialogue_id": 1, "text": "\\ud83d 嗨", "label": 1}'
    path.write_text(row, encoding="utf-8")
    code, out, _ = run(path, "--find", "greeting", "--predictions", target)
    assert code == 0
    assert "“? 嗨”" in out
    assert json.loads(target.read_text(encoding="utf-8")) == {"id": "\ud83d", "pred": 0}
