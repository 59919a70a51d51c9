"""Where parts stand: a folder of this machine, or an address (s3://, oss://, hdfs://).

A place is text: a path, or an address with `://` in it (remote.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qa_checker import remote
from qa_checker.atomic import replacing
from qa_checker.remote import is_remote as is_remote


def below(place: str, name: str) -> str:
    """Return a name in a folder."""
    return f"{place.rstrip('/')}/{name}" if is_remote(place) else str(Path(place) / name)


def exists(place: str) -> bool:
    """Tell whether a file is there. Raises OSError if nobody can tell."""
    return remote.exists(place) if is_remote(place) else Path(place).is_file()


def names(place: str) -> list[str]:
    """Return the names in a folder, sorted; none if there is no such folder."""
    if not is_remote(place):
        folder = Path(place)
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    try:
        return [one.name for one in remote.entries(place)]
    except FileNotFoundError:
        return []


def remove(place: str) -> None:
    """Remove a file; one that is gone already is no mistake. Raises OSError."""
    if is_remote(place):
        remote.remove(place)
    else:
        Path(place).unlink(missing_ok=True)


def move(place: str, to: str) -> None:
    """Give a file a free place in another folder, which is made if need be. Raises OSError."""
    if is_remote(place):
        remote.move(place, to)
        return
    Path(to).parent.mkdir(parents=True, exist_ok=True)
    Path(place).replace(to)


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """Open a file to read. Raises OSError with its place, also where it fails half-way."""
    try:
        # a part is small: one request for all of it is quicker than one for each column
        with io.BytesIO(content(place)) if is_remote(place) else Path(place).open("rb") as file:
            yield file
    except OSError as error:
        if error.filename is None and error.strerror is not None:
            raise OSError(error.errno, error.strerror, place) from error
        raise


def content(place: str) -> bytes:
    """Return the bytes of a file. Raises OSError."""
    if is_remote(place):
        return remote.content(place)
    with opened(place) as file:
        return file.read()


@contextmanager
def writing(place: str) -> Iterator[BinaryIO]:
    """Open a file that is there as a whole once it is closed, or not at all. Raises OSError."""
    with remote.writing(place) if is_remote(place) else replacing(Path(place)) as file:
        yield file
