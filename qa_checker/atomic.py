"""Write a file beside its place and put it there in one step, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` once all of it is on the disk.

    On any error the old file stays as it was and nothing is left beside it. Raises
    OSError in plain words where the disk or the folder is the reason.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # another machine that shares the folder may have a process of the same number
    beside = path.with_name(f".{path.name}.{os.getpid()}-{token_hex(4)}.tmp")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def unwritten(path: Path, error: OSError) -> OSError:
    """Return the error as one sentence about the file people asked for."""
    reason = error.strerror or str(error)
    there = os.path.lexists(path)
    before = "what was there before is unchanged" if there else "nothing is left half-written"
    text = f"could not write {path.name}: {reason}; {before}"
    return OSError(error.errno or errno.EIO, text)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
