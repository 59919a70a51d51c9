"""Files that stand at an address: s3://bucket/calls, oss://…, gs://…, hdfs://host/… .

The one module that knows fsspec, which has a package for each kind of place (s3fs, ossfs,
gcsfs …); credentials and endpoints come from the environment, as that package has them. What
goes wrong is raised as OSError with one sentence about the address.
"""

from __future__ import annotations

import errno
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from secrets import token_hex
from typing import Any, BinaryIO, NamedTuple, cast

from qa_checker.problem import BadInput

IN_MEMORY = 32 * 1024 * 1024
"""Bytes of a file on its way to an address that are held, more of them go to the disk."""

AT_ONCE = ("s3", "s3a", "gs", "gcs", "oss", "obs", "cos", "az", "abfs", "abfss", "memory")
"""Kinds of places where a file appears when all of it is there, as object stores have it."""

CHANGED = ("LastModified", "last_modified", "mtime", "updated", "created")
"""What the packages call the time of the last change; created where nothing changes in place."""

NO_ANSWER = ("ConnectionError", "ClientConnectionError", "HTTPClientError", "TimeoutError")
"""What the packages call it when nobody answers."""

MOST_SAID = 200
BLOCK = 1024 * 1024


class Entry(NamedTuple):
    """What a folder holds: an address, bytes and seconds since 1970 of a file (0 if not told)."""

    address: str
    folder: bool
    size: int = 0
    changed: float = 0

    @property
    def name(self) -> str:
        """The last part of the address."""
        return PurePosixPath(self.address).name


def is_remote(place: str) -> bool:
    """Tell whether a place is an address, and none of this machine's paths."""
    return "://" in place


