"""A run: what it leaves, what it does not do again, and what changes when its inputs do."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from qa_checker import read
from qa_checker.cli import main
from qa_checker.cli.audit import exit_code
from qa_checker.problem import BadInput
from qa_checker.readers.files.inputs import Listed, listed
from qa_checker.readers.source import Options, Source
from qa_checker.readers.stretches import stretches, within
from qa_checker.runs import audit as runs
from qa_checker.runs import shards as cutting
from qa_checker.runs.audit import WORTH_IT, Asked, Ended, Plan, audit, processes
from qa_checker.runs.lock import alone
from qa_checker.runs.report import report
from qa_checker.runs.shards import Piece, Shard, piece, shards
from qa_checker.runs.stored import call_names
from qa_checker.runs.verify import (
    APART,
    DAMAGED,
    FOREIGN,
    MISSING,
    PENDING,
    STRAY,
    UNOPENED,
    verify,
)
from qa_checker.store import manifest as manifests
from qa_checker.writers.jsonl import record

ROOT = Path(__file__).parents[2]
RUBRIC = str(ROOT / "tests/contract/refund_zh.rubric.yaml")
TALK = """客服：您好，云帆客服，工号1024，请问有什么可以帮您？
客户：我上周退的货，钱还没到，你们怎么回事？
客服：非常抱歉，让您久等了。您是说上周那单的货款还没到账，对吗？
客户：第{}次打来了。
客服：这个不能改。
客户：好吧。
客服：请问还有其他可以帮您的吗？感谢您的来电，再见。
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    folder = tmp_path / "calls"
    folder.mkdir()
    for number in range(12):
        (folder / f"call{number:02}.txt").write_text(TALK.format(number), encoding="utf-8")
    return folder


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let groups be of three files, so that a run has several parts."""
    monkeypatch.setattr(cutting, "FILES", 3)


def run(calls: Path, out: Path, **more: object) -> Ended:
    return audit(Asked((str(calls),), str(out), RUBRIC, **more))  # type: ignore[arg-type]


def names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "results").glob("part-*"))


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "results").glob("[!.]*")}


@pytest.mark.usefixtures("small")
def test_the_second_run_does_nothing_and_leaves_the_same_bytes(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(calls, out)
    assert (first.made, first.counts.judged, len(first.manifest.parts)) == (12, 12, len(names(out)))
    before = contents(out)
    second = run(calls, out)
    assert (second.made, second.counts) == (0, first.counts)
    assert contents(out) == before


@pytest.mark.usefixtures("small")
def test_several_processes_leave_the_same_bytes(calls: Path, tmp_path: Path) -> None:
    run(calls, tmp_path / "one", workers=1)
    run(calls, tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.usefixtures("small")
def test_only_what_changed_is_judged_again(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    (calls / "call05.txt").write_text(TALK.format(99), encoding="utf-8")
    (calls / "call12.txt").write_text(TALK.format(12), encoding="utf-8")
    again = run(calls, out)
    assert (again.made, again.counts.judged, again.gone) == (2, 13, ())
    run(calls, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("small")
def test_a_file_that_is_gone_is_told_and_leaves_the_results(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    (calls / "call03.txt").unlink()
    again = run(calls, out)
    assert (again.gone, again.made, again.counts.judged) == (("call03.txt",), 0, 11)
    assert "call03.txt" not in [source for _, source in call_names(str(out), again.manifest)]


@pytest.mark.usefixtures("small")
def test_inputs_without_any_transcript_leave_the_results_as_they_were(
    calls: Path, tmp_path: Path
) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty"
    run(calls, out)
    before = contents(out)
    empty.mkdir()
    with pytest.raises(BadInput, match="no transcripts found"):
        run(empty, out)
    assert contents(out) == before


def test_a_run_with_nothing_newer_to_do_is_done(calls: Path, tmp_path: Path) -> None:
    ended = run(calls, tmp_path / "out", since=4_000_000_000.0)
    assert (ended.older, ended.counts.judged, exit_code(ended, None)) == (12, 0, 0)


def test_another_rubric_judges_everything_again(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    again = audit(Asked((str(calls),), str(out)))
    assert again.made == 12
    assert len(names(out)) == len(again.manifest.parts)


@pytest.mark.usefixtures("small")
def test_since_leaves_older_files_as_they_were(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(calls, out)
    for path in calls.iterdir():
        os.utime(path, (1_000_000, 1_000_000))
    (calls / "call04.txt").write_text(TALK.format(77), encoding="utf-8")
    again = run(calls, out, since=2_000_000.0)
    assert (again.made, again.counts.judged) == (1, 12)
    assert again.older == 11
    assert {part.name for part in again.manifest.parts} & {p.name for p in first.manifest.parts}


def test_since_keeps_the_others_of_a_group_when_one_file_goes(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    for path in calls.iterdir():
        os.utime(path, (1_000_000, 1_000_000))
    (calls / "call04.txt").unlink()
    again = run(calls, out, since=2_000_000.0)
    assert (again.made, again.counts.judged, again.gone) == (0, 11, ("call04.txt",))


def test_since_does_not_invent_results(calls: Path, tmp_path: Path) -> None:
    for path in calls.iterdir():
        os.utime(path, (1_000_000, 1_000_000))
    ended = run(calls, tmp_path / "out", since=2_000_000.0)
    assert (ended.counts.judged, ended.older, ended.manifest.parts) == (0, 12, [])


def test_since_judges_no_older_file_in_whatever_group_it_stands(
    calls: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (calls / "call03.txt").rename(tmp_path / "late.txt")
    first = run(calls, out)
    (tmp_path / "late.txt").rename(calls / "call03.txt")
    for path in calls.iterdir():
        os.utime(path, (1_000_000, 1_000_000))
    again = run(calls, out, since=2_000_000.0)
    assert (again.made, again.older, again.gone) == (0, 12, ())
    assert again.manifest.parts == first.manifest.parts
    (calls / "call07.txt").write_text(TALK.format(77), encoding="utf-8")
    again = run(calls, out, since=2_000_000.0)
    assert (again.made, again.counts.judged, again.older) == (1, 11, 11)
    run(calls, out)
    run(calls, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("small")
def test_groups_do_not_all_shift_when_a_file_comes(tmp_path: Path) -> None:
    files = [piece(Listed(f"/nowhere/{n:05}", f"{n:05}")) for n in range(600)]
    cutting_points = {shard.pieces[-1].file.name for shard in shards(files, Options())}
    fewer = {shard.pieces[-1].file.name for shard in shards(files[1:], Options())}
    assert len(cutting_points & fewer) > len(cutting_points) / 2


def test_what_cannot_be_read_is_kept_with_the_results(calls: Path, tmp_path: Path) -> None:
    (calls / "bad.json").write_text("{broken", encoding="utf-8")
    first = run(calls, tmp_path / "out")
    assert [one.source for one in first.aside] == ["bad.json"]
    second = run(calls, tmp_path / "out")
    assert (second.aside, second.made) == (first.aside, 0)


def test_an_output_inside_the_input_is_not_read(calls: Path) -> None:
    out = calls / "out"
    assert run(calls, out).counts.judged == 12
    assert run(calls, out).counts.judged == 12


def test_reports_are_made_without_judging(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    first = {path: path.read_bytes() for path in map(Path, report(str(out)))}
    for path in calls.iterdir():
        path.unlink()
    assert {path: path.read_bytes() for path in map(Path, report(str(out)))} == first
    assert next(path.name for path in first) == "summary.xlsx"


def test_reports_need_the_rubric_as_it_was(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    manifest = manifests.finished(str(out))
    (rule,) = manifest.rules
    other = msgspec.structs.replace(manifest, rules={f"{rule}0": RUBRIC})
    manifests.save(str(out), other)
    with pytest.raises(BadInput, match=r"the results were made with .*, without --since"):
        report(str(out))


def test_reports_need_the_rubric(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    manifest = manifests.finished(str(out))
    gone = str(tmp_path / "gone.rubric.yaml")
    manifests.save(
        str(out), msgspec.structs.replace(manifest, rules=dict.fromkeys(manifest.rules, gone))
    )
    with pytest.raises(BadInput, match="by which the results were made, cannot be used"):
        report(str(out))


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no results of a finished run"):
        report(str(tmp_path))


def test_a_call_id_that_is_there_twice_is_remarked_on(calls: Path, tmp_path: Path) -> None:
    (calls / "more").mkdir()
    (calls / "more" / "CALL01.txt").write_text(TALK.format(50), encoding="utf-8")
    out = tmp_path / "out"
    run(calls, out)
    from openpyxl import load_workbook

    path, *_ = map(Path, report(str(out)))
    cells = [str(cell.value) for row in load_workbook(path)["03 通话"].iter_rows() for cell in row]
    assert any("call01.txt" in cell and "重复" in cell for cell in cells)


@pytest.mark.usefixtures("small")
def test_verify_names_what_is_not_as_it_was_written(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    written = list(map(Path, report(str(out))))
    looked_at, found = verify(str(out))
    assert (looked_at, found) == (len(names(out)) + len(written), [])
    first, second, *_ = names(out)
    (out / "results" / first).write_bytes(b"PAR1")
    (out / "results" / "part-0.parquet").write_bytes(b"")
    (out / "results" / second).unlink()
    written[0].write_bytes(written[0].read_bytes()[:100])
    _, found = verify(str(out))
    assert sorted((each.name.rpartition("/")[2], each.what) for each in found) == sorted(
        [(first, DAMAGED), (second, MISSING), ("part-0.parquet", STRAY), ("summary.xlsx", UNOPENED)]
    )


def stop(*_: object) -> None:
    """Stop a run as Ctrl-C does."""
    raise KeyboardInterrupt


@pytest.mark.usefixtures("small")
def test_a_run_that_is_stopped_leaves_every_call_once(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    before = contents(out)
    for number, path in enumerate(calls.iterdir()):
        path.write_text(TALK.format(100 + number), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        audit(Asked((str(calls),), str(out), RUBRIC), told=stop)
    assert contents(out) == before
    assert verify(str(out))[1] == [("results/.new", APART, "1 part")]
    (made,) = (out / "results/.new").iterdir()
    again = run(calls, out)
    assert made.name in names(out)
    assert 0 < again.made < 12
    run(calls, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")
    assert (verify(str(out))[1], (out / "results/.new").exists()) == ([], False)


@pytest.mark.usefixtures("small")
def test_a_run_that_is_killed_while_it_ends_leaves_no_call_twice(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(calls, out)
    before = {*names(out)}
    (calls / "call05.txt").write_text(TALK.format(99), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("qa_checker.store.places.move", stop)
        with pytest.raises(KeyboardInterrupt):
            run(calls, out)
    live = {part.name for part in manifests.finished(str(out)).parts}
    assert {*names(out)} == before & live < live
    (found,) = verify(str(out))[1]
    assert (found.name, found.what) == (f"results/{min(live - before)}", PENDING)
    report(str(out))
    assert ({*names(out)}, verify(str(out))[1]) == (live, [])


@pytest.mark.usefixtures("small")
def test_what_others_put_with_the_parts_is_named(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    first = names(out)[0]
    (out / "results/part-0.parquet").write_bytes((out / "results" / first).read_bytes())
    (out / "results/foreign.parquet").write_bytes(b"PAR1")
    assert verify(str(out))[1] == [
        ("results/foreign.parquet", FOREIGN, ""),
        ("results/part-0.parquet", STRAY, ""),
    ]
    with pytest.raises(SystemExit, match="1"):
        main(["verify", str(out)])
    run(calls, out)
    assert [one.what for one in verify(str(out))[1]] == [FOREIGN]


@pytest.mark.parametrize("how", ["changed", "cut"])
def test_a_damaged_part_is_made_again(calls: Path, tmp_path: Path, how: str) -> None:
    out = tmp_path / "out"
    run(calls, out)
    before = contents(out)
    (path,) = (out / "results").glob("part-*")
    data = path.read_bytes()
    path.write_bytes(data[:200] + b"XXXX" + data[204:] if how == "changed" else data[:300])
    assert [each.what for each in verify(str(out))[1]] == [DAMAGED]
    assert run(calls, out).made == 12
    assert contents(out) == before
    path.write_bytes(data[:300])
    (out / "results" / "_manifest.json").unlink()  # as if the run had not ended
    assert run(calls, out).made == 12
    assert contents(out) == before


@pytest.mark.parametrize("tenth", range(10))
def test_nothing_is_made_of_a_damaged_part(
    calls: Path, tmp_path: Path, tenth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    out, sample = tmp_path / "out", tmp_path / "sample.xlsx"
    run(calls, out)
    (path,) = (out / "results").glob("part-*")
    data = bytearray(path.read_bytes())
    data[len(data) * tenth // 10] ^= 0x55
    path.write_bytes(data)
    for command in (["report", str(out)], ["sample", str(out), "-o", str(sample)]):
        with pytest.raises(SystemExit, match="2"):
            main(command)
        said = capsys.readouterr().err
        assert f"{path}: its bytes are not those that were written" in said
        assert "内容与写出时不同" in said
    assert not [*tmp_path.glob("*.xlsx"), *out.glob("*.xlsx")]


def test_workbooks_of_agents_who_are_gone_go_unless_people_wrote_in_them(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    folder, out = tmp_path / "calls", tmp_path / "out"
    folder.mkdir()
    turns = [{"role": "customer" if n % 2 else "agent", "text": f"第{n}句"} for n in range(6)]
    for agent in ("one", "two", "three"):
        call = json.dumps({"call_id": agent, "agent": agent, "turns": turns})
        (folder / f"{agent}.json").write_text(call, encoding="utf-8")
    run(folder, out)
    report(str(out))
    book = load_workbook(out / "scorecards" / "two.xlsx")
    sheet = book["03 逐项"] if "03 逐项" in book.sheetnames else book.worksheets[2]
    column = next(
        cell.column for row in sheet.iter_rows() for cell in row if cell.value == "人工备注"
    )
    sheet.cell(sheet.max_row, column).value = "听过了"
    book.save(out / "scorecards" / "two.xlsx")
    (folder / "two.json").unlink()
    (folder / "three.json").unlink()
    run(folder, out)
    report(str(out))
    found = sorted(
        path.relative_to(out / "scorecards").as_posix()
        for path in (out / "scorecards").rglob("*.xlsx")
    )
    assert found[0] == "one.xlsx"
    assert [name.split("-")[0] for name in found[1:]] == ["reviewed/two"]


def test_a_report_removes_what_a_killed_one_left_and_is_alone(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(calls, out)
    books = report(str(out))
    left = (".summary.xlsx.7-a.tmp", "scorecards/.A.xlsx.7-a.tmp", ".spool.7.tmp")
    for name in left:
        (out / name).write_bytes(b"half")
    with (
        alone(manifests.folder(str(out))),
        pytest.raises(BadInput, match="another run"),
    ):
        report(str(out))
    assert all((out / name).exists() for name in left)
    assert report(str(out)) == books
    assert not any((out / name).exists() for name in left)
    with pytest.raises(BadInput, match="no results of a finished run"):
        report(str(tmp_path / "gone"))
    assert not (tmp_path / "gone").exists()


def test_two_runs_do_not_write_into_one_folder(calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    held = pytest.raises(BadInput, match=rf"another run \(process {os.getpid()}\)")
    with alone(manifests.folder(str(out))), held:
        run(calls, out)
    assert run(calls, out).made == 12


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of JSON lines with a bad line and an empty one."""
    samples = list(read(ROOT / "samples" / "en_complaint_leak.vtt"))
    path = tmp_path / "large.jsonl"
    rows = [json.dumps(record(call), ensure_ascii=False) for call in samples * 9]
    rows[4:4] = ["{broken", ""]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def cut(path: Path, each: int) -> Iterator[Source]:
    (found,) = listed(path)
    assert isinstance(found, Listed)
    data = path.read_bytes()
    source = Source(found.name, data[:50_000], reopen=lambda: path.open("rb"))
    for stretch in stretches(source, Options(), len(data), each):
        yield within(source, stretch)


