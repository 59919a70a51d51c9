"""Every engine makes the parts that the local run makes, also when a worker is killed.

Dask is tried always, Ray and Spark where QA_CHECKER_FULL=1 is set: `.ci/full` does that.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from deadly import DeadlyShard, attempt_poison, audit_poison

from qa_checker.problem import BadFile, BadInput
from qa_checker.readers.files.inputs import listed
from qa_checker.runs.engines import Numbered, engine, named
from qa_checker.runs.engines._task import attempt, library
from qa_checker.runs.job import Job, job
from qa_checker.runs.shards import Shard, piece
from qa_checker.store import fresh
from qa_checker.store.parts import is_part

psutil = pytest.importorskip("psutil", reason="pip install -e '.[dev]'")

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "tests/contract/support_en.rubric.yaml"
TALK = """Agent: Thank you for calling, this is Dana speaking. How can I help?
Customer: My parcel {number} has not come, and I am tired of waiting.
Agent: I am sorry about that. You are waiting for parcel {number}, is that right?
Customer: Yes.
Agent: We can't send it again today.
Customer: Fine.
Agent: Is there anything else I can help you with? Goodbye.
"""
FULL = os.environ.get("QA_CHECKER_FULL") == "1"
MODULES = {"dask": "distributed", "ray": "ray", "spark": "pyspark"}


def marked(name: str) -> object:
    """An engine as a case, skipped if it is not installed or not asked for."""
    missing = find_spec(MODULES[name]) is None
    asked = FULL or name == "dask"
    reason = f"pip install '.[{name}]'" if missing else "QA_CHECKER_FULL=1 tries it"
    return pytest.param(name, marks=pytest.mark.skipif(missing or not asked, reason=reason))


EVERY = [marked(name) for name in MODULES]


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> list[Numbered]:
    """Return twelve shards of one file each."""
    folder = tmp_path_factory.mktemp("calls")
    for number in range(12):
        text = TALK.format(number=1000 + number)
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "99.txt").write_text("")  # set aside
    return [(n, Shard((piece(file),))) for n, file in enumerate(listed(folder))]


@pytest.fixture(scope="module")
def local(shards: list[Numbered], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the parts of the local run."""
    work = job(str(tmp_path_factory.mktemp("local")), str(RUBRIC))
    assert len(list(engine("local").run(shards, work, 1, ""))) == len(shards)
    return parts(work)


def parts(work: Job) -> dict[str, bytes]:
    """The parts that are whole; what a killed process leaves beside them is swept by the run."""
    found = Path(fresh.folder(work.results)).glob("*")  # nothing before the first part is there
    return {path.name: path.read_bytes() for path in found if is_part(path.name)}


@pytest.mark.parametrize("name", EVERY)
def test_an_engine_makes_the_parts_of_the_local_run(
    name: str, shards: list[Numbered], local: dict[str, bytes], tmp_path: Path
) -> None:
    work = job(str(tmp_path), str(RUBRIC))
    results = list(engine(name).run(shards, work, 2, ""))
    assert sorted(result.number for result in results) == [number for number, _ in shards]
    assert {one.part for result in results for one in result.done} == set(local)
    assert parts(work) == local
    assert len(local) == len(shards)


WORKERS: dict[str, Callable[[psutil.Process], bool]] = {
    "dask": lambda one: "spawn_main" in " ".join(one.cmdline()),
    "ray": lambda one: one.cmdline()[0].startswith(("ray::attempt", "ray::IDLE")),
    "spark": lambda one: "pyspark.daemon" in one.parent().cmdline(),
}
"""What tells a worker of an engine from the other processes that are started for it."""


def kill(name: str) -> None:
    """Kill every worker of an engine."""
    killed = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it has just ended
            if WORKERS[name](process):
                process.kill()
                killed += 1
    assert killed


def wait_for_parts(work: Job, number: int) -> int:
    """Return how many parts there are as soon as there are so many."""
    while (found := len(parts(work))) < number:
        sleep(0.001)
    return found


def killing(name: str, shards: list[Numbered], work: Job) -> Iterator[Numbered]:
    """Yield the shards; in the middle, when some parts are made, kill the workers."""
    yield from shards[:6]
    wait_for_parts(work, 1)
    kill(name)
    yield from shards[6:]


