"""What file names say about calls: a regular expression with named groups, in RE2.

    (?P<agent>[0-9]+)_(?P<direction>in|out)_(?P<date>[0-9-]+)

The groups are named as columns of tables are. The pattern is searched in the name with its
folders and without its suffix; in the whole name, if it does not fit there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from qa_checker import lazy_re

LONGEST = 1000
SUFFIX = lazy_re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")


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
    if not pattern:
        return {}
    made = name_pattern(pattern)
    found = made.search(SUFFIX.sub("", name)) or made.search(name)
    return {key: value for key, value in found.groupdict().items() if value} if found else {}
