"""Where workbooks are written: in OUT, or for an address in a copy of it that goes there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_checker import remote
from qa_checker.store import places
from qa_checker.store.keys import digest

SUFFIX = ".xlsx"
FOLDERS = ("", "scorecards", "scorecards/reviewed", "scorecards/damaged")
"""Where OUT holds workbooks; those of the run before count, people may have written in them."""


@contextmanager
def folder_for(out: str) -> Iterator[Path]:
    """Yield a folder for the workbooks of OUT; what changes in it is in OUT afterwards.

    Raises OSError.
    """
    if not remote.is_remote(out):
        yield Path(out)
        return
    with TemporaryDirectory(prefix="qa_checker-") as copy:
        folder = Path(copy)
        before = {name: placed(out, name, folder) for name in names(out)}
        yield folder
        for path in sorted(folder.rglob(f"*{SUFFIX}")):
            name, data = path.relative_to(folder).as_posix(), path.read_bytes()
            if before.get(name) != digest(data):
                with places.writing(places.below(out, name)) as file:
                    file.write(data)


def names(out: str) -> Iterator[str]:
    """Yield the names of the workbooks that are in OUT."""
    for folder in FOLDERS:
        place = places.below(out, folder) if folder else out
        found = [name for name in places.names(place) if name.endswith(SUFFIX)]
        yield from (f"{folder}/{name}".lstrip("/") for name in found)


def placed(out: str, name: str, folder: Path) -> str:
    """Copy a workbook of OUT to a folder; return the digest of its bytes."""
    data, path = places.content(places.below(out, name)), folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return digest(data)
