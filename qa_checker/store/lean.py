"""pyarrow without pandas: it would import it for its first array, if it is installed.

That takes 40 MB and as long as storing a thousand calls, and nothing here is pandas' own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pyarrow as pa


class Hidden(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Raise ModuleNotFoundError for pandas, and leave the others to who comes next."""
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


def without_pandas() -> None:
    """Let pyarrow find out that there is no pandas, for as long as nobody asks it for one.

    From then on `pa.array` does not know a Series of pandas. Where pandas is
    imported already nothing is gained, and nothing is done.
    """
    if "pandas" in sys.modules:
        return
    hidden = Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array(())
    finally:
        sys.meta_path.remove(hidden)
