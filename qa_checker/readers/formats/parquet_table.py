"""Parquet, one row a turn or one row a call; needs `pip install 'qa_checker[parquet]'`.

Columns as in CSV. A column `turns` that holds the turns of a call as a list makes each row
a call of our own form (`readers/exported/records.py`). Read in batches, whatever the size.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, count
from operator import methodcaller
from typing import Any, TypeVar

from qa_checker.call import Call
from qa_checker.readers.exported.records import call_of, is_call
from qa_checker.readers.files.magic import PARQUET
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.blocks import table_of
from qa_checker.readers.tabular.rows import calls
from qa_checker.readers.tabular.tables import Again, Row

TITLE = "Parquet, a row a turn or a row a call"
UNIT = "column"
STREAMS = True
BATCH = 1024
T = TypeVar("T")


def sniff(source: Source, options: Options) -> float:
    """Return 1 for the four bytes every Parquet file begins with."""
    return 1.0 if source.data.startswith(PARQUET) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls. Raises Refusal if the file is broken or pyarrow is not there."""
    if "turns" in _names(source):
        yield from _own(source, options)
        return
    rows = Again(partial(_rows, source))
    found = table_of(rows, options)
    yield from calls(found, options, source.name, default=source.stem)


def _names(source: Source) -> list[str]:
    with _opened(source) as file:
        return list(file.schema_arrow.names)


def _rows(source: Source) -> Iterator[Row]:
    """Yield the header as row 0, then the rows; what is nested is left empty."""
    with _opened(source) as file:
        yield Row(0, list(file.schema_arrow.names))
        yield from map(Row, count(1), chain.from_iterable(_batches(file, _cells)))


def _cells(batch: Any) -> list[tuple[object, ...]]:
    """Return the cells of each row; of a column without gaps they are taken out at once."""
    return list(zip(*map(_values, batch.columns), strict=True))


def _values(column: Any) -> list[object]:
    from pyarrow import types

    kind = column.type
    if types.is_nested(kind):
        return [None] * len(column)
    plain = types.is_string(kind) or types.is_large_string(kind) or types.is_float64(kind)
    if plain and not column.null_count:
        return list(column.to_numpy(zero_copy_only=False).tolist())
    return list(column.to_pylist())


def _own(source: Source, options: Options) -> Iterator[Call | SetAside]:
    with _opened(source) as file:
        for number, record in enumerate(_records(file), 1):
            try:
                if not is_call(record):
                    raise Refusal("no turns with a text", "write turns as role and text")
                yield call_of(record, options, number)
            except Refusal as refusal:
                yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)


def _records(file: Any) -> Iterator[dict[str, Any]]:
    return chain.from_iterable(_batches(file, methodcaller("to_pylist")))


def _batches(file: Any, taken: Callable[[Any], list[T]]) -> Iterator[list[T]]:
    try:
        yield from map(taken, file.iter_batches(batch_size=BATCH))
    except (OSError, ValueError) as error:
        if _of_the_system(error):
            raise
        raise _broken() from error


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        help = "pip install 'qa_checker[parquet]', or save it as CSV"
        raise Refusal("a Parquet file, and pyarrow is not installed", help) from None
    with source.reopen() if source.reopen is not None else io.BytesIO(source.data) as stream:
        try:
            file = ParquetFile(stream)
        except (OSError, ValueError) as error:  # pyarrow's own errors are kinds of these
            if _of_the_system(error):
                raise
            raise _broken() from error
        with file:
            yield file


def _of_the_system(error: Exception) -> bool:
    """Tell whether the file could not be read, which says nothing of what is in it."""
    return isinstance(error, OSError) and error.errno is not None


def _broken() -> Refusal:
    return Refusal("a broken Parquet file", "export the file again")
