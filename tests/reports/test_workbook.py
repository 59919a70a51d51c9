"""A workbook is written whole or not at all, and equal contents give equal bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from cards import ASIDE, misses, run, sentence
from openpyxl import load_workbook

from qa_checker import atomic
from qa_checker.reports import held, sheet, write
from qa_checker.reports.cells import Link, text
from qa_checker.reports.sheet import Column, Sheet, place
from qa_checker.reports.workbook import save

HERE = Path(__file__).parent
WRITE = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from cards import ASIDE, misses, run, sentence
from qa_checker.reports import held, write
write(Path(sys.argv[2]), held(run()), ASIDE, "", sentence, misses)
"""


class Full:
    """A file on a disk that is full after so many writes."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self.file, self.left = file, left

    def write(self, data: bytes) -> int:
        """Write, while there is room."""
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.file.write(data)

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self.file, name)


def digests(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_a_second_run_gives_the_same_bytes_wherever_it_runs(tmp_path: Path) -> None:
    places = [("0", "UTC"), ("1", "Asia/Shanghai"), ("77", "America/Lima")]
    for number, (seed, zone) in enumerate(places):
        place = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(HERE.parents[1])}
        command = [sys.executable, "-c", WRITE, str(HERE), str(tmp_path / str(number))]
        subprocess.run(command, check=True, env={**os.environ, **place})
    first = digests(tmp_path / "0")
    assert len(first) == 4
    assert digests(tmp_path / "1") == digests(tmp_path / "2") == first


def save_with_room_for(writes: int, target: Path, patched: pytest.MonkeyPatch) -> str:
    """Save a workbook on a disk that is full after some writes; return what went wrong."""
    opened = Path.open
    patched.setattr(Path, "open", lambda path, mode: Full(opened(path, mode), writes))
    patched.setattr(atomic.os, "fsync", lambda _: None)
    try:
        save(target, [Sheet("01 A", [Column("x")], [[text("new")]])], "zh")
    except OSError as error:
        return str(error)
    return ""


def test_writing_fails_at_every_write_in_turn_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "test.xlsx"
    save(target, [Sheet("01 A", [Column("x")], [[text("old")]])], "zh")
    old, failures = target.read_bytes(), 0
    while True:
        with monkeypatch.context() as patched:
            error = save_with_room_for(failures, target, patched)
        if not error:
            break
        failures += 1
        assert error == (
            "[Errno 28] could not write test.xlsx: No space left on device; "
            "what was there before is unchanged"
        )
        assert target.read_bytes() == old
        assert [path.name for path in tmp_path.iterdir()] == ["test.xlsx"]
    assert failures > 20
    assert load_workbook(target).active["A4"].value == "new"


@pytest.mark.parametrize("step", ["fsync", "replace", "rows"])
def test_a_step_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "test.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    def rows() -> object:
        yield [text("a")]
        if step == "rows":
            raise ValueError("stop")

    if step == "fsync":
        monkeypatch.setattr(atomic.os, "fsync", fail)
    elif step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((OSError, ValueError)):
        save(target, [Sheet("01 A", [Column("x")], rows())], "zh")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["test.xlsx"]


def test_lxml_running_out_of_room_is_an_os_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    def fail(*_: object) -> None:
        raise SerialisationError("IO_ENOSPC")

    monkeypatch.setattr(Workbook, "save", fail)
    with pytest.raises(OSError, match=r"could not write test\.xlsx: no room for temporary files"):
        save(tmp_path / "test.xlsx", [Sheet("01 A", [Column("x")], [])], "zh")
    assert list(tmp_path.iterdir()) == []


def test_the_zip_is_in_order_and_without_times(tmp_path: Path) -> None:
    write(tmp_path, held(run()), ASIDE, "en", sentence, misses)
    with zipfile.ZipFile(tmp_path / "summary.xlsx") as archive:
        names = archive.namelist()
        assert names == ["[Content_Types].xml", *sorted(set(names) - {"[Content_Types].xml"})]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_rows_that_do_not_fit_go_on_in_a_next_sheet(tmp_path: Path) -> None:
    rows = ([text(f"row {number}")] for number in range(25))
    save(tmp_path / "test.xlsx", [Sheet("01 A", [Column("x")], rows)], "zh", limit=13)
    book = load_workbook(tmp_path / "test.xlsx")
    assert book.sheetnames == ["01 A", "01 A (2)", "01 A (3)"]
    assert [sheet.max_row for sheet in book] == [13, 13, 8]
    for number in range(25):
        part, row = place(number, 13)
        assert book.worksheets[part].cell(row, 1).value == f"row {number}"
    assert [sheet["A3"].value for sheet in book] == ["x"] * 3


def test_links_stop_where_excel_would_complain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "LINKS", 5)
    rows = [[text("a", "link", Link("01 A", 4))] for _ in range(8)]
    made = Sheet("01 A", [Column("x")], rows, hint="all linked", dropped="no more links")
    save(tmp_path / "test.xlsx", [made], "zh")
    read = load_workbook(tmp_path / "test.xlsx").active
    assert [bool(read.cell(row, 1).hyperlink) for row in range(4, 12)] == [True] * 5 + [False] * 3
    assert read["A2"].value == "no more links"
