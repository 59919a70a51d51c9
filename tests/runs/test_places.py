"""Calls and results in an object store: a real server that speaks S3, on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import pytest

from benchmarks.generate import call
from qa_checker.readers.files.inputs import WHOLE, listed
from qa_checker.readers.source import Options
from qa_checker.runs.audit import Asked, Ended, audit
from qa_checker.runs.opening import opened
from qa_checker.runs.report import report
from qa_checker.runs.shards import piece, shards
from qa_checker.runs.verify import UNOPENED, verify
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.writers.jsonl import write

moto = pytest.importorskip("moto.server", reason="pip install -e '.[dev]'")
s3fs = pytest.importorskip("s3fs", reason="pip install -e '.[dev]'")

ROOT = Path(__file__).parents[2]
RUBRIC = str(ROOT / "tests/contract/support_en.rubric.yaml")
TALK = """Agent: Thank you for calling, this is Dana speaking. How can I help?
Customer: My parcel {number} has not come, and I am tired of waiting.
Agent: I am sorry about that. You are waiting for parcel {number}, is that right?
Customer: Yes.
Agent: We can't send it again today.
Customer: Fine.
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server on a free port; the environment says where it is."""
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    before = dict(os.environ)
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    yield os.environ["AWS_ENDPOINT_URL"]
    os.environ.clear()
    os.environ |= before
    running.stop()


@pytest.fixture
def store(server: str, request: pytest.FixtureRequest) -> Iterator[tuple[Any, str]]:
    """Return the store and an empty bucket in it."""
    system = s3fs.S3FileSystem(use_listings_cache=False)
    bucket = f"b{abs(hash(request.node.name))}"
    system.mkdir(bucket)
    yield system, bucket
    system.rm(bucket, recursive=True)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Return a folder of calls, in folders, with a side-car, and things that are not meant."""
    folder = tmp_path / "calls"
    (folder / "b").mkdir(parents=True)
    for number, name in enumerate(["a.txt", "b/one.txt", "b/two.txt", "c.txt"]):
        (folder / name).write_text(TALK.format(number=1000 + number), encoding="utf-8")
    (folder / "a.meta.json").write_text('{"agent_id": "8"}')
    (folder / ".hidden.txt").write_text("no")
    (folder / "README.md").write_text("no")
    (folder / "empty.txt").write_text("")
    return folder


def rows(out: str) -> list[dict[str, Any]]:
    """The rows of a run, in the order of the inputs."""
    live = manifests.live(out, manifests.finished(out))
    return [row for place in live for table in parts.tables(place) for row in table.to_pylist()]


def run(inputs: str | Path, out: str | Path, **more: Any) -> Ended:
    """Audit one input."""
    return audit(Asked((str(inputs),), str(out), RUBRIC, workers=1, **more))


def test_from_store_to_store_as_from_folder_to_folder(
    store: tuple[Any, str], calls: Path, tmp_path: Path
) -> None:
    system, bucket = store
    system.put(f"{calls}/", f"{bucket}/in/", recursive=True)
    here, there = str(tmp_path / "out"), f"s3://{bucket}/out"
    near, far = run(calls, here), run(f"s3://{bucket}/in/", there)
    assert rows(there) == rows(here)
    assert [row["source"] for row in rows(there)] == ["a.txt", "b/one.txt", "b/two.txt", "c.txt"]
    assert rows(there)[0]["agent"] == "8"
    assert far.manifest == near.manifest
    assert [one.source for one in far.aside] == ["empty.txt"]


def test_only_what_is_new_is_judged_again(store: tuple[Any, str], calls: Path) -> None:
    system, bucket = store
    system.put(f"{calls}/", f"{bucket}/in/", recursive=True)
    first, out = run(f"s3://{bucket}/in", f"s3://{bucket}/out"), f"s3://{bucket}/out"
    assert first.made == 4
    assert run(f"s3://{bucket}/in", out).made == 0
    system.pipe(f"{bucket}/in/d.txt", TALK.format(number=7).encode())
    system.rm_file(f"{bucket}/in/c.txt")
    again = run(f"s3://{bucket}/in", out)
    assert (again.made, again.gone) == (1, ("c.txt",))
    live = {part.name for part in again.manifest.parts}
    assert {name for name in places.names(f"{out}/results") if parts.is_part(name)} == live
    older = run(f"s3://{bucket}/in", out, since=time() + 60)
    assert (older.older, older.counts.judged, older.made) == (5, 4, 0)
    assert run(f"s3://{bucket}/in", out, since=time() - 600).older == 0
    assert run(f"s3://{bucket}", out).counts.judged == 4  # what we wrote is no input


