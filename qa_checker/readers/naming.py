"""What file names say about calls: a regular expression with named groups, in RE2.

    (?P<agent>[0-9]+)_(?P<direction>in|out)_(?P<date>[0-9-]+)

The groups are named as columns of tables are. The pattern is searched in the whole name,
folders included.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

LONGEST = 1000


@lru_cache(maxsize=8)
def name_pattern(text: str) -> Any:
    """Return the compiled pattern. Raises ValueError that says what is wrong with it."""
    options = re2.Options()
    options.log_errors = False
    try:
        made = re2.compile(text, options) if len(text) <= LONGEST else None
    except re2.error as error:
        said = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise ValueError(f"filename pattern: {said}") from None
    if made is None or not made.groupindex:
        what = "too long" if made is None else "it names no group, e.g. (?P<agent>[0-9]+)"
        raise ValueError(f"filename pattern: {what}")
    return made


def told_by_name(pattern: str, name: str) -> dict[str, str]:
    """Return what the groups of a pattern hold in a file's name; nothing if it does not fit."""
    found = name_pattern(pattern).search(name) if pattern else None
    return {key: value for key, value in found.groupdict().items() if value} if found else {}
