"""Disks that fail at any one moment of a run: nothing finished is lost, nothing half is read."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from faults import READING, WRITING, Disk, failing
from store_faults import KIND, Store

from qa_checker import remote
from qa_checker.cli import ASIDE, BAD, DONE, main
from qa_checker.readers import SetAside, read
from qa_checker.runs import shards as cutting
from qa_checker.runs.verify import PENDING, UNFINISHED, verify
from qa_checker.runs.written import REPORTS
from qa_checker.store import fresh
from qa_checker.store.manifest import Manifest

ROOT = Path(__file__).parents[2]
RUBRIC = str(ROOT / "tests/contract/refund_zh.rubric.yaml")
SAID = (
    "您好，请问有什么可以帮您？",
    "钱还没到，第{}次了。",
    "非常抱歉，让您久等了。",
    "好吧。",
    "再见。",
)


def spoken(times: int) -> list[tuple[str, str]]:
    """Return role and text of the turns of a call."""
    texts = [text.format(times) for text in SAID * 2]
    return [("customer" if n % 2 else "agent", text) for n, text in enumerate(texts)]


def call(name: str, agent: str, times: int) -> str:
    """Return a call as a line of JSON."""
    turns = [{"role": role, "text": text} for role, text in spoken(times)]
    return json.dumps({"call_id": name, "agent": agent, "turns": turns}, ensure_ascii=False)


def put(folder: Path, calls: dict[str, tuple[str, int]]) -> None:
    """Let a folder hold these calls, each a file, and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, (agent, times) in calls.items():
        (folder / f"{name}.json").write_text(call(name, agent, times), encoding="utf-8")


def run(*arguments: object) -> int:
    """Run a command as people do; return the exit code."""
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments)])
    return int(ended.value.code or 0)


def audit(calls: Path, out: Path | str) -> int:
    """Audit with one process, without workbooks."""
    return run("audit", calls, "-r", RUBRIC, "-o", out, "--jobs", 1, "--no-report")


def files(out: Path) -> dict[str, bytes]:
    """Return what is below a folder by name, without locks and what is left beside its place."""
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".lock")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


class Moments(NamedTuple):
    """Calls, what OUT held before, and what a run over the calls has to leave in the end."""

    calls: Path
    before: Path
    audited: dict[str, bytes]
    reported: dict[str, bytes]


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moments]:
    """A finished run, calls of which some have changed since, and the results of these alone.

    Groups are of two files, so that a run has several parts.
    """
    folder = tmp_path_factory.mktemp("moments")
    calls, before, wanted = folder / "calls", folder / "before", folder / "wanted"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cutting, "FILES", 2)
        put(calls, {"a": ("王", 1), "b": ("李", 2), "c": ("李", 3)})
        assert (audit(calls, before), run("report", before)) == (DONE, DONE)
        put(calls, {"a": ("王", 1), "c": ("王", 4), "d": ("王", 5)})
        assert audit(calls, wanted) == DONE
        audited = files(wanted)
        assert run("report", wanted) == DONE
        yield Moments(calls, before, audited, files(wanted))


ONCE, FROM_THEN_ON = False, True
FAULTS = [
    ("write", errno.ENOSPC, ONCE),
    ("write", errno.ENOSPC, FROM_THEN_ON),
    ("fsync", errno.EIO, ONCE),
    ("rename", errno.EACCES, ONCE),
    ("mkdir", errno.EACCES, FROM_THEN_ON),
    (WRITING, errno.EACCES, ONCE),
    (WRITING, errno.EROFS, FROM_THEN_ON),
    ("unlink", errno.EACCES, ONCE),
    (READING, errno.EACCES, ONCE),
    ("read", errno.EIO, ONCE),
    ("read", errno.EIO, FROM_THEN_ON),
]


@pytest.mark.parametrize("start", ["nothing", "finished"])
@pytest.mark.parametrize(("operation", "code", "lasting"), FAULTS)
def test_each_fault_of_an_audit_loses_nothing(
    moments: Moments,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    start: str,
    operation: str,
    code: int,
    lasting: bool,
) -> None:
    had = files(moments.before) if start == "finished" else {}
    books = {name: data for name, data in had.items() if name.endswith(".xlsx")}
    reports = {name: data for name, data in had.items() if name.endswith("_reports.json")}
    wanted = {**moments.audited, **books, **reports}
    for at in count(1):
        out = tmp_path / str(at)
        if had:
            shutil.copytree(moments.before, out)
        with failing(Disk(out, operation, at, code, lasting)) as disk:
            ended = audit(moments.calls, out)
        if not disk.reached:
            break
        check(ended, capsys.readouterr().err, out, had, wanted)
        assert audit(moments.calls, out) == DONE
        assert files(out) == wanted, at
    assert (ended, at > 1) == (DONE, True)


