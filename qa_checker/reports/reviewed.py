"""Workbooks that people wrote in: left where nothing else has changed, else put by.

Each is written anew beside its place. If that gives the bytes that were written there before
people came, they go on in theirs; if not, theirs is kept in a folder and the new one takes
its place. One that does not open is put by apart: nobody can tell what was in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker import lazy_re
from qa_checker.atomic import replacing, unwritten
from qa_checker.reports.words import messages
from qa_checker.reports.zipped import is_whole

REVIEWED, DAMAGED = "reviewed", "damaged"
LEFT = "left"
DIGITS = (8, 16, 64)  # of the hash in a name; more where another file has the name
NAME = lazy_re.compile(r".+-[0-9a-f]{8,64}\.xlsx")
PART = lazy_re.compile(r" \(\d+\)$")  # of the title of a sheet that goes on


def put(path: Path, ours: str, write: Callable[[Path], object]) -> str:
    """Have a workbook written, and return what became of the one that was there.

    LEFT, REVIEWED or DAMAGED, "" if there is nothing to tell. `ours` is the SHA-256 of what
    was written there, "" if that is not known. Raises OSError.
    """
    fate = fate_of(path, ours)
    if fate != REVIEWED or not ours:
        keep(path, fate)
        write(path)
        return fate
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(beside)
        if digest_of(beside) == ours:
            return LEFT
        keep(path, fate)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return fate


def fate_of(path: Path, ours: str = "") -> str:
    """Return where a workbook has to be kept before it may be replaced, "" for nowhere.

    A workbook that is, byte for byte, `ours` need not be read. One that opens and is not known
    to be ours is kept with those that people wrote in. Raises OSError.
    """
    if not path.is_file() or untouched(path, ours):
        return ""
    with path.open("rb") as file:
        if not is_whole(file):
            return DAMAGED
    return REVIEWED if written_in(path) else ""


def keep(path: Path, fate: str) -> None:
    """Copy a workbook to the folder of its fate, if it has one.

    Equal bytes are kept once, and nothing that is kept is ever overwritten. Raises OSError if
    it cannot be read or copied.
    """
    if not fate:
        return
    try:
        place = free_place(path, path.parent / fate)
        if not place.exists():
            with path.open("rb") as old, replacing(place) as file:
                shutil.copyfileobj(old, file, 1 << 20)
    except OSError as error:
        raise unwritten(path, error) from error


def kept_in(folder: Path) -> list[str]:
    """Return the workbooks that were kept, in this run or before: folder and name of each."""
    return [
        f"{fate}/{file.name}"
        for fate in (REVIEWED, DAMAGED)
        for file in sorted((folder / fate).glob("*.xlsx"))
        if NAME.fullmatch(file.name)
    ]


def free_place(path: Path, folder: Path) -> Path:
    """Return where to keep a workbook: a name that is free or has the same bytes."""
    digest = digest_of(path)
    places = [folder / f"{path.stem}-{digest[:n]}{path.suffix}" for n in DIGITS]
    for place in places:
        if not place.exists() or digest_of(place) == digest:
            return place
    raise FileExistsError(f"{places[-1].name} is there with other contents")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def untouched(path: Path, ours: str) -> bool:
    """Tell whether a workbook is, byte for byte, what was written there."""
    try:
        return bool(ours) and digest_of(path) == ours
    except OSError:
        return False


def written_in(path: Path) -> bool:
    """Tell whether people wrote verdicts or notes in a workbook, or it cannot be read as ours."""
    titles = {messages()["sheet.agent.items"][language] for language in ("zh", "en")}
    try:
        with path.open("rb") as file, catch_warnings():
            simplefilter("ignore")  # of styles that no one asks for
            book = load_workbook(file, read_only=True)
            sheets = [one for one in book.worksheets if PART.sub("", one.title) in titles]
            return not sheets or any(map(filled, sheets))
    except Exception:  # openpyxl raises whatever the broken XML made it raise
        return True


def filled(sheet: Worksheet) -> bool:
    """Tell whether a cell in the columns of people is filled, or there are no such columns."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a program wrote down may be too small
    rows = sheet.iter_rows(values_only=True)
    columns = next((found for row in rows if len(found := columns_of_people(row)) == 2), None)
    return columns is None or any(said(row, columns) for row in rows)


def columns_of_people(row: tuple[object, ...]) -> list[int]:
    """Return where the columns of people are, if this is the row of titles."""
    titles = [{*messages()[f"column.{name}"].values()} for name in ("human", "note")]
    return [row.index(one) for some in titles for one in row if one in some]


def said(row: tuple[object, ...], columns: list[int]) -> bool:
    """Tell whether one of some cells of a row has anything in it."""
    return any(str(row[n]).strip() for n in columns if n < len(row) and row[n] is not None)
