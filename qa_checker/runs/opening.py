"""What a shard is made of, opened: bytes with their digest, and the calls in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from qa_checker.call import Call
from qa_checker.readers import calls_of, calls_within
from qa_checker.readers.inputs import fetched
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.stretches import within
from qa_checker.remote import is_remote
from qa_checker.runs.shards import Piece
from qa_checker.store.keys import digest, digest_of
from qa_checker.store.parts import Input

AT_ONCE = 32
"""Files of an address that are asked for at a time."""


def all_opened(pieces: Sequence[Piece]) -> list[tuple[Input, Source | SetAside]]:
    """Return what there is to read of some pieces; many at once where most of it is waiting."""
    if not any(is_remote(piece.file.path) for piece in pieces):
        return [opened(piece) for piece in pieces]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(opened, pieces))


def opened(piece: Piece) -> tuple[Input, Source | SetAside]:
    """Return a piece by the digest of its bytes, and what there is to read of it."""
    source, name, stretch = fetched(piece.file), piece.file.name, piece.stretch
    try:
        if isinstance(source, SetAside):
            return Input(name, digest_of(source.reason)), source
        if stretch is not None:
            part = within(source, stretch)
            found = digest_of(digest(part.data), stretch.first_line)
            return Input(name, found, stretch.offset, stretch.length), part
        return Input(name, digest_of(content_of(source), dict(source.beside), source.notes)), source
    except OSError as error:
        gone = SetAside(name, f"cannot be opened: {error.strerror}", "check the path")
        return Input(name, digest_of(gone.reason)), gone


def content_of(source: Source) -> str:
    """Return the digest of all bytes of a file. Raises OSError."""
    if source.reopen is None:
        return digest(source.data)
    found = hashlib.blake2b(digest_size=16)
    with source.reopen() as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def read(source: Source | SetAside, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls of a source, of a stretch those of its lines."""
    if isinstance(source, SetAside):
        yield source
    elif source.stretch:
        yield from calls_within(source, options)
    else:
        yield from calls_of(source, options)
