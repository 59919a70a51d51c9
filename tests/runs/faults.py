"""A disk that fails when it is told to: the real files below a folder, by way of a shim.

While `failing` is open, everything in Python that opens, writes, reads, renames or removes a
file below the folder goes through it. That includes what pyarrow, zipfile and openpyxl do with
files that are opened here. Each operation is counted; one of them, or all from one on, fails as
a system call does: a write that finds no space has written half of what it had.
"""

from __future__ import annotations

import builtins
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

BLOCK = 32 * 1024
"""Bytes that one call reads or writes at most, so that a file takes several."""

OPEN, OPEN_NUMBER, FSYNC = io.open, os.open, os.fsync
READING, WRITING = "open to read", "open to write"
BY_PATH = {"rename": "replace", "mkdir": "mkdir", "unlink": "unlink"}
"""Operations, and the functions of `os` that do them."""


@dataclass
class Disk:
    """What is met below a folder: the number `at`, from 1, of an operation fails.

    `code` is the error, `lasting` lets all fail that follow. `instead` is called with the path
    at that moment, and nothing fails. `met` counts all operations by name.
    """

    folder: Path
    operation: str = ""
    at: int = 0
    code: int = 0
    lasting: bool = False
    instead: Callable[[Path], object] | None = None
    met: Counter[str] = field(default_factory=Counter)
    numbers: dict[int, Path] = field(default_factory=dict)

    def holds(self, path: object) -> bool:
        """Tell whether something that is opened is a path below the folder."""
        return isinstance(path, str | os.PathLike) and Path(path).is_relative_to(self.folder)

    def meet(self, operation: str, path: object, *named: str) -> None:
        """Count an operation. Raise OSError, with what is `named`, if it is one that fails."""
        self.met[operation] += 1
        count = self.met[operation]
        if operation != self.operation or count < self.at or (count > self.at and not self.lasting):
            return
        if self.instead is None:
            raise OSError(self.code, os.strerror(self.code), *named)
        self.instead(Path(str(path)))

    @property
    def reached(self) -> bool:
        """Tell whether what was to fail was met."""
        return self.met[self.operation] >= self.at


class File(io.FileIO):
    """A file of a failing disk: a block at a time goes in or out."""

    def __init__(self, disk: Disk, path: Any, mode: str, opener: Any = None) -> None:
        super().__init__(path, mode, opener=opener)
        self.disk, self.path = disk, disk.numbers.get(path, path)

    def write(self, data: Any) -> int:
        """Write a block; of one that fails, half is written."""
        block = memoryview(data).cast("B")[:BLOCK]
        try:
            self.disk.meet("write", self.path)
        except OSError:
            super().write(block[: len(block) // 2])
            raise
        return super().write(block)

    def readinto(self, buffer: Any) -> int:
        """Read a block."""
        self.disk.meet("read", self.path)
        return super().readinto(memoryview(buffer).cast("B")[:BLOCK]) or 0

    def readall(self) -> bytes:
        """Read all that is left, block by block."""
        block, found = bytearray(BLOCK), b""
        while count := self.readinto(block):
            found += block[:count]
        return found


def opened(disk: Disk, path: Any, mode: str, buffering: int, words: dict[str, Any]) -> Any:
    """Open a file of a disk as `open` does."""
    if not isinstance(path, int):
        disk.meet(READING if mode.strip("bt") == "r" else WRITING, path, str(path))
    raw = File(disk, path, mode.replace("b", "").replace("t", ""), words.get("opener"))
    if buffering == 0:
        return raw
    if "+" in mode:
        file: Any = io.BufferedRandom(raw, BLOCK)
    else:
        file = (io.BufferedReader if "r" in mode else io.BufferedWriter)(raw, BLOCK)
    named = {name: words[name] for name in ("encoding", "errors", "newline") if name in words}
    return file if "b" in mode else io.TextIOWrapper(file, **named)


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Let what is done below the folder of a disk go through it."""

    def open_file(path: Any, mode: str = "r", buffering: int = -1, *more: Any, **words: Any) -> Any:
        if disk.holds(path) or (isinstance(path, int) and path in disk.numbers):
            words |= zip(("encoding", "errors", "newline"), more, strict=False)
            return opened(disk, path, mode, buffering, words)
        return OPEN(path, mode, buffering, *more, **words)

    def open_number(path: Any, flags: int, *more: Any, **words: Any) -> int:
        if disk.holds(path) and not flags & (os.O_WRONLY | os.O_RDWR):
            disk.meet(READING, path, str(path))
        number = OPEN_NUMBER(path, flags, *more, **words)
        disk.numbers.pop(number, None)
        if disk.holds(path):
            disk.numbers[number] = Path(path)
        return number

    def fsync(number: int) -> None:
        disk.meet("fsync", number)
        FSYNC(number)

    with ExitStack() as patches:
        for module, name, ours in (
            (io, "open", open_file),
            (builtins, "open", open_file),
            (os, "open", open_number),
            (os, "fsync", fsync),
            *((os, name, met_by_path(disk, said, name)) for said, name in BY_PATH.items()),
        ):
            patches.enter_context(patch.object(module, name, ours))
        yield disk


def met_by_path(disk: Disk, operation: str, name: str) -> Callable[..., Any]:
    """Return a function of `os` that a disk meets if its path is below the folder."""
    real = getattr(os, name)

    def call(path: Any, *more: Any, **words: Any) -> Any:
        if disk.holds(path):
            disk.meet(operation, path, str(path))
        return real(path, *more, **words)

    return call
