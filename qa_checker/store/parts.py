"""A part: some rows in one Parquet file, and what they were made of.

Its name says what it was made of, so that whoever would make it again sees that it is
there. What was set aside, and the inputs, stand in the file's own metadata. A part is
written beside its place and renamed: what has its name is whole. Equal rows give equal bytes.
"""

from __future__ import annotations

import io
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from qa_checker.problem import BadInput
from qa_checker.store import places
from qa_checker.store.columns import values
from qa_checker.store.keys import digest_of
from qa_checker.store.rows import Row, table
from qa_checker.store.schema import VERSION, schema

GROUP, TURNS = 1024, 20_000
"""Rows of a row group, and turns in them: whoever writes or reads one holds all of it.

Each of its columns is compressed on its own, which costs time.
"""

BATCH = 128
"""Rows that are written as Python objects at a time."""

READ = 64
"""Rows that are read at a time."""

OFTEN = ("role", "kind", "name", "phrase", "verdict")
"""Fields that a dictionary makes smaller; with others, compression does as much in less time."""

SOUGHT = ["call_id", "source", "agent", "queue", "started_at", "score", "band", "rule"]
"""Columns by which rows are sought: only they get statistics."""

PREFIX, SUFFIX, ABOUT = "part-", ".parquet", b"qa_checker.about"


class Input(msgspec.Struct, frozen=True):
    """A file by the digest of its bytes, or `length` bytes of it from `offset`."""

    name: str
    digest: str
    offset: int = 0
    length: int | None = None


class Refused(msgspec.Struct, frozen=True):
    """What was set aside: where, why, what would help, and its line."""

    source: str
    reason: str
    help: str = ""
    line: int | None = None


class Counts(msgspec.Struct):
    """What became of calls: every call that was read is judged or skipped.

    `scores` counts scores as shown, `reasons` the verdicts na by their reason, `rules` the
    calls of each rubric.
    """

    judged: int = 0
    skipped: int = 0
    unscored: int = 0
    scores: dict[str, int] = {}
    bands: dict[str, int] = {}
    reasons: dict[str, int] = {}
    rules: dict[str, int] = {}


class About(msgspec.Struct):
    """What a part was made of, what of it was set aside, and what came out."""

    inputs: list[Input]
    aside: list[Refused]
    counts: Counts
    schema: int = VERSION


class Kept(NamedTuple):
    """A row that an earlier part holds already: number `place` of a table."""

    table: pa.Table
    place: int


def name_of(*made_of: object) -> str:
    """Return the name of a part that is made of some plain values."""
    return f"{PREFIX}{digest_of(VERSION, *made_of)}{SUFFIX}"


def is_part(name: str) -> bool:
    """Tell whether a file's name is that of a part."""
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def write(place: str, rows: Iterable[Row | Kept], about: About) -> None:
    """Write a part; `about` is written last, so `rows` may fill it. Raises OSError."""
    with (
        places.writing(place) as file,
        pq.ParquetWriter(
            file,
            schema(),
            compression="zstd",
            use_dictionary=repeating(),
            write_statistics=SOUGHT,
        ) as writer,
    ):
        for group in groups(map(together, batches(iter(rows)))):
            whole = pa.concat_tables(group).combine_chunks()
            group.clear()  # or all of it is held twice
            writer.write_table(whole, row_group_size=GROUP)
            del whole
        writer.add_key_value_metadata({ABOUT: msgspec.json.encode(about)})
    give_back()


@cache
def repeating() -> list[str]:
    """Return the columns, by their paths in Parquet, of whose values a dictionary pays."""
    memory = io.BytesIO()
    pq.write_table(table(()), memory)
    leaves = pq.ParquetFile(memory).schema
    return [leaf.path for leaf in leaves if leaf.name in OFTEN]


def groups(tables: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    """Yield tables by the row group that they make together."""
    group, turns = list[pa.Table](), 0
    for one in tables:
        group.append(one)
        turns += sum(values(one.column("turns")))
        if turns >= TURNS or len(group) * BATCH >= GROUP:
            yield group
            group, turns = [], 0
    if group:
        yield group


def batches(rows: Iterator[Row | Kept]) -> Iterator[list[Row | Kept]]:
    """Yield rows a few at a time; none of them is held while the next are made."""
    for first in rows:
        yield [first, *islice(rows, BATCH - 1)]


def together(group: Sequence[Row | Kept]) -> pa.Table:
    """Return new rows and kept ones as one table."""
    tables = []
    for kept, run in groupby(group, lambda one: isinstance(one, Kept)):
        if kept:
            tables += [one.table.slice(one.place, 1) for one in run]  # type: ignore[union-attr]
        else:
            tables.append(table(list(run)))  # type: ignore[arg-type]
    return pa.concat_tables(tables).combine_chunks()


def about(place: str) -> About:
    """Return what a part was made of. Raises BadInput if it is no part of this version."""
    try:
        with places.opened(place) as file:
            metadata: Mapping[bytes, bytes] = pq.read_metadata(file).metadata or {}
        found = msgspec.json.decode(metadata[ABOUT], type=About)
    except (OSError, KeyError, pa.ArrowException, msgspec.MsgspecError) as error:
        raise broken(place, error) from error
    if found.schema != VERSION:
        raise BadInput(f"{place}: written by another version of qa_checker; audit again")
    return found


def tables(place: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of a part, a few at a time. Raises BadInput."""
    try:
        with places.opened(place) as file:
            reader = pq.ParquetFile(file)
            for number in range(reader.num_row_groups):
                yield from a_few(reader.read_row_group(number, columns=columns))
                give_back()
    except (OSError, pa.ArrowException) as error:
        raise broken(place, error) from error


def some(
    place: str, wanted: Sequence[int], columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """Yield those rows of a part whose numbers, from 0 and ascending, are wanted.

    Raises BadInput.
    """
    try:
        with places.opened(place) as file:
            reader, start = pq.ParquetFile(file), 0
            for number in range(reader.num_row_groups):
                end = start + reader.metadata.row_group(number).num_rows
                here = wanted[bisect_left(wanted, start) : bisect_left(wanted, end)]
                if here:
                    group = reader.read_row_group(number, columns=columns)
                    if len(here) < end - start:
                        group = group.take(indices([one - start for one in here]))
                    yield from a_few(group)
                    del group
                    give_back()
                start = end
    except (OSError, pa.ArrowException) as error:
        raise broken(place, error) from error


def a_few(group: pa.Table) -> Iterator[pa.Table]:
    """Yield the rows of a table a few at a time: as Python objects they need far more memory."""
    for start in range(0, group.num_rows, READ):
        yield group.slice(start, READ)


def give_back() -> None:
    """Let go of the memory that Arrow keeps for the next table: tens of megabytes."""
    pa.default_memory_pool().release_unused()


def indices(numbers: Sequence[int]) -> pa.Array:
    """Return numbers of rows for Arrow, which would load pandas to look at a list."""
    held = pa.py_buffer(array("q", numbers))
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, held])


def broken(place: str, error: Exception) -> BadInput:
    """Return the error of a part that cannot be read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else "not a whole part"
    return BadInput(f"{place}: {why}; run audit again with the same OUT")
