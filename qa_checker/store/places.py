"""Where parts stand: a folder of this machine, or any other that fsspec knows (s3://, oss://, hdfs://).

A place is text: a path, or an address with `://` in it. Other places need the extra
`qa_checker[remote]` and the package of their kind (s3fs, ossfs, gcsfs ...).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from qa_checker.atomic import replacing
from qa_checker.problem import BadInput

IN_MEMORY = 32 * 1024 * 1024  # of a part on its way to another place


def is_remote(place: str) -> bool:
    """Tell whether a place is none of this machine's folders."""
    return "://" in place


def below(place: str, name: str) -> str:
    """Return a name in a folder."""
    return f"{place.rstrip('/')}/{name}" if is_remote(place) else str(Path(place) / name)


@cache
def filesystem(kind: str) -> Any:
    """Return the file system of a kind of address. Raises BadInput if it is not installed."""
    try:
        import fsspec
    except ImportError:
        raise BadInput(f"{kind}:// needs fsspec: pip install 'qa_checker[remote]'") from None
    try:
        return fsspec.filesystem(kind)
    except (ImportError, ValueError) as error:
        raise BadInput(f"{kind}://: {error}") from None


def of(place: str) -> Any:
    """Return the file system of an address."""
    return filesystem(place.partition("://")[0])


def exists(place: str) -> bool:
    """Tell whether a file is there."""
    return bool(of(place).exists(place)) if is_remote(place) else Path(place).is_file()


def names(place: str) -> list[str]:
    """Return the names in a folder, sorted; none if there is no such folder."""
    if not is_remote(place):
        folder = Path(place)
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    try:
        found = of(place).ls(place, detail=False, refresh=True)
    except FileNotFoundError:
        return []
    return sorted(name.rstrip("/").rpartition("/")[2] for name in found)


def remove(place: str) -> None:
    """Remove a file; one that is gone already is no mistake."""
    if not is_remote(place):
        Path(place).unlink(missing_ok=True)
    elif exists(place):
        of(place).rm_file(place)


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """Open a file to read. Raises OSError."""
    with (
        cast(BinaryIO, of(place).open(place, "rb"))
        if is_remote(place)
        else Path(place).open("rb") as file
    ):
        yield file


def content(place: str) -> bytes:
    """Return the bytes of a file. Raises OSError."""
    with opened(place) as file:
        return file.read()


@contextmanager
def writing(place: str) -> Iterator[BinaryIO]:
    """Open a file that is there as a whole once it is closed, or not at all. Raises OSError."""
    if not is_remote(place):
        with replacing(Path(place)) as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as beside:
        yield cast(BinaryIO, beside)
        beside.seek(0)
        # an object appears when its upload is complete
        with of(place).open(place, "wb") as target:
            shutil.copyfileobj(beside, target, 1 << 20)
