"""Workbooks are the same whoever writes them, and a process that dies is told in a word."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from deadly import write_deadly
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from qa_checker import reports
from qa_checker.problem import BadInput
from qa_checker.reports.shares import Share, dealt
from qa_checker.runs import report as reporting
from qa_checker.runs.audit import Asked, audit
from qa_checker.runs.hand_out import handed_out
from qa_checker.runs.report import report

SAMPLES = Path(__file__).parents[2] / "samples"
NOBODY = Share(Path("scorecards"), "", 300, 1000)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run over the samples, of both languages."""
    folder = tmp_path_factory.mktemp("run") / "out"
    audit(Asked((str(SAMPLES),), str(folder)))
    return folder


def contents(out: Path, jobs: int) -> dict[str, bytes]:
    """Return the bytes of the workbooks of a report, in the order in which it names them."""
    written = map(Path, report(str(out), jobs=jobs))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in written}


@pytest.mark.parametrize("details", [300, 1])
def test_processes_write_what_one_writes(
    out: Path, monkeypatch: pytest.MonkeyPatch, details: int
) -> None:
    monkeypatch.setattr(reporting, "write", partial(reports.write, details=details))
    alone = contents(out, 1)
    shutil.rmtree(out / "scorecards")
    together = contents(out, 2)
    assert list(together) == list(alone)
    assert together == alone
    assert len({*alone}) > 5
    labels = load_workbook(out / "summary.xlsx").worksheets[2]["O"]
    assert sum(cell.value is not None for cell in labels) > 5


def test_a_process_that_dies_is_one_message_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "scorecards"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"old")
    share = replace(NOBODY, folder=folder, files={"a": "a.xlsx", "b": "b.xlsx"})
    with (
        pytest.raises(BadInput, match="a process that wrote workbooks died: out of memory, or"),
        handed_out(write_deadly, 2, share, {"a": 1, "b": 1}) as written,
    ):
        list(written)
    assert [path.name for path in folder.iterdir()] == ["a.xlsx"]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 99), max_size=30), st.integers(1, 9))
def test_every_agent_is_dealt_once_and_evenly(sizes: dict[str, int], count: int) -> None:
    parts = dealt(replace(NOBODY, files={agent: agent for agent in sizes}), sizes, count)
    assert Counter(agent for part in parts for agent in part.files) == Counter([*sizes])
    loads = [sum(sizes[agent] for agent in part.files) for part in parts]
    assert len(parts) <= count
    assert not loads or max(loads) - min(loads) <= max(sizes.values()) or len(parts) < count
