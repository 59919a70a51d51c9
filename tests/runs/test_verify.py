"""What verify says of workbooks that are not as they were written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from qa_checker.cli.report import command as report_command
from qa_checker.cli.verify import SAID, command
from qa_checker.runs.audit import Asked, audit
from qa_checker.runs.report import report
from qa_checker.runs.verify import (
    ALTERED,
    APART,
    BOOKS,
    CHANGED,
    DAMAGED,
    FOREIGN,
    HARMLESS,
    MISSING,
    OLD,
    PENDING,
    REVIEWED,
    SAVED,
    STRAY,
    SURPLUS,
    UNFINISHED,
    UNOPENED,
    verify,
)

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "tests/contract/refund_zh.rubric.yaml"
CALLS, ITEMS = "02 通话", "03 打分项"
AGENT, OTHER = "scorecards/一号.xlsx", "scorecards/二号.xlsx"
TURNS = [
    {"role": "agent", "text": "您好，云帆客服，工号1024，请问有什么可以帮您？"},
    {"role": "customer", "text": "我上周退的货，钱还没到，你们怎么回事？"},
    {"role": "agent", "text": "这个不能改。"},
    {"role": "customer", "text": "好吧。"},
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with calls, rules and a finished run."""
    folder = tmp_path_factory.mktemp("run")
    shutil.copy(RUBRIC, folder)
    shutil.copy(RUBRIC.with_name("service_zh.lexicon.yaml"), folder)
    for number, agent in enumerate(("一号", "一号", "二号")):
        call = {"call_id": f"00{number}", "agent": agent, "turns": TURNS}
        (folder / f"{number}.json").write_text(json.dumps(call), encoding="utf-8")
    inputs = tuple(str(folder / f"{number}.json") for number in range(3))
    audit(Asked(inputs, str(folder / "out"), str(folder / RUBRIC.name)))
    report(str(folder / "out"))
    return folder


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished / "out", tmp_path / "out"))


def edit(path: Path, change: Callable[[Workbook], object]) -> None:
    """Change a workbook and save it, as another program does."""
    book = load_workbook(path, rich_text=True)
    change(book)
    book.save(path)


def put(sheet: str, place: str, value: object) -> Callable[[Workbook], object]:
    """Return a change of one cell."""
    return lambda book: book[sheet].__setitem__(place, value)


def upside_down(book: Workbook) -> None:
    """Sort the calls, and write beside and below them."""
    sheet = book[CALLS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    sheet["Z4"] = "看过"
    sheet["A30"] = "合计"


def dropped(book: Workbook) -> None:
    """Take a sheet out."""
    del book[CALLS]


def both(book: Workbook) -> None:
    """Write where people write, and where they do not."""
    book[ITEMS]["H4"] = "符合"
    book[CALLS]["E5"] = 100


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (lambda _: None, SAVED, ""),
        (upside_down, SAVED, ""),
        (lambda book: book.create_sheet("我的"), SAVED, ""),
        (put(ITEMS, "H4", "符合"), REVIEWED, ""),
        (put(ITEMS, "I9", "听过了"), REVIEWED, ""),
        (put(CALLS, "E4", 100), ALTERED, f"{CALLS} (1)"),
        (put(CALLS, "F4", 100), ALTERED, f"{CALLS} (1)"),
        (put(ITEMS, "E6", "符合?"), ALTERED, f"{ITEMS} (1)"),
        (put(ITEMS, "I3", "备注"), ALTERED, f"{ITEMS} (1)"),
        (both, ALTERED, f"{CALLS} (1)"),
        (dropped, ALTERED, f"{CALLS} (5)"),
    ],
)
def test_people_are_told_from_other_changes(
    out: Path, change: Callable[[Workbook], object], what: str, where: str
) -> None:
    edit(out / AGENT, change)
    assert [tuple(one) for one in verify(str(out))[1]] == [(AGENT, what, where)]


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (lambda data: data + b"junk", SURPLUS),
        (lambda data: b"junk" + data, SURPLUS),
        (lambda data: data[:-4], UNOPENED),
        (lambda data: data[:9000] + b"XXXX" + data[9004:], UNOPENED),
        (lambda _: b"not a workbook", UNOPENED),
        (lambda _: b"", UNOPENED),
    ],
    ids=["behind", "before", "cut", "changed", "text", "empty"],
)
def test_damage_is_named(out: Path, broken: Callable[[bytes], bytes], what: str) -> None:
    path = out / AGENT
    path.write_bytes(broken(path.read_bytes()))
    assert [(one.name, one.what) for one in verify(str(out))[1]] == [(AGENT, what)]


