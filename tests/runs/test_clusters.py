"""Engines on clusters of their own, with a scheduler and workers that were started by hand.

Dask's is tried always, Ray's and Spark's where QA_CHECKER_FULL=1 is set: `.ci/full` does that.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from test_engines import EVERY, ROOT, RUBRIC, TALK

from qa_checker.problem import BadInput
from qa_checker.readers.files.inputs import listed
from qa_checker.runs.engines import Numbered, engine
from qa_checker.runs.job import job
from qa_checker.runs.shards import Shard, piece

LONG = 90.0
"""Seconds in which a cluster must have started."""
WITHOUT_US = """
import sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "qa_checker":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Nothing())
"""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        number: int = asked.getsockname()[1]
        return number


def answers(port: int) -> bool:
    """Tell whether somebody listens at a port."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextmanager
def running(
    command: list[str], place: Path, more: Mapping[str, str], port: int = 0
) -> Iterator[None]:
    """Run a process, with those it starts, and wait until it listens at a port."""
    with (place / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=place,
            env={**os.environ, **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        end = monotonic() + LONG
        while port and not answers(port):
            if process.poll() is not None or monotonic() > end:
                pytest.fail((place / "log.txt").read_text())
            sleep(0.2)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def dask(place: Path, more: Mapping[str, str]) -> Iterator[str]:
    """Start a scheduler and a worker."""
    port = free_port()
    python = [sys.executable, "-m"]
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = ["distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1"]
    with ExitStack() as started:
        started.enter_context(running([*python, *scheduler, "--no-dashboard"], place, more, port))
        started.enter_context(running([*python, *worker, "--no-dashboard"], place, more))
        yield f"dask://127.0.0.1:{port}"


@contextmanager
def ray(place: Path, more: Mapping[str, str]) -> Iterator[str]:
    """Start a head that takes clients."""
    port, door = free_port(), free_port()
    head = ["start", "--head", "--block", f"--port={port}", f"--ray-client-server-port={door}"]
    small = ["--num-cpus=2", "--include-dashboard=false", "--object-store-memory=134217728"]
    ports = ["--min-worker-port=0", "--max-worker-port=0"]  # any: `door` may be among the usual
    command = [str(Path(sys.executable).with_name("ray")), *head, *small, *ports]
    with running(command, place, {"RAY_AUTH_MODE": "disabled", **more}, door):
        yield f"ray://127.0.0.1:{door}"


@contextmanager
def spark(place: Path, more: Mapping[str, str]) -> Iterator[str]:
    """Start a master and a worker."""
    import pyspark

    port, home = free_port(), Path(pyspark.__file__).parent
    more = {"SPARK_HOME": str(home), **more}
    deploy = [str(home / "bin/spark-class"), "org.apache.spark.deploy"]
    master = [deploy[0], f"{deploy[1]}.master.Master", "--host", "127.0.0.1", "--port", str(port)]
    worker = [deploy[0], f"{deploy[1]}.worker.Worker", "--cores", "2", "--memory", "1g"]
    address = f"spark://127.0.0.1:{port}"
    with ExitStack() as started:
        started.enter_context(running([*master, "--webui-port", "0"], place, more, port))
        here = ["--webui-port", "0", "--work-dir", str(place / "work")]
        started.enter_context(running([*worker, *here, address], place, more))
        yield address


CLUSTERS = {"dask": dask, "ray": ray, "spark": spark}


@pytest.fixture
def shards(tmp_path: Path) -> list[Numbered]:
    """Return four shards of one file each."""
    (tmp_path / "calls").mkdir()
    for number in range(4):
        text = TALK.format(number=1000 + number)
        (tmp_path / "calls" / f"{number}.txt").write_text(text, encoding="utf-8")
    return [(n, Shard((piece(file),))) for n, file in enumerate(listed(tmp_path / "calls"))]


@pytest.fixture(autouse=True)
def known_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that the nodes have the same Python, and that Ray's head asks for no token."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")


def parts(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    return {each.name: each.read_bytes() for each in folder.rglob("*.parquet")}


@pytest.mark.parametrize("name", EVERY)
def test_a_cluster_makes_the_same_parts(name: str, shards: list[Numbered], tmp_path: Path) -> None:
    local, far = tmp_path / "local", tmp_path / "far"
    list(engine("local").run(shards, job(str(local), str(RUBRIC)), 1, ""))
    with CLUSTERS[name](tmp_path, {"PYTHONPATH": str(ROOT)}) as address:
        results = list(engine(name).run(shards, job(str(far), str(RUBRIC)), 2, address))
    assert sorted(one.number for one in results) == [0, 1, 2, 3]
    assert len(parts(local)) == 4
    assert parts(far) == parts(local)


@pytest.mark.parametrize("name", EVERY)
def test_a_cluster_without_qa_checker_is_told_apart(
    name: str, shards: list[Numbered], tmp_path: Path
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare/sitecustomize.py").write_text(WITHOUT_US)
    bare = {"PYTHONPATH": str(tmp_path / "bare")}
    work = job(str(tmp_path / "out"), str(RUBRIC))
    said = r"no qa_checker there.*install the same qa_checker on every node"
    with CLUSTERS[name](tmp_path, bare) as address, pytest.raises(BadInput, match=said):
        list(engine(name).run(shards, work, 2, address))
    assert not (tmp_path / "out").exists()