EACH = {"write": 5}
"""Of what is done very often and much alike in a workbook, one in so many fails."""


@pytest.mark.parametrize(("operation", "code"), [fault[:2] for fault in FAULTS if not fault[2]])
def test_each_fault_of_a_report_loses_nothing(
    moments: Moments,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    operation: str,
    code: int,
) -> None:
    audited = tmp_path / "audited"
    shutil.copytree(moments.before, audited)
    assert audit(moments.calls, audited) == DONE
    had = files(audited)
    for at in count(1, EACH.get(operation, 1)):
        out = tmp_path / str(at)
        shutil.copytree(audited, out)
        with failing(Disk(out, operation, at, code)) as disk:
            ended = run("report", out)
        if not disk.reached:
            break
        check(ended, capsys.readouterr().err, out, had, moments.reported)
        assert run("report", out) == DONE
        assert files(out) == moments.reported, at
    assert (ended, at > 1) == (DONE, True)


def check(
    ended: int, said: str, out: Path, had: dict[str, bytes], wanted: dict[str, bytes]
) -> None:
    """Check what a fault has left: one line that says so, and whole files, old or new."""
    found = {name: data for name, data in files(out).items() if not name.endswith(".tmp")}
    if ended == DONE:
        assert (said, found) == ("", wanted)
        return
    assert ended == BAD
    check_told(said, str(out), "output: could not write ")
    for name, data in found.items():
        place = in_place(name)
        begun = name == f"results/{REPORTS}" and b'"manifest": ""' in data
        assert begun or data in (had.get(place), wanted.get(place)), name
    assert not [name for name in had if name in wanted and name not in found]
    if "results/_manifest.json" in found:
        harm = [one for one in verify(str(out))[1] if not one.harmless]
        lost = {one.name for one in harm if one.what not in (PENDING, UNFINISHED)}
        assert lost <= had.keys() - wanted
        check_each_once(found, had)


def in_place(name: str) -> str:
    """Return the name that a new part will have once the manifest lists it."""
    return name.replace(f"/{fresh.FOLDER}/", "/")


def check_each_once(found: dict[str, bytes], had: dict[str, bytes]) -> None:
    """Check that parts of two runs are not in one place: who reads all finds no call twice."""
    listed = msgspec.json.decode(found["results/_manifest.json"], type=Manifest).parts
    there = {name for name in found if name.startswith("results/part-")}
    dead = there - {f"results/{part.name}" for part in listed}
    assert not dead or there <= had.keys()


def check_told(said: str, *begins: str) -> None:
    """Check that one sentence says what has failed, with the Chinese below if there is any."""
    english, *chinese = said.strip().splitlines()
    assert english.startswith(begins), said
    assert not any(word in said for word in ("Errno", "Error", "Traceback")), said
    assert len(chinese) <= 1, said
    assert all(any("一" <= character <= "鿿" for character in line) for line in chinese), said


def small_files(folder: Path) -> None:
    """Put each call into a file of its own."""
    for number in range(4):
        (folder / f"{number}.json").write_text(call(str(number), "王", number), encoding="utf-8")


