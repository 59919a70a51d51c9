"""Workers that die, runs that are killed, disks that are full: nothing finished is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from deadly import audit_once_deadly, audit_poison, audit_thrice_deadly, audit_without_space

from qa_checker.runs import shards as cutting
from qa_checker.runs.audit import Asked, Ended, audit
from qa_checker.runs.ctrl_c import STOPPING
from qa_checker.runs.engines import local
from qa_checker.runs.job import Job
from qa_checker.runs.shard import Done
from qa_checker.runs.shards import Shard
from qa_checker.store import manifest as manifests

ROOT = Path(__file__).parents[2]
RUBRIC = str(ROOT / "tests/contract/refund_zh.rubric.yaml")
SAID = (
    "您好，请问有什么可以帮您？",
    "钱还没到。",
    "非常抱歉，让您久等了。",
    "第{}次了。",
    "再见。",
)


def call(number: int, poison: bool = False) -> str:
    """Return a call as a line of JSON."""
    turns = [
        {"role": "customer" if n % 2 else "agent", "text": text.format(number)}
        for n, text in enumerate(SAID * 4)
    ]
    if poison:
        turns[3]["text"] = "毒"
    return json.dumps({"call_id": f"c{number:03}", "turns": turns}, ensure_ascii=False)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    folder = tmp_path / "calls"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.json").write_text(call(number), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "FILES", 4)


def run(calls: Path, out: Path, workers: int = 2) -> Ended:
    return audit(Asked((str(calls),), str(out), RUBRIC, workers=workers))


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "results").glob("[!.]*"))}


def deadly(monkeypatch: pytest.MonkeyPatch, how: Callable[[Shard, Job], Done]) -> None:
    monkeypatch.setattr(local, "audit_shard", how)


def test_a_file_that_kills_its_worker_is_set_aside_alone(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (calls / "07.json").write_text(call(7, poison=True), encoding="utf-8")
    deadly(monkeypatch, audit_poison)
    ended = run(calls, tmp_path / "out")
    assert [(one.source, one.line) for one in ended.aside] == [("07.json", None)]
    assert "died" in ended.aside[0].reason
    assert ended.counts.judged == 19


def test_a_line_that_kills_its_worker_is_set_aside_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.jsonl"
    rows = [call(number, poison=number == 11) for number in range(40)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(cutting, "WHOLE", 4000)
    monkeypatch.setattr("qa_checker.readers.files.inputs.WHOLE", 4000)
    deadly(monkeypatch, audit_poison)
    ended = audit(Asked((str(path),), str(tmp_path / "out"), RUBRIC, workers=2))
    assert [(one.source, one.line) for one in ended.aside] == [("many.jsonl", 12)]
    assert ended.counts.judged == 39


def test_a_worker_that_dies_once_changes_nothing(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (calls / "07.json").write_text(call(7, poison=True), encoding="utf-8")
    run(calls, tmp_path / "whole", workers=1)
    deadly(monkeypatch, audit_once_deadly)
    ended = run(calls, tmp_path / "out")
    assert (tmp_path / "out" / "results" / ".met").exists()
    assert (ended.aside, ended.counts.judged) == ((), 20)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_workers_that_die_close_together_change_nothing(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (calls / "07.json").write_text(call(7, poison=True), encoding="utf-8")
    run(calls, tmp_path / "whole", workers=1)
    deadly(monkeypatch, audit_thrice_deadly)
    ended = run(calls, tmp_path / "out")
    assert (tmp_path / "out" / "results" / ".met2").exists()
    assert (ended.aside, ended.counts.judged, ended.made) == ((), 20, 20)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_no_process_is_left_of_a_pool_that_breaks(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (calls / "07.json").write_text(call(7, poison=True), encoding="utf-8")
    deadly(monkeypatch, audit_once_deadly)
    late = get_context("spawn").Process(target=time.sleep, args=(600,))  # as if just started
    late.start()
    ended = run(calls, tmp_path / "out")
    late.join(30)
    assert (ended.counts.judged, late.exitcode) == (20, -signal.SIGKILL)


def test_a_set_aside_file_is_tried_again(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (calls / "07.json").write_text(call(7, poison=True), encoding="utf-8")
    with monkeypatch.context() as patched:
        deadly(patched, audit_poison)
        assert run(calls, tmp_path / "out").aside
    assert run(calls, tmp_path / "out").aside == ()
    run(calls, tmp_path / "whole")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def command(calls: Path, out: Path) -> list[str]:
    """Return the command of a run with two processes, as a shell would start it.

    What a script starts in the background ignores Ctrl-C, unless it is asked for again.
    """
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys; from qa_checker.runs import shards; shards.FILES = 4\n"
        "from qa_checker.cli import main\n"
        "if __name__ == '__main__': main(sys.argv[1:])"
    )
    rest = [str(calls), "-r", RUBRIC, "-o", str(out), "--jobs", "2", "--no-report"]
    return [sys.executable, "-c", code, "audit", *rest]


@pytest.mark.parametrize("seed", range(4))
def test_a_run_that_is_killed_goes_on_to_the_same_bytes(
    calls: Path, tmp_path: Path, seed: int
) -> None:
    run(calls, tmp_path / "whole", workers=1)
    out, chance = tmp_path / "out", random.Random(seed)
    for _ in range(3):
        started = subprocess.Popen(command(calls, out), cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 6))
        started.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        started.wait(30)
        whole = [*out.glob("results/part-*"), *out.glob("results/.new/part-*")]
        for path in whole:
            assert path.read_bytes() == contents(tmp_path / "whole")[path.name]
        if not (out / "results/_manifest.json").exists():
            assert not list(out.glob("results/part-*"))
    ended = run(calls, out)
    assert contents(out) == contents(tmp_path / "whole")
    assert ended.counts.judged == 20
    assert not [*out.glob("results/.*.tmp"), *out.glob("results/.new")]


@pytest.mark.parametrize("number", STOPPING)
def test_ctrl_c_ends_cleanly(calls: Path, tmp_path: Path, number: int) -> None:
    started = subprocess.Popen(
        command(calls, tmp_path / "out"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    folder = tmp_path / "out" / "results"
    while not (folder / ".lock").exists() and started.poll() is None:
        time.sleep(0.05)
    os.killpg(started.pid, number)  # as a terminal does: the workers get it too
    _, said = started.communicate(timeout=30)
    assert (started.returncode, "Traceback" in said) == (130, False), said
    assert "goes on from here" in said
    assert "Warning" not in said
    assert not list(folder.glob(".*.tmp"))
    assert run(calls, tmp_path / "out").counts.judged == 20


def test_a_full_disk_is_one_sentence_and_nothing_half_written(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, resource.RLIM_INFINITY))\n"
        "from qa_checker.cli import main\n"
        "main(sys.argv[1:])"
    )
    rest = [str(calls), "-r", RUBRIC, "-o", str(out), "--jobs", "1", "--no-report"]
    done = subprocess.run(
        [sys.executable, "-c", code, "audit", *rest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "could not write part-" in done.stderr
    assert not [path for path in (out / "results").iterdir() if path.name != ".lock"]
    assert manifests.load(str(out)) is None
    assert run(calls, out).counts.judged == 20


def test_a_full_disk_of_a_worker_is_one_sentence(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        deadly(patched, audit_without_space)
        with pytest.raises(OSError, match=r"could not write part-\w+.parquet: No space left"):
            run(calls, out)
    assert not [path for path in (out / "results").iterdir() if path.name != ".lock"]
    run(calls, out)
    run(calls, tmp_path / "whole", workers=1)
    assert contents(out) == contents(tmp_path / "whole")


def test_an_output_that_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "results").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="results"):
        audit(Asked((str(tmp_path),), str(out), RUBRIC))


def test_an_input_that_vanishes_is_set_aside(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(shard: Shard, job: Job) -> Done:
        (calls / "13.json").unlink(missing_ok=True)
        return real(shard, job)

    real = local.audit_shard
    deadly(monkeypatch, gone)
    ended = run(calls, tmp_path / "out", workers=1)
    assert [one.source for one in ended.aside] == ["13.json"]
    assert ended.counts.judged == 19
