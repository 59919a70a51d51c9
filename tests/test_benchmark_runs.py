"""What measures whole runs counts children as well, and compares what belongs together."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import engines, stages, steps, whole  # noqa: E402
from benchmarks.children import Used, used  # noqa: E402
from benchmarks.generate import write  # noqa: E402
from benchmarks.rulebook import write_rules  # noqa: E402
from qa_checker.problem import BadInput  # noqa: E402

CHILD = "import sys; x = bytearray({} * 2**20); sum(range({})); print('done')"


def run(seconds: float = 1.0, processor: float = 1.0, largest: float = 100.0) -> Used:
    return Used(seconds, processor, largest, together=largest, others=0.0, told="")


def test_the_memory_and_the_time_of_a_grandchild_count() -> None:
    child = CHILD.format(150, 3_000_000)
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    # by a small process: what is started from this one begins with all the memory it has
    asked = (
        "from benchmarks.children import used\n"
        f"idle, busy = used('-c', 'pass'), used('-c', {code!r})\n"
        "print(busy.told.strip(), idle.largest, busy.largest, idle.processor, busy.processor)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    done, *figures = told.split()
    idle, busy, idle_processor, busy_processor = map(float, figures)
    assert done == "done"
    assert idle < 150 < busy < 300
    assert busy_processor > idle_processor


def test_a_failed_command_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ZeroDivisionError"):
        used("-c", "1 / 0")
    assert used("-c", "raise SystemExit(3)", answers=(0, 3)).told == ""


def test_stages_are_told_less_what_came_before() -> None:
    measured = {
        "start": [run(processor=1.0)],
        "reading": [run(processor=1.5)],
        "judging": [run(processor=4.5, largest=120.0)],
        "storing": [run(processor=5.5)],
        "reporting": [run(processor=2.0)],
    }
    assert stages.rows(1000, measured) == [
        "| 1,000 | start | 1.00 | 1,000 | 100 |",
        "| 1,000 | reading | 0.50 | 500 | 100 |",
        "| 1,000 | judging | 3.00 | 3,000 | 120 |",
        "| 1,000 | storing | 1.00 | 1,000 | 100 |",
        "| 1,000 | reporting | 2.00 | 2,000 | 100 |",
        "| 1,000 | all | 7.50 | 7,500 | 120 |",
    ]


def test_runs_are_compared_round_by_round() -> None:
    runs = {
        (1000, 1): [run(2.0), run(4.0), run(2.0)],
        (1000, 2): [run(1.0), run(2.0), run(9.0)],
        (9000, 1): [run(10.0, largest=120.0)] * 3,
        (9000, 2): [run(5.0)] * 3,
    }
    assert list(whole.ratios(runs)) == [
        "1,000 calls: 2 jobs 2.00 times as quick as 1 on the clock, "
        "with 1.00 times the processor time.",
        "9,000 calls: 2 jobs 2.00 times as quick as 1 on the clock, "
        "with 1.00 times the processor time.",
        "9,000 calls take 1.20 times the memory of 1,000 (1 jobs, largest process).",
        "9,000 calls take 1.00 times the memory of 1,000 (2 jobs, largest process).",
        "Between 1,000 and 9,000 calls: 1,000 calls/s (1 jobs).",
        "Between 1,000 and 9,000 calls: 2,667 calls/s (2 jobs).",
    ]


def test_an_engine_is_compared_without_its_start() -> None:
    runs = {
        ("local", 1000): [run(2.0, processor=3.0)],
        ("local", 3000): [run(4.0, processor=7.0)],
        ("dask", 1000): [run(7.0, processor=6.0)],
        ("dask", 3000): [run(9.5, processor=14.0)],
        ("ray", 1000): [run(9.0)],
        ("ray", 3000): [run(8.0)],
    }
    local, dask, ray = engines.rows(runs, ["local", "dask", "ray"], (1000, 3000))
    assert local.startswith("| local | 2.0 | 4.0 | 1,000 | 100% | 100% |")
    assert dask.startswith("| dask | 7.0 | 9.5 | 800 | 80% | 50% |")
    assert ray.startswith("| ray | 9.0 | 8.0 | too much noise | too much noise |")


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert engines.missing("local") == ""
    assert engines.missing("ray") == "ray is left out: ray is not installed"


def test_steps_read_and_judge(tmp_path: Path) -> None:
    write(tmp_path / "calls.jsonl", 2, "zh", 200)
    rubric = write_rules(tmp_path, "zh", 200)
    for step in steps.STEPS.values():
        step(tmp_path / "calls.jsonl", rubric)
    (tmp_path / "calls.jsonl").unlink()
    steps.start(tmp_path / "calls.jsonl", rubric)
    with pytest.raises(BadInput):
        steps.reading(tmp_path / "calls.jsonl", rubric)


def test_other_engines_find_what_ours_find(tmp_path: Path) -> None:
    pytest.importorskip("hyperscan", reason="pip install hyperscan")
    from benchmarks.engines_of_matching import cases, in_turns, literals, regexes, with_regexes

    few, some, *_ = islice(cases("en", 8, tmp_path), 2)
    one, *_ = with_regexes(some)
    assert len(literals(few, 1)) == 4  # each way has to give the same, or this exits
    assert len(regexes(one, 1)) == 5
    with pytest.raises(SystemExit, match="do not find the same"):
        in_turns([lambda: 1, lambda: 2], 1, 1)
