"""Paths to bytes: files, folders, patterns, addresses and standard input; each is read or named.

Only regular files are opened, links inside folders are not followed. What people do not
mean when they name a folder is passed over: hidden files, what file managers leave, a
folder's README or LICENSE, and our own output; `X.metadata.json` beside X goes with it.
Everything else is read or set aside with its reason. Names are relative to the folder that
was given.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from functools import partial
from glob import glob
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from qa_checker.readers.files.addresses import fetched_at, listed_at
from qa_checker.readers.files.beside import around, side_cars, with_facts
from qa_checker.readers.files.listed import HEAD, NOT_MEANT
from qa_checker.readers.files.listed import WHOLE as WHOLE
from qa_checker.readers.files.listed import Listed as Listed
from qa_checker.readers.source import SetAside, Source, shown, unreadable
from qa_checker.readers.strict_json import Refusal
from qa_checker.remote import is_remote

MOST_BYTES = 200 * 1024 * 1024  # of a file that has to be read as a whole
SPECIAL = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a symbolic link",
}


def find(*inputs: str | Path, stdin: BinaryIO | None = None) -> Iterator[Source | SetAside]:
    """Yield the bytes of every file of the inputs, in the order of sorted names.

    An input is a file, a folder (with all folders in it), a pattern (`calls/*.json`), each also
    at an address (`s3://bucket/calls`), or "-" for `stdin`. Only `name` and `data` of a
    Source are set, and `reopen` if `data` is the beginning of a file larger than WHOLE.
    """
    for one in inputs:
        if os.fspath(one) == "-" and stdin is not None:
            yield from _standard_input(stdin)
        else:
            yield from map(fetched, listed(one))


def listed(*inputs: str | Path) -> Iterator[Listed | SetAside]:
    """Yield every file of the inputs without opening it, in the order of sorted names."""
    for one in inputs:
        text = os.fspath(one)
        if is_remote(text):
            yield from listed_at(text)
        elif is_folder(text):
            yield from _folder(Path(text))
        elif not os.path.lexists(text) and any(c in text for c in "*?["):
            yield from _pattern(text)
        else:
            yield Listed(text, shown(Path(text).name), follow=True)


def fetched(found: Listed | SetAside) -> Source | SetAside:
    """Return the bytes of a listed file, of a large one its beginning."""
    if isinstance(found, SetAside):
        return found
    if is_remote(found.path):
        return fetched_at(found)
    return _file(Path(found.path), found.name, follow=found.follow)


def is_folder(path: str) -> bool:
    """Tell whether a path is a folder; one that cannot be asked about is none."""
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _standard_input(stream: BinaryIO) -> Iterator[Source]:
    """Yield what comes in; more than WHOLE is put into a file, to be read more than once."""
    data = stream.read(WHOLE + 1)
    if len(data) <= WHOLE:
        yield Source("-", data)
        return
    with NamedTemporaryFile(prefix="qa_checker-") as file:
        file.write(data)
        shutil.copyfileobj(stream, file)
        file.flush()
        yield Source("-", data[:HEAD], reopen=partial(open_regular, Path(file.name)))


def _pattern(text: str) -> Iterator[Listed | SetAside]:
    matches = sorted(glob(text, recursive=True))  # noqa: PTH207 (patterns may be absolute)
    if not matches:
        yield SetAside(shown(text), "no file matches", "check the pattern")
    beside = side_cars(matches)
    for match in matches:
        if Path(match).is_dir():
            if "**" not in text:
                yield from _folder(Path(match))
        elif match not in beside:
            yield Listed(match, shown(Path(match).name))


def _folder(root: Path) -> Iterator[Listed]:
    for path in _walk(root):
        yield Listed(str(path), shown(path.relative_to(root).as_posix()))


def _walk(root: Path) -> Iterator[Path]:
    """Yield what a folder holds, sorted, however deep; links are not entered."""
    left = [(root, True)]
    while left:
        path, folder = left.pop()
        if folder:
            try:
                left += reversed(_within(path))
                continue
            except OSError:
                pass  # what is wrong is said when it is read
        yield path


def _within(folder: Path) -> list[tuple[Path, bool]]:
    """Return what is meant of a folder, sorted, and whether it is a folder. Raises OSError."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    beside, found = side_cars(entry.name for entry in entries), []
    for entry in entries:
        path = folder / entry.name
        if NOT_MEANT.match(entry.name) or entry.name in beside:
            continue
        inner = entry.is_dir(follow_symlinks=False)
        if not (inner and is_output(path)):
            found.append((path, inner))
    return found


def is_output(folder: Path) -> bool:
    """Tell whether a folder is one we write to: workbooks, or the results of a run.

    One that cannot be asked about, so deep that names in it are too long, is none.
    """
    results = folder / "results"
    try:
        if (results / "_manifest.json").is_file() or (results / ".lock").is_file():
            return True
        return (folder / "summary.xlsx").is_file() and (folder / "scorecards").is_dir()
    except OSError:
        return False


def _file(path: Path, name: str, *, follow: bool) -> Source | SetAside:
    try:
        with open_regular(path, follow=follow) as file:
            if os.fstat(file.fileno()).st_size <= WHOLE:
                return _with_side_car(Source(name, read_all(file)), path)
            reopen = partial(open_regular, path, follow=follow)
            return _with_side_car(Source(name, file.read(HEAD), reopen=reopen), path)
    except Refusal as refusal:
        return SetAside(name, refusal.reason, refusal.help)
    except OSError as error:
        return unreadable(name, error)
    except ValueError:
        return SetAside(name, "cannot be opened: a name no file can have", "check the path")


def _with_side_car(source: Source, path: Path) -> Source:
    for name in around(path.name):
        try:
            data = read_bytes(path.with_name(name), follow=False)
        except (OSError, Refusal):
            continue
        return with_facts(source, name, data)
    return source


def read_bytes(path: Path, *, follow: bool = True) -> bytes:
    """Return the bytes of a regular file. Raises Refusal or OSError."""
    with open_regular(path, follow=follow) as file:
        return read_all(file)


def open_regular(path: Path, *, follow: bool = True) -> BinaryIO:
    """Open a regular file for its bytes. Raises Refusal or OSError."""
    kind = stat.S_IFMT((path.stat() if follow else path.lstat()).st_mode)
    if kind != stat.S_IFREG:
        raise Refusal(f"{SPECIAL.get(kind, 'not a file')}: skipped", "give the file itself")
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    return open(os.open(path, flags), "rb")  # noqa: PTH123


def read_all(file: BinaryIO) -> bytes:
    """Return the rest of a file. Raises Refusal if it is too much to hold."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Refusal(f"larger than {most} MB", "split it into several files")
    return data
