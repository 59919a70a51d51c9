"""Stretches of a large file of JSON lines, so that several processes can read it at once.

A stretch begins where a line begins and ends where one ends; it knows the number of its first
line. Read one after the other they give what the file as a whole gives. They become shorter
towards the end of the file, so that all processes end at about the same time; how long they
are is a matter of the file alone, whoever reads it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from qa_checker.readers.files.inputs import WHOLE
from qa_checker.readers.files.large import beginning
from qa_checker.readers.formats import recognise
from qa_checker.readers.source import Options, Source

FORMAT, ENCODING = "jsonl_calls", "utf-8"
CHUNK = 1 << 20
SHARE, LEAST = 4, 2 << 20
"""A stretch is this part of what is left, but no fewer bytes than LEAST."""


class Stretch(NamedTuple):
    """`length` bytes from `offset`, the first of them in line `first_line`."""

    offset: int
    length: int
    first_line: int


def stretches(source: Source, options: Options, size: int, each: int = WHOLE) -> list[Stretch]:
    """Return the stretches of a large file of `size` bytes; none if it has to be one.

    None is longer than about `each` bytes. Goes over the whole file once, to find and count its
    lines. Raises OSError.
    """
    first = beginning(source) if source.reopen is not None else None
    if first is None or first.notes or first.encoding != ENCODING or first.declared:
        return []
    if recognise(first, options) != FORMAT:
        return []
    return list(_cut(source, size, each))


def _cut(source: Source, size: int, most: int) -> Iterator[Stretch]:
    assert source.reopen is not None
    start = end = 0  # of the stretch, in bytes
    first_line = line = 1
    each = _length(size, most)
    with source.reopen() as file:
        while chunk := file.read(CHUNK):
            cut = chunk.find(b"\n", max(0, start + each - end - 1)) + 1
            while start + each <= end + len(chunk) and cut:
                line += _lines(chunk[:cut])
                yield Stretch(start, end + cut - start, first_line)
                end, chunk = end + cut, chunk[cut:]
                start, first_line = end, line
                each = _length(size - start, most)
                cut = chunk.find(b"\n", each - 1) + 1
            line += _lines(chunk)
            end += len(chunk)
    if end > start:
        yield Stretch(start, end - start, first_line)


def _lines(data: bytes) -> int:
    # bytes.count looks at one byte after the other, which takes four times as long
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("\n")))


def _length(left: int, most: int) -> int:
    return min(most, max(LEAST, left // SHARE))


def within(source: Source, stretch: Stretch) -> Source:
    """Return a stretch of a file as a source of its own. Raises OSError."""
    data = source.data[stretch.offset : stretch.offset + stretch.length]
    if source.reopen is not None:
        with source.reopen() as file:
            file.seek(stretch.offset)
            data = file.read(stretch.length)
    return replace(
        source,
        data=data,
        encoding=ENCODING,
        reopen=partial(io.BytesIO, data),
        stretch=True,
        first_line=stretch.first_line,
    )