def test_a_zip_file_that_is_no_workbook_does_not_open(out: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("text")
    made = shutil.make_archive(str(tmp_path / "made"), "zip", tmp_path / "folder")
    shutil.copy(made, out / AGENT)
    assert [one.what for one in verify(str(out))[1]] == [UNOPENED]


def test_reports_in_the_other_language_are_compared_as_well(out: Path) -> None:
    report(str(out), "en")
    edit(out / AGENT, put("03 Items", "H4", "Pass"))
    assert [one.what for one in verify(str(out))[1]] == [REVIEWED]


def test_what_cannot_be_made_again_cannot_be_compared(
    finished: Path, out: Path, tmp_path: Path
) -> None:
    edit(out / AGENT, put(CALLS, "E4", 100))
    edit(out / "summary.xlsx", put("03 通话", "G4", 100))
    found = {one.name: one.what for one in verify(str(out))[1]}
    assert found == {AGENT: ALTERED, "summary.xlsx": CHANGED}
    audit(Asked((str(finished / "1.json"),), str(out), str(finished / RUBRIC.name)))
    found = {one.what for one in verify(str(out))[1]}
    assert found == {CHANGED, OLD}


def test_the_command_says_what_and_ends_with_1_for_harm_only(out: Path) -> None:
    edit(out / AGENT, put(ITEMS, "H4", "符合"))
    done = CliRunner().invoke(command, [str(out)], standalone_mode=False)
    assert done.return_value == 0
    assert f"{AGENT}: people wrote verdicts or notes" in done.output
    edit(out / AGENT, put(CALLS, "E4", 100))
    done = CliRunner().invoke(command, [str(out)], standalone_mode=False)
    assert done.return_value == 1
    assert f": {CALLS} (1)" in done.output


def stop(*_: object, **__: object) -> None:
    """Stop as Ctrl-C does."""
    raise KeyboardInterrupt


def test_a_report_that_was_cut_short_is_unfinished_and_nobody_is_blamed(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("qa_checker.reports.excel.write_summary", stop)
        with pytest.raises(KeyboardInterrupt):
            report(str(out), "en")
    assert [tuple(one) for one in verify(str(out))[1]] == [(BOOKS, UNFINISHED, "")]
    assert CliRunner().invoke(command, [str(out)], standalone_mode=False).return_value == 1
    report(str(out), "en")
    assert verify(str(out))[1] == []
    assert not (out / "scorecards/reviewed").exists()


@pytest.mark.parametrize("workbooks", [True, False])
def test_a_run_is_unfinished_until_the_workbooks_it_was_asked_for_are_there(
    finished: Path, tmp_path: Path, workbooks: bool
) -> None:
    asked = Asked((str(finished / "0.json"),), str(tmp_path / "new"), str(finished / RUBRIC.name))
    audit(replace(asked, workbooks=workbooks))
    found = [one.what for one in verify(str(tmp_path / "new"))[1]]
    assert found == ([UNFINISHED] if workbooks else [])


def fates(out: Path, jobs: int = 1) -> list[tuple[str, str]]:
    """Write the reports; return what became of the workbooks that people wrote in."""
    told: list[tuple[str, str]] = []
    report(str(out), jobs=jobs, told=lambda *one: told.append(one))
    return told


def test_people_go_on_in_a_workbook_of_which_nothing_else_has_changed(
    finished: Path, out: Path
) -> None:
    inputs = [str(finished / f"{number}.json") for number in range(3)]
    asked = Asked(tuple(inputs), str(out), str(finished / RUBRIC.name))
    edit(out / AGENT, put(ITEMS, "H4", "符合"))
    edit(out / OTHER, put(ITEMS, "H4", "符合"))
    written = (out / AGENT).read_bytes()
    for _ in range(2):
        audit(asked)
        assert fates(out) == [(AGENT, "left"), (OTHER, "left")]
        assert (out / AGENT).read_bytes() == written
        assert [(one.name, one.what) for one in verify(str(out))[1]] == [
            (AGENT, REVIEWED),
            (OTHER, REVIEWED),
        ]
    audit(replace(asked, inputs=tuple(inputs[1:])))
    assert fates(out, jobs=2) == [(AGENT, "reviewed"), (OTHER, "left")]
    (kept,) = (out / "scorecards/reviewed").iterdir()
    assert kept.read_bytes() == written
    assert [(one.name, one.what) for one in verify(str(out))[1]] == [(OTHER, REVIEWED)]


def test_a_workbook_that_does_not_open_is_put_by_as_damaged(out: Path) -> None:
    (out / AGENT).write_bytes((out / AGENT).read_bytes()[:-4])
    done = CliRunner().invoke(report_command, [str(out)], standalone_mode=False)
    assert "1 workbook that did not open put by in scorecards/damaged" in done.output
    assert [path.name[:3] for path in (out / "scorecards/damaged").iterdir()] == ["一号-"]
    assert not (out / "scorecards/reviewed").exists()
    assert verify(str(out))[1] == []


def test_everything_that_can_be_found_has_its_words() -> None:
    harm = {MISSING, DAMAGED, PENDING, STRAY, FOREIGN, UNFINISHED, UNOPENED, SURPLUS, ALTERED}
    assert {*SAID} == harm | {*HARMLESS}
    assert {*HARMLESS} == {REVIEWED, SAVED, CHANGED, APART, OLD}
