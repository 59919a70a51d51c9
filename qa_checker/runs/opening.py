"""What a shard is made of, opened: bytes with their digest, and the calls in them."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from qa_checker.call import Call
from qa_checker.readers import calls_of, calls_within
from qa_checker.readers.files.inputs import Listed, fetched
from qa_checker.readers.source import Options, SetAside, Source, unreadable
from qa_checker.readers.stretches import within
from qa_checker.remote import entry, is_remote
from qa_checker.runs.shards import Piece
from qa_checker.store.keys import digest, digest_of
from qa_checker.store.parts import Input

AT_ONCE = 32
"""Files of an address that are asked for at a time."""

CHANGED, LATER = "changed while it was read", "run audit again once all of it is there"

Opened = tuple[Input, Source | SetAside]


def all_opened(pieces: Sequence[Piece]) -> list[Opened]:
    """Return what there is to read of some pieces; many at once where most of it is waiting."""
    if not any(is_remote(piece.file.path) for piece in pieces):
        return [opened(piece) for piece in pieces]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(opened, pieces))


def opened(piece: Piece) -> Opened:
    """Return a piece by the digest of its bytes, and what there is to read of it."""
    source, name, stretch = fetched(piece.file), piece.file.name, piece.stretch
    try:
        if isinstance(source, SetAside):
            return Input(name, digest_of(source.reason)), source
        if stretch is not None:
            part = within(source, stretch)
            found = digest_of(digest(part.data), stretch.first_line)
            return Input(name, found, stretch.offset, stretch.length), part
        if source.reopen is not None:
            source = replace(source, reopen=steady(source.reopen, piece.file))
        return Input(name, digest_of(content_of(source), dict(source.beside), source.notes)), source
    except OSError as error:
        return closed(name, error)


def without(every: Sequence[Opened], gone: Gone) -> list[Opened]:
    """Return what there is to read, less what cannot be read any more."""
    name, error = gone.source.name, gone.error
    return [closed(name, error) if each[1] is gone.source else each for each in every]


def closed(name: str, error: OSError) -> Opened:
    """Return a piece that cannot be read; its digest is that of the reason."""
    changed = error.errno == errno.ESTALE
    found = SetAside(name, CHANGED, LATER) if changed else unreadable(name, error)
    return Input(name, digest_of(found.reason)), found


def steady(reopen: Callable[[], BinaryIO], file: Listed) -> Callable[[], BinaryIO]:
    """Return what opens a large file as long as it is what it is now, and raises OSError then."""
    before = state(file)

    def reopened() -> BinaryIO:
        if state(file) != before:
            raise OSError(errno.ESTALE, CHANGED)
        return reopen()

    return reopened


def state(file: Listed) -> tuple[int, float]:
    """Return the size of a file and when it was last changed. Raises OSError."""
    if is_remote(file.path):
        found = entry(file.path)
        return found.size, found.changed
    known = Path(file.path).stat(follow_symlinks=file.follow)
    return known.st_size, known.st_mtime_ns


def content_of(source: Source) -> str:
    """Return the digest of all bytes of a file. Raises OSError."""
    if source.reopen is None:
        return digest(source.data)
    found = hashlib.blake2b(digest_size=16)
    with source.reopen() as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


class Gone(Exception):
    """A source that could be opened cannot be read any more; `error` says why."""

    def __init__(self, source: Source, error: OSError) -> None:
        super().__init__(source.name, error)
        self.source, self.error = source, error


def read(source: Source | SetAside, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls of a source, of a stretch those of its lines. Raises Gone."""
    if isinstance(source, SetAside):
        yield source
        return
    try:
        yield from (calls_within if source.stretch else calls_of)(source, options)
        if source.reopen is not None and not source.stretch:
            source.reopen().close()  # nothing has changed until the end
    except OSError as error:
        raise Gone(source, error) from error