@pytest.mark.parametrize("each", [1, 3000, 9000, 50_000, 10**7])
def test_stretches_are_the_file_in_whole_lines(large: Path, each: int) -> None:
    data = large.read_bytes()
    found = list(cut(large, each))
    assert b"".join(one.data for one in found) == data
    assert all(one.data.endswith(b"\n") for one in found)
    lines = [1 + b"".join(o.data for o in found[:n]).count(b"\n") for n in range(len(found))]
    assert [one.first_line for one in found] == lines
    if each == 1:
        assert len(found) == len(data.splitlines())


def test_stretches_become_shorter_towards_the_end() -> None:
    data = b'{"call_id": "1", "turns": [{"role": "agent", "text": "hello there"}]}\n' * 400_000
    source = Source("large.jsonl", data[:50_000], reopen=lambda: io.BytesIO(data))
    sizes = [one.length for one in stretches(source, Options(), len(data))]
    assert sum(sizes) == len(data)
    assert sizes[:-1] == sorted(sizes[:-1], reverse=True)
    assert sizes[0] > 3 * sizes[-2] > 0


@pytest.mark.parametrize("each", [1, 3000, 60_000])
def test_stretches_read_as_the_file_does(large: Path, each: int) -> None:
    from qa_checker.readers import calls_of, calls_within

    whole = list(calls_of(Source("large.jsonl", large.read_bytes())))
    assert len(whole) == 10
    assert [one for part in cut(large, each) for one in calls_within(part)] == whole


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], 1),
        ([WORTH_IT - 1], 1),
        ([WORTH_IT // 8] * 4, 1),
        ([WORTH_IT], 1),
        ([WORTH_IT // 2] * 2, 2),
        ([WORTH_IT // 2] * 9, 4),
    ],
)
def test_processes_are_no_more_than_shards_and_cores_and_worth_their_start(
    sizes: list[int], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "cores", lambda: 4)
    pieces = [Piece(Listed(f"{n}.csv", f"{n}.csv"), size, 0.0) for n, size in enumerate(sizes)]
    assert processes(Plan(todo=[(n, Shard((one,))) for n, one in enumerate(pieces)])) == expected