def at(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it.

    Raises BadInput if it has none, OSError if that does not answer.
    """
    kind = address.partition("://")[0]
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BadInput(f"{address} needs fsspec: pip install 'qa_checker[remote]'") from None
    try:
        # what another process has written has to be seen
        system, path = url_to_fs(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise BadInput(f"{address}: no way to {kind}://: {error}") from None
    except OSError as error:
        raise OSError(error.errno or errno.EIO, said(error), address) from error
    return system, str(path)


@contextmanager
def told(address: str) -> Iterator[None]:
    """Raise what goes wrong with an address as OSError in plain words."""
    try:
        yield
    except BadInput:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(errno.ENOENT, "no such bucket, folder or file", address) from None
    except PermissionError as error:
        why = f"not allowed, or no credentials ({said(error)})"
        raise PermissionError(errno.EACCES, why, address) from error
    except Exception as error:  # each package has errors of its own
        if unanswered(error):
            why = f"no answer; check the address, the endpoint and the network ({said(error)})"
            raise OSError(errno.EHOSTUNREACH, why, address) from error
        code = error.errno if isinstance(error, OSError) else None
        raise OSError(code or errno.EIO, said(error), address) from error


def unanswered(error: Exception) -> bool:
    """Tell whether nobody answered at all, by what packages call such errors."""
    return any(kind.__name__ in NO_ANSWER for kind in type(error).__mro__)


def said(error: Exception) -> str:
    """Return what an error says, in one line."""
    told = error.strerror if isinstance(error, OSError) else None
    text = " ".join(str(told or error).split()) or type(error).__name__
    return text if len(text) <= MOST_SAID else text[:MOST_SAID] + "…"


def entry(address: str) -> Entry:
    """Return what stands at an address. Raises OSError if there is nothing."""
    system, path = at(address)
    with told(address):
        return _entry(start(address, path), system.info(path))


def entries(address: str) -> list[Entry]:
    """Return what a folder holds, sorted by name. Raises OSError."""
    system, path = at(address)
    with told(address):
        found = system.ls(path, detail=True)
    # some stores keep an empty object in the name of a folder
    within = [info for info in found if info["name"].rstrip("/") != path.rstrip("/")]
    first = start(address, path)
    return sorted((_entry(first, info) for info in within), key=lambda one: one.name)


def matches(pattern: str) -> list[Entry]:
    """Return the files and folders that a pattern names, sorted by address. Raises OSError."""
    system, path = at(pattern)
    with told(pattern):
        found = system.glob(path, detail=True).values()
    return sorted(_entry(start(pattern, path), info) for info in found)


def exists(address: str) -> bool:
    """Tell whether a file or folder is there. Raises OSError if nobody can tell."""
    try:
        entry(address)
    except FileNotFoundError:
        return False
    return True


def start(address: str, path: str) -> str:
    """Return what stands before the path in an address: s3://, hdfs://host:port."""
    return address.rstrip("/").removesuffix(path.rstrip("/"))


def _entry(first: str, info: dict[str, Any]) -> Entry:
    address = first + info["name"].rstrip("/")
    if info["type"] == "directory":
        return Entry(address, True)
    changed = next(filter(None, (seconds(info.get(name)) for name in CHANGED)), 0.0)
    return Entry(address, False, int(info.get("size") or 0), changed)


def seconds(moment: Any) -> float:
    """Return a moment, as file systems tell it, in seconds since 1970; 0 if it is not told."""
    if hasattr(moment, "timestamp"):
        return float(moment.timestamp())
    return float(moment) if isinstance(moment, int | float) else 0


def content(address: str, start: int | None = None, end: int | None = None) -> bytes:
    """Return the bytes of a file, or those from `start` up to `end`. Raises OSError."""
    system, path = at(address)
    with told(address):
        return bytes(system.cat_file(path, start=start, end=end))


def opened(address: str) -> BinaryIO:
    """Open a file to read here and there. Raises OSError, also later."""
    return cast(BinaryIO, io.BufferedReader(Ranges(address, entry(address).size), BLOCK))


class Ranges(io.RawIOBase):
    """A file at an address, read range by range."""

    def __init__(self, address: str, size: int) -> None:
        self.address, self.size, self.place = address, size, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place on."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence]
        self.place = start + offset
        return self.place

    def tell(self) -> int:
        """Return the place."""
        return self.place

    def readinto(self, buffer: Any) -> int:
        """Read what fits. Raises OSError."""
        end = min(self.size, self.place + len(buffer))
        if end <= self.place:
            return 0
        data = content(self.address, self.place, end)
        buffer[: len(data)] = data
        self.place += len(data)
        return len(data)


@contextmanager
def writing(address: str) -> Iterator[BinaryIO]:
    """Open a file that is there as a whole once it is closed, or not at all. Raises OSError."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as beside:
        yield cast(BinaryIO, beside)
        beside.seek(0)
        system, path = at(address)
        with told(address):
            put(system, path, cast(BinaryIO, beside))


def whole_at_once(system: Any) -> bool:
    """Tell whether a file appears at a store when all of it is there."""
    kinds = [system.protocol] if isinstance(system.protocol, str) else system.protocol
    return any(kind in AT_ONCE for kind in kinds)


def put(system: Any, path: str, file: BinaryIO) -> None:
    """Write what a file holds to a path: all of it, or nothing."""
    if whole_at_once(system):
        send(system, path, file)
        return
    folder, _, name = path.rpartition("/")
    beside = f"{folder}/.{name}.{token_hex(4)}.tmp"
    system.makedirs(folder, exist_ok=True)
    try:
        with system.open(beside, "wb") as target:
            shutil.copyfileobj(file, target, BLOCK)
        exchange(system, beside, path)
    except BaseException:
        with suppress(Exception):
            system.rm_file(beside)
        raise


def send(system: Any, path: str, file: BinaryIO) -> None:
    """Write what a file holds to an object store."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size <= IN_MEMORY:
        system.pipe_file(path, file.read())
        return
    # a file that fails is closed too, and without a transaction what it has so far would be there
    with system.transaction, system.open(path, "wb") as target:
        shutil.copyfileobj(file, target, BLOCK)


def exchange(system: Any, beside: str, path: str) -> None:
    """Give a file the place of another; HDFS does not rename onto a file."""
    old = f"{beside.removesuffix('.tmp')}.old.tmp"
    replaced = system.exists(path)
    if replaced:
        system.mv(path, old)
    try:
        system.mv(beside, path)
    except BaseException:
        if replaced:
            system.mv(old, path)
        raise
    if replaced:
        with suppress(Exception):  # the next run removes it
            system.rm_file(old)


def move(address: str, to: str) -> None:
    """Give a file another address at the same store, where there is none. Raises OSError."""
    system, path = at(address)
    target = at(to)[1]
    with told(address):
        if whole_at_once(system):
            system.cp_file(path, target)
            system.rm_file(path)
        else:
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            system.mv(path, target)


def remove(address: str) -> None:
    """Remove a file; one that is gone already is no mistake. Raises OSError."""
    system, path = at(address)
    try:
        with told(address):
            system.rm_file(path)
    except FileNotFoundError:
        return
