"""The figures of docs/accuracy.md: names that are there, tables from labelled turns of our own."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.accuracy import TABLE, main  # noqa: E402
from qa_checker.studies.measurable import measurable  # noqa: E402

TURNS = (("您好，请问有什么可以帮您？", 1), ("嗨嗨", 1), ("请您稍等一下", 0), ("再见", 0))
TASKS = [
    {
        "part": "Own",
        "tasks": [
            {
                "task": "greeting",
                "file": "own",
                "find": "greeting.open.standard",
                "aims": {"a": 0.6},
            },
            {"task": "waits", "file": "own", "find": "hold.ask", "aims": {"a": 0.1}},
        ],
    }
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of labelled turns with a table of tasks."""
    rows = [{"text": text, "label": label, "source": "a"} for text, label in TURNS]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    (tmp_path / "own.jsonl.gz").write_bytes(packed)
    (tmp_path / "tasks.yaml").write_text(yaml.safe_dump(TASKS), encoding="utf-8")
    return tmp_path


def tasks() -> list[dict[str, Any]]:
    parts = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [task for part in parts for task in part["tasks"]]


@pytest.mark.parametrize("task", tasks(), ids=lambda task: f"{task['file']} {task['find']}")
def test_every_name_of_the_table_ships(task: dict[str, Any]) -> None:
    assert set(task) <= {"task", "file", "find", "label", "mark", "aims", "floors"}
    assert measurable(task["find"], [task["file"].rpartition(".")[2]]).names


def test_a_row_for_each_task_and_source(folder: Path) -> None:
    done = CliRunner().invoke(main, [str(folder), "--table", str(folder / "tasks.yaml")])
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert done.exit_code == 0
    greeting, waits = rows[1:]
    assert greeting[:8] == [
        "| greeting",
        "`greeting.open.standard`",
        "a",
        "4",
        "2",
        "1.00",
        "0.50",
        "0.67",
    ]
    assert greeting[-1] == "0.60 reached |"
    assert waits[5:8] == ["0.00", "0.00", "0.00"]
    assert waits[-1] == "0.10 missed |"


def test_the_table_goes_between_the_marks(folder: Path) -> None:
    page = folder / "page.md"
    page.write_text(
        "a\n<!-- figures: begin -->\nformer\n<!-- figures: end -->\nb\n", encoding="utf-8"
    )
    arguments = [str(folder), "--table", str(folder / "tasks.yaml"), "--write", str(page)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- figures: begin -->\n\n### Own\n")
    assert text.endswith("|\n\n<!-- figures: end -->\nb\n")
    assert "former" not in text


def test_what_cannot_be_measured_is_told_and_the_rest_goes_on(folder: Path) -> None:
    table = folder / "tasks.yaml"
    parts = [
        {
            "part": "Own",
            "tasks": [*TASKS[0]["tasks"], {"task": "x", "file": "gone", "find": "hold"}],
        }
    ]  # type: ignore[misc]
    table.write_text(yaml.safe_dump(parts), encoding="utf-8")
    done = CliRunner().invoke(main, [str(folder), "--table", str(table)])
    assert done.exit_code == 3
    assert "not measured: x: " in done.stderr
    assert "`hold.ask`" in done.stdout
