"""Tables over all of Unicode: what takes long to work out is kept in the user's cache folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from qa_checker import cache

LAST = 0x323B0
"""The code point behind the last one of which a table says anything of its own."""
T = TypeVar("T", bound=np.generic)


def worked_out(name: str, make: Callable[[], bytes]) -> bytes:
    """Return some bytes by name: those that were kept for this program, else made now."""
    folder = cache.folder("tables")
    key = cache.digest([cache.program(), unicodedata.unidata_version])
    place = folder / f"{name}-{key[:16]}" if folder is not None else None
    return cache.worked_out(place, key, make)


def table(
    name: str, start: npt.NDArray[T], fill: Callable[[npt.NDArray[T]], Any]
) -> npt.NDArray[T]:
    """Return a table that begins as `start` and that `fill` changes below LAST."""

    def make() -> bytes:
        fill(start)
        return start[:LAST].tobytes()

    start[:LAST] = np.frombuffer(worked_out(name, make), dtype=start.dtype)
    return start
