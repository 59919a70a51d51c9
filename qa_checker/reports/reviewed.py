"""Workbooks that people wrote in are put by before a new run takes their place."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker import lazy_re
from qa_checker.atomic import replacing, unwritten
from qa_checker.reports.words import messages

REVIEWED = "reviewed"
DIGITS = (8, 16, 64)  # of the hash in a name; more where another file has the name
NAME = lazy_re.compile(r".+-[0-9a-f]{8,64}\.xlsx")
PART = lazy_re.compile(r" \(\d+\)$")  # of the title of a sheet that goes on


def keep_reviewed(path: Path, ours: str = "") -> None:
    """Copy a workbook to the folder beside it if people wrote in it; it may then be replaced.

    `ours` is the SHA-256 of what was written there, if that is known: a workbook that has it
    still need not be read. One that is not known to be ours is kept too. Equal bytes are kept
    once, and nothing that is kept is ever overwritten. Raises OSError if it cannot be read or
    copied.
    """
    if not path.is_file() or untouched(path, ours) or not written_in(path):
        return
    try:
        place = free_place(path)
        if not place.exists():
            with path.open("rb") as old, replacing(place) as file:
                shutil.copyfileobj(old, file, 1 << 20)
    except OSError as error:
        raise unwritten(path, error) from error


def kept_in(folder: Path) -> list[str]:
    """Return the names of the workbooks that were kept, in this run or before."""
    files = (folder / REVIEWED).glob("*.xlsx")
    return sorted(file.name for file in files if NAME.fullmatch(file.name))


def free_place(path: Path) -> Path:
    """Return where to keep a workbook: a name that is free or has the same bytes."""
    digest = digest_of(path)
    places = [path.parent / REVIEWED / f"{path.stem}-{digest[:n]}{path.suffix}" for n in DIGITS]
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
