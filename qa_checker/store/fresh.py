"""Parts of a run that goes on: they stand apart until the manifest lists them.

    OUT/results/.new/part-*.parquet

So who reads all parts of OUT/results finds every call once, also while a run writes and after
one was killed. Tools pass over folders whose names begin with a dot.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from qa_checker.store import parts, places

FOLDER = ".new"


def folder(results: str) -> str:
    """Return where new parts are written."""
    return places.below(results, FOLDER)


def place_of(results: str, name: str) -> str:
    """Return where a part is: in place, or else among the new ones, where it may not be yet."""
    place = places.below(results, name)
    return place if places.exists(place) else places.below(folder(results), name)


def set_apart(results: str, live: Collection[str]) -> None:
    """Move parts that are of no finished run to the new ones. Raises OSError."""
    for name in places.names(results):
        if parts.is_part(name) and name not in live:
            places.move(places.below(results, name), places.below(folder(results), name))


def put_in_place(results: str, live: Collection[str]) -> None:
    """Move new parts that the manifest lists to the others. Raises OSError."""
    for name in places.names(folder(results)):
        place = places.below(results, name)
        if name in live and not places.exists(place):
            places.move(places.below(folder(results), name), place)


def clear(results: str) -> None:
    """Remove the new parts that are left over. Raises OSError."""
    for name in places.names(folder(results)):
        places.remove(places.below(folder(results), name))
    drop_empty(results)


def drop_empty(results: str) -> None:
    """Remove the folder of new parts if there are none; object stores have no empty folders."""
    if not places.is_remote(results):
        with suppress(OSError):
            Path(folder(results)).rmdir()