def large_lines(folder: Path) -> None:
    """Put calls into a file that is read by its stretches."""
    rows = [call(str(number), "王", number) for number in range(8)]
    (folder / "large.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def large_table(folder: Path) -> None:
    """Put calls into a table that is read row by row."""
    turns = [(f"{n:02}", *turn) for n in range(8) for turn in spoken(n)]
    rows = ["call_id,role,text", *(",".join(row) for row in turns)]
    (folder / "large.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def large_parquet(folder: Path) -> None:
    """Put calls into a table that pyarrow reads."""
    turns = [(f"{n:02}", *turn) for n in range(8) for turn in spoken(n)]
    columns = zip(*turns, strict=True)
    table = pa.table(dict(zip(("call_id", "role", "text"), map(list, columns), strict=True)))
    pq.write_table(table, folder / "large.parquet", compression="none", use_dictionary=False)


def large_text(folder: Path) -> None:
    """Put a call into a text that is read as a whole."""
    said = {"agent": "客服", "customer": "客户"}
    rows = [f"{said[role]}：{text}" for n in range(16) for role, text in spoken(n)]
    (folder / "large.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


def halved(path: Path) -> None:
    """Cut a file in two, as one that is copied anew."""
    os.truncate(path, path.stat().st_size // 2)


INPUTS = [small_files, large_lines, large_table, large_parquet, large_text]
AFFAIRS = [
    ("read", errno.EIO, None),
    (READING, errno.EACCES, None),
    (READING, 0, Path.unlink),
    (READING, 0, halved),
    ("read", 0, halved),
]


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize(("operation", "code", "instead"), AFFAIRS)
def test_whatever_becomes_of_an_input_the_next_run_has_all_of_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: Callable[[Path], None],
    operation: str,
    code: int,
    instead: Callable[[Path], object] | None,
) -> None:
    for module in ("qa_checker.readers.files.inputs", "qa_checker.runs.shards"):
        monkeypatch.setattr(f"{module}.WHOLE", 2000)
    monkeypatch.setattr("qa_checker.readers.stretches.LEAST", 2000)
    monkeypatch.setattr("faults.BLOCK", 2048)
    folder, wanted = tmp_path / "in", tmp_path / "wanted"
    folder.mkdir()
    kind(folder)
    assert audit(folder, wanted) == DONE
    for at in count(1):
        out = tmp_path / str(at)
        with failing(Disk(folder, operation, at, code, instead=instead)) as disk:
            ended = audit(folder, out)
        if not disk.reached:
            break
        said = capsys.readouterr().err
        assert ended in (DONE, ASIDE), (at, said)
        assert all(line.startswith("set aside 未能读取: ") for line in said.splitlines()), said
        assert (ended == ASIDE) == bool(said)
        if kind is small_files:
            assert len(said.splitlines()) <= 1, said  # the others are judged
        kind(folder)
        assert (audit(folder, out), at) == (DONE, at)
        assert files(out) == files(wanted), at
    assert (ended, at > 1) == (DONE, True)


@pytest.mark.parametrize("kind", [large_table, large_parquet, large_text])
def test_a_large_file_that_fails_half_way_is_set_aside_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Callable[[Path], None]
) -> None:
    monkeypatch.setattr("qa_checker.readers.files.inputs.WHOLE", 2000)
    monkeypatch.setattr("faults.BLOCK", 2048)
    kind(tmp_path)
    whole = list(read(tmp_path))
    for at in count(1):
        aside: list[SetAside] = []
        with failing(Disk(tmp_path, "read", at, errno.EIO)) as disk:
            found = list(read(tmp_path, set_aside=aside.append))
        if not disk.reached:
            break
        assert [one.reason for one in aside] == ["cannot be opened: Input/output error"], at
        assert found == whole[: len(found)]
    assert (found, aside, at > 1) == (whole, [], True)


@pytest.mark.parametrize("at_once", [True, False], ids=["as S3", "as HDFS"])
@pytest.mark.parametrize("held", [10**6, 500], ids=["small files", "large files"])
@pytest.mark.parametrize("operation", ["write", "rename", "unlink", READING])
def test_each_fault_of_a_store_loses_nothing(
    moments: Moments,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    at_once: bool,
    held: int,
    operation: str,
) -> None:
    if at_once:
        monkeypatch.setattr(remote, "AT_ONCE", (*remote.AT_ONCE, KIND))
    monkeypatch.setattr(remote, "IN_MEMORY", held)
    monkeypatch.setattr(remote, "BLOCK", 1000)
    store, out = Store(), f"{KIND}://out"
    monkeypatch.setattr(Store, "disk", Disk(Path("/")))
    had = {f"/out/{name}": data for name, data in files(moments.before).items()}
    kept = {name: data for name, data in had.items() if "/results/part-" not in name}
    wanted = {**kept, **{f"/out/{name}": data for name, data in moments.audited.items()}}
    for at in count(1):
        store.hold(had)
        monkeypatch.setattr(Store, "disk", Disk(Path("/"), operation, at, errno.EIO))
        ended, reached = audit(moments.calls, out), store.disk.reached
        monkeypatch.setattr(Store, "disk", Disk(Path("/")))
        said, found = capsys.readouterr().err, store.files()
        if not reached:
            break
        if ended != DONE:
            assert ended == BAD
            check_told(said, out)
            for name, data in found.items():
                place = in_place(name)
                assert data in (had.get(place), wanted.get(place)), name
            assert {name for name in had if name in wanted} <= found.keys()
        assert audit(moments.calls, out) == DONE
        assert store.files() == wanted, (at, said)
    assert (ended, found) == (DONE, wanted)
    assert at > 1 or operation in ("rename", "unlink")