@pytest.mark.parametrize("name", EVERY)
def test_killed_workers_change_nothing(
    name: str, shards: list[Numbered], local: dict[str, bytes], tmp_path: Path
) -> None:
    work = job(str(tmp_path), str(RUBRIC))
    if name == "spark":  # asks for all shards before it begins
        given, found = shards, list[int]()

        def late() -> None:
            found.append(wait_for_parts(work, 1))
            kill(name)

        thread = Thread(target=late, daemon=True)
        thread.start()
        results = list(engine(name).run(given, work, 2, ""))
        thread.join()
        assert found[0] < len(shards)
    else:
        results = list(engine(name).run(killing(name, shards, work), work, 2, ""))
    assert sorted(result.number for result in results) == [number for number, _ in shards]
    assert parts(work) == local


@pytest.mark.skipif(not FULL, reason="QA_CHECKER_FULL=1 tries it")
@pytest.mark.parametrize("name", EVERY)
def test_a_file_that_kills_every_worker_is_set_aside(
    name: str, shards: list[Numbered], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.txt").write_text("Agent: 毒\nCustomer: What?\n", encoding="utf-8")
    # Dask's scheduler, which is in this process, looks at what it passes on
    kind = Shard if name == "dask" else DeadlyShard
    bad = [(99, kind((piece(file),))) for file in listed(tmp_path / "bad.txt")]
    work = job(str(tmp_path / "out"), str(RUBRIC))
    if name == "dask":
        monkeypatch.setattr("qa_checker.runs.engines.dask.attempt", attempt_poison)
        monkeypatch.setattr("qa_checker.runs.engines.local.audit_shard", audit_poison)
    results = list(engine(name).run([*shards[:3], *bad], work, 2, ""))
    aside = [(one.number, each.source) for one in results for each in one.done[0].about.aside]
    assert aside == [(99, "bad.txt")]
    assert len(results) == 4


@pytest.mark.parametrize("name", EVERY)
def test_a_mistake_comes_home_as_itself(name: str, shards: list[Numbered], tmp_path: Path) -> None:
    work = job(str(tmp_path / "out"), str(RUBRIC))
    (tmp_path / "out").write_text("a file where the results should go")
    with pytest.raises(OSError, match=r"could not write|Not a directory|File exists") as caught:
        list(engine(name).run(shards[:2], work, 1, ""))
    assert type(caught.value).__module__ == "builtins"


def test_a_worker_with_another_program_is_refused(shards: list[Numbered], tmp_path: Path) -> None:
    came = attempt(shards[0][1], job(str(tmp_path), str(RUBRIC)), "another")
    assert isinstance(came, BadInput)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_file_keeps_its_problems_on_the_way(tmp_path: Path) -> None:
    rubric = tmp_path / "r.rubric.yaml"
    rubric.write_text("qa_checker: rubric/v1\nid: x\nversion: 1.0\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        job(str(tmp_path), str(rubric))
    home = pickle.loads(pickle.dumps(caught.value))
    assert (home.problems, str(home)) == (caught.value.problems, str(caught.value))
    assert home.problems


@pytest.mark.parametrize(
    ("text", "found"),
    [("local", ("local", "")), ("dask", ("dask", "")), ("dask://h:1", ("dask", "dask://h:1"))],
)
def test_an_engine_is_named_by_its_name_or_address(text: str, found: tuple[str, str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize("text", ["none", "none://h:1", "", "_task", "../local"])
def test_no_other_engine(text: str) -> None:
    with pytest.raises(BadInput, match="there are dask, local, ray, spark"):
        named(text)


def test_an_engine_that_is_not_installed_says_what_to_install() -> None:
    with pytest.raises(BadInput, match=r"pip install 'qa_checker\[dask\]'"):
        library("a_module_that_is_not_there", "dask")


def test_an_address_where_nobody_answers(shards: list[Numbered], tmp_path: Path) -> None:
    dask = pytest.importorskip("dask", reason="pip install '.[dask]'")
    address, work = "dask://127.0.0.1:9", job(str(tmp_path), str(RUBRIC))
    soon = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with soon, pytest.raises(BadInput, match=f"{address}: no Dask scheduler answers"):
        list(engine("dask").run(shards, work, 1, address))