def test_a_large_file_is_read_by_its_stretches(store: tuple[Any, str], tmp_path: Path) -> None:
    system, bucket = store
    large = tmp_path / "large.jsonl"
    write([call(0, "en", 200)], large)
    line, name = large.read_bytes(), b'"call_id": "en-0-000000"'
    number = WHOLE // len(line) + 100
    large.write_bytes(
        b"".join(line.replace(name, b'"call_id": "%06d"' % each) for each in range(number))
    )
    system.put(str(large), f"{bucket}/large.jsonl")
    far = list(shards(map(piece, listed(f"s3://{bucket}/large.jsonl")), Options()))
    near = list(shards(map(piece, listed(large)), Options()))
    assert [one.pieces[0].stretch for one in far] == [one.pieces[0].stretch for one in near]
    assert len(far) > 1
    for one, other in zip(far, near, strict=True):
        found, expected = opened(one.pieces[0]), opened(other.pieces[0])
        assert found[0] == expected[0]
        assert found[1].data == expected[1].data


def test_workbooks_go_there_too(store: tuple[Any, str], calls: Path, tmp_path: Path) -> None:
    system, bucket = store
    out = f"s3://{bucket}/out"
    run(calls, out)
    run(calls, tmp_path / "out")
    written = report(out)
    assert written[0] == f"{out}/summary.xlsx"
    for far, near in zip(written, report(str(tmp_path / "out")), strict=True):
        assert places.content(far) == Path(near).read_bytes()
    before = {name: system.info(name)["LastModified"] for name in books(system, bucket)}
    assert report(out) == written
    # nothing was sent again
    assert {name: system.info(name)["LastModified"] for name in books(system, bucket)} == before
    assert verify(out)[1] == []
    system.pipe(written[0].removeprefix("s3://"), b"not whole")
    assert [(one.name, one.what) for one in verify(out)[1]] == [("summary.xlsx", UNOPENED)]


def books(system: Any, bucket: str) -> list[str]:
    """The workbooks in a bucket."""
    return [name for name in system.find(f"{bucket}/out") if name.endswith(".xlsx")]


def test_what_people_wrote_in_a_workbook_there_is_kept(
    store: tuple[Any, str], calls: Path, tmp_path: Path
) -> None:
    system, bucket = store
    out = f"s3://{bucket}/out"
    run(calls, out)
    report(out)
    system.pipe(f"{bucket}/out/scorecards/8.xlsx", b"not one of ours any more")
    report(out)
    kept = [name for name in system.find(f"{bucket}/out") if "damaged" in name]
    assert [system.cat_file(name) for name in kept] == [b"not one of ours any more"]


def test_no_bucket(server: str, calls: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        run(calls, "s3://there-is-no-such-bucket/out")
    assert caught.value.strerror == "no such bucket, folder or file"
    assert str(caught.value.filename).startswith("s3://there-is-no-such-bucket/out/results/")
    found = run("s3://there-is-no-such-bucket/in", calls.parent / "out")
    assert [(one.source, one.reason) for one in found.aside] == [
        ("s3://there-is-no-such-bucket/in", "cannot be opened: no such bucket, folder or file")
    ]


def test_an_object_that_vanishes(store: tuple[Any, str], calls: Path, tmp_path: Path) -> None:
    system, bucket = store
    system.put(f"{calls}/", f"{bucket}/in/", recursive=True)
    asked = Asked((f"s3://{bucket}/in",), str(tmp_path / "out"), RUBRIC, workers=1)
    ended = audit(asked, begun=lambda plan: system.rm_file(f"{bucket}/in/c.txt"))
    assert ended.counts.judged == 3
    assert ("c.txt", "cannot be opened: no such bucket, folder or file") in [
        (one.source, one.reason) for one in ended.aside
    ]
