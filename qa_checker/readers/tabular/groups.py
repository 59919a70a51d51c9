"""Rows of one call brought together, in the order in which the calls begin.

A table that is held is grouped in memory. Of a large one each run of rows is a call; if the
rows of some call do not stand together, all of them are put on disk first and read from there.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter

from qa_checker.readers.tabular.tables import Row

Keyed = tuple[str, Row]


def grouped(keyed: Callable[[], Iterator[Keyed]], large: bool) -> Iterator[tuple[str, list[Row]]]:
    """Yield each key with its rows; `keyed` starts anew with every call."""
    if not large:
        yield from _in_memory(keyed())
    elif scattered(map(itemgetter(0), keyed())):
        yield from _on_disk(keyed())
    else:
        for key, rows in groupby(keyed(), itemgetter(0)):
            yield key, [row for _, row in rows]


def scattered(keys: Iterable[str]) -> bool:
    """Tell whether a key comes back after another one; only hashes are kept."""
    seen: set[int] = set()
    for key, _ in groupby(keys):
        if hash(key) in seen:
            return True
        seen.add(hash(key))
    return False


def _in_memory(keyed: Iterable[Keyed]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {"": []}
    for key, row in keyed:
        groups.setdefault(key, []).append(row)
    yield from ((key, rows) for key, rows in groups.items() if rows)


def _on_disk(keyed: Iterable[Keyed]) -> Iterator[tuple[str, list[Row]]]:
    places: dict[str, int] = {}
    with closing(sqlite3.connect("")) as base:  # a file of its own, gone when it is closed
        base.execute("CREATE TABLE rows (place INTEGER, row BLOB)")
        base.executemany(
            "INSERT INTO rows VALUES (?, ?)",
            ((places.setdefault(key, len(places)), pickle.dumps(row)) for key, row in keyed),
        )
        base.execute("CREATE INDEX by_place ON rows (place)")
        for key, place in places.items():
            found = base.execute("SELECT row FROM rows WHERE place = ? ORDER BY rowid", (place,))
            yield key, [pickle.loads(row) for (row,) in found]
