"""An object store, or a file system like HDFS, in memory: it fails when a disk says so.

Files of it stand at faulty://. Large ones go there block by block, as fsspec's own buffered
files do: closing one sends what is left, also after an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import fsspec
from faults import READING, Disk
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile

KIND = "faulty"
BLOCK = 1000


class Upload(AbstractBufferedFile):
    """A file on its way."""

    def _initiate_upload(self) -> None:
        self.sent = b""

    def _upload_chunk(self, final: bool = False) -> bool:
        self.fs.meet("write", self.path)
        self.sent += self.buffer.getvalue()
        if final and self.autocommit:
            self.commit()
        return True

    def commit(self) -> None:
        """Let it be there."""
        MemoryFileSystem.pipe_file(self.fs, self.path, self.sent)


class Store(MemoryFileSystem):
    """The store; `disk` is what its operations are met by."""

    protocol = KIND
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    disk: ClassVar[Disk] = Disk(Path("/"))

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(MemoryFileSystem._strip_protocol(path.removeprefix(f"{KIND}://")))

    def meet(self, operation: str, path: str) -> None:
        """Count an operation. Raise OSError if it is one that fails."""
        self.disk.meet(operation, path)

    def _open(self, path: str, mode: str = "rb", autocommit: bool = True, **more: Any) -> Any:
        if mode != "wb" or "data" in more:
            return super()._open(path, mode, autocommit=autocommit, **more)
        return Upload(self, path, mode, block_size=BLOCK, autocommit=autocommit)

    def pipe_file(self, path: str, value: bytes, **more: Any) -> None:
        """Put a whole file there at once."""
        self.meet("write", path)
        super().pipe_file(path, value)

    def cat_file(self, path: str, *more: Any, **words: Any) -> bytes:
        """Read a file, or a range of it."""
        self.meet(READING, path)
        return bytes(super().cat_file(path, *more, **words))

    def cp_file(self, path1: str, path2: str, **more: Any) -> None:
        """Copy a file, at once."""
        self.meet("write", path2)
        super().cp_file(path1, path2)

    def mv(self, path1: str, path2: str, **more: Any) -> None:
        """Rename a file, in one step."""
        self.meet("rename", path1)
        self.store[path2] = self.store.pop(path1)

    def rm_file(self, path: str) -> None:
        """Remove a file."""
        self.meet("unlink", path)
        super()._rm(path)

    def files(self) -> dict[str, bytes]:
        """Return all that it holds by path."""
        return {path: file.getvalue() for path, file in sorted(self.store.items())}

    def hold(self, files: dict[str, bytes]) -> None:
        """Let it hold these files and no others."""
        self.store.clear()
        for path, data in files.items():
            super().pipe_file(path, data)


fsspec.register_implementation(KIND, Store, clobber=True)
