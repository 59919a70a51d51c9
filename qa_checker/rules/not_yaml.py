"""What people meant by a line that is not YAML, and what to do about it.

The YAML library says what its grammar missed, and often one line too late. Here the usual
slips are told by what they look like: a dash or a colon without its space, a line without
a colon, a colon inside a text, an indent that fits no line above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from qa_checker import lazy_re

DASH = lazy_re.compile(r"( *)-([^\W\d][\w ]*:(?: |$))")
TIGHT = lazy_re.compile(r"(?:- | )*([a-z_]+):([^\s\"'{\[/:][^:]*)$")
VALUE = lazy_re.compile(r"((?:- | )*([^\s:#\"'{\[]+): +)(\S.*)$")
KEY = lazy_re.compile(r"(?:- | )*[a-z_]+:(?: |$)")
HEAD = lazy_re.compile(r"((?:- +| )*)([^\s:#]+)")
Told = tuple[str, str, int, int]
"""What is wrong, what to do, line and column."""


def slip(error: yaml.MarkedYAMLError, rows: Sequence[str], line: int, column: int) -> Told | None:
    """Return the slip behind an error of the YAML library, None if it looks like none.

    `line` and `column` are where the library stopped, from 1.
    """
    above = before(rows, line)
    problem = str(error.problem)
    if problem == "could not find expected ':'" and error.context_mark:
        begun = error.context_mark.line + 1
        return tight(rows, begun) or no_colon(rows, begun)
    if error.context == "while scanning a quoted scalar" and error.context_mark:
        at = error.context_mark
        return "this quote is never closed", "close it, or delete it", at.line + 1, at.column + 1
    for near in (line, above):
        found = DASH.match(row(rows, near))
        if found:
            help = f"write - {found[2].strip()} …"
            return "no space after the dash", help, near, len(found[1]) + 1
    if problem.startswith("mapping values"):
        return tight(rows, above) or inner_colon(rows, line, column) or indent(rows, line)
    if "',' or '" in problem and error.context_mark:
        return never_closed(rows, error.context_mark, problem[-2], line)
    if problem.startswith("did not find expected") and not row(rows, line)[: column - 1].strip():
        return indent(rows, line)
    return None


def row(rows: Sequence[str], line: int) -> str:
    """Return a row, the first being 1; an empty one where there is none."""
    return rows[line - 1] if 0 < line <= len(rows) else ""


def before(rows: Sequence[str], line: int) -> int:
    """Return the nearest line above that says something, 0 if there is none."""
    said = (at for at in range(line - 1, 0, -1) if not row(rows, at).lstrip().startswith("#"))
    return next((at for at in said if row(rows, at).strip()), 0)


def no_colon(rows: Sequence[str], line: int) -> Told | None:
    """Tell of a line in which a key has no colon."""
    text = row(rows, line)
    if ":" in text or "：" in text:
        return None
    column = len(text) - len(text.lstrip()) + 1
    return "this line has no colon", "write a key, a colon and a space: key: …", line, column


def tight(rows: Sequence[str], line: int) -> Told | None:
    """Tell of a key whose colon has no space after it."""
    found = TIGHT.match(row(rows, line))
    if not found:
        return None
    help = f"write {found[1]}: {found[2].strip()}"
    return "no space after the colon", help, line, found.end(1) + 1


def inner_colon(rows: Sequence[str], line: int, column: int) -> Told | None:
    """Tell of a value with a colon in it that is not quoted."""
    found = VALUE.match(row(rows, line))
    if not found or found.end(1) >= column:
        return None
    help = f"quote the text: {found[2]}: '{found[3].strip()}'"
    return "a colon inside a text that is not quoted", help, line, column


def never_closed(rows: Sequence[str], opened: Any, bracket: str, line: int) -> Told | None:
    """Tell of a bracket that is open still where a key of another line, or nothing, comes."""
    if line == opened.line + 1 or not (row(rows, line) == "" or KEY.match(row(rows, line))):
        return None
    return "this bracket is never closed", f"add {bracket}", opened.line + 1, opened.column + 1


def indent(rows: Sequence[str], line: int) -> Told | None:
    """Tell of a line that begins neither where the line above does nor at a deeper level."""
    item = row(rows, line).lstrip().startswith("-")
    above = before(rows, line)
    while item and above and not row(rows, above).lstrip().startswith("-"):
        above = before(rows, above)
    found = HEAD.match(row(rows, above))
    if not found:
        return None
    spaces = len(found[1]) - len(found[1].lstrip()) if item else len(found[1])
    column = len(row(rows, line)) - len(row(rows, line).lstrip()) + 1
    if spaces + 1 == column:
        return None
    under = "the dash" if item else f'"{found[2]}"'
    help = f"begin it at column {spaces + 1} like {under} in line {above}, or like one further up"
    return "the indent of this line fits no line above", help, line, column
