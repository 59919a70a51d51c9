"""One run at a time in a folder: a lock that goes away with its process, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qa_checker.problem import BadInput
from qa_checker.store.places import is_remote

try:
    import fcntl
except ImportError:  # Windows has none; there the folder is not locked
    fcntl = None  # type: ignore[assignment]

FILE = ".lock"


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Hold a folder of results for this process. Raises OSError, BadInput if another one has it."""
    if fcntl is None or is_remote(folder):
        yield
        return
    place = Path(folder) / FILE
    with opened(place) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            who = written_in(file)
            message = f"{folder}: another run (process {who}) is writing here"
            raise BadInput(f"{message}; wait for it, or use another folder") from None
        file.truncate(0)
        try:
            file.write(str(os.getpid()).encode())
        except OSError as error:  # the disk is full, and the system names no file
            raise OSError(error.errno, error.strerror, str(place)) from error
        try:
            yield
        finally:
            file.truncate(0)


def opened(place: Path) -> BinaryIO:
    """Open a lock to write, in a folder that is made if need be. Raises OSError."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("a+b", buffering=0)
    except OSError as error:
        why = f"cannot be written ({error.strerror}); make the folder writable, or use another one"
        raise OSError(error.errno, why, str(place)) from error


def holder(folder: str) -> str:
    """Return the number of the process that holds a folder, "" if none does or nobody can tell."""
    place = Path(folder) / FILE
    if fcntl is None or is_remote(folder) or not place.is_file():
        return ""
    if not place.stat().st_size:  # to try the lock, however shortly, could stop a run that begins
        return ""
    with place.open("rb", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return written_in(file)
    return ""


def written_in(file: BinaryIO) -> str:
    """Return the number of the process that wrote it into a lock."""
    file.seek(0)
    return file.read(20).decode("ascii").strip() or "unknown"
