"""What file names say about calls: a regular expression with named groups, in RE2.

    (?P<agent>[0-9]+)_(?P<direction>in|out)_(?P<date>[0-9-]+)

The groups are named as columns of tables are. The pattern is searched in the name with its
folders and without its suffix; in the whole name, if it does not fit there.
"""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import re2

from qa_checker import lazy_re
from qa_checker.readers.headers import field_of

LONGEST = 1000
NEAR = 0.8
NAMES = (
    "call_id", "agent", "queue", "started_at", "date", "language", "channel", "direction",
    "duration",
)  # fmt: skip
DAY = lazy_re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[T_-]?([0-9]{2})([0-9]{2})([0-9]{2})?)?$")
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
    told = found.groupdict() if found else {}
    return {key: _dated(key, value) for key, value in told.items() if value}


def misnamed(pattern: str) -> list[str]:
    """Return a note on every group whose name is nearly, but not quite, one of ours."""
    notes = []
    for group in name_pattern(pattern).groupindex:
        near = get_close_matches(group.lower(), NAMES, 1, NEAR)
        if near and near[0] != group.lower() and not field_of(group):
            notes.append(f'the file name pattern has a group "{group}": did you mean "{near[0]}"?')
    return notes


def _dated(key: str, value: str) -> str:
    """Return a date of digits alone as dates are written: 20240501 is 2024-05-01."""
    match = DAY.match(value)
    if match is None or field_of(key) != "started_at":
        return value
    try:
        moment = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return value
    return moment.isoformat(" ") if match[4] else moment.date().isoformat()
