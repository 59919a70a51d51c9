r"""JSON as people and scripts leave it: with comments, trailing commas, in a string, in a row.

    // exported by …          {"turns": […],}          "{\"turns\": […]}"          {…}{…}
    [{'text': '…', 'spk': None}]                      as Python prints an answer

The strict reading comes first (`strict_json.py`); what it cannot take is tried once more here,
and the call says so. Keys that are there twice or broken values stay broken.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from dataclasses import replace

from qa_checker import lazy_re
from qa_checker.readers.source import Source, split_lines
from qa_checker.readers.strict_json import NOT_JSON, Refusal, document, parse

MOST = 32 * 1024 * 1024  # characters of a text that is tried again
PRINTED = 4 * 1024 * 1024  # characters of Python, whose tree is much larger than its text
STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
COMMENT = lazy_re.compile(rf"({STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
COMMA = lazy_re.compile(rf"({STRING})|,(?=\s*[}}\]])", re.DOTALL)
QUOTED = lazy_re.compile(r"[\s\[{]+'")
SCAN = json.JSONDecoder().raw_decode
BLANK = lazy_re.compile(r"\s*")
INSIDE = 3  # how deep JSON may be in strings


def tolerant(source: Source) -> Source:
    """Return the source with text that is JSON where it nearly was, and a note; else as it is."""
    start = source.text.lstrip()[:2]
    if start[:1] not in ('"', "{", "[", "/") or len(source.text) > MOST:
        return source
    if start[:1] == '"':
        return _unpacked(source)
    if start in ("//", "/*") or (isinstance(source.document, Refusal) and not _is_lines(source)):
        return _without_extras(source) or _one_a_line(source) or _printed(source) or source
    return source


def _is_lines(source: Source) -> bool:
    """Tell by the first line whether it is JSON lines, which their own formats read."""
    first = next((row for row in source.lines if row.strip()), "")
    found = document(first)
    return found is not NOT_JSON and not isinstance(found, Refusal)


def _unpacked(source: Source) -> Source:
    """Read JSON that was encoded twice."""
    text: object = source.text
    for _ in range(INSIDE):
        try:
            text = parse(text) if isinstance(text, str) else text
        except Refusal:
            return source
        if isinstance(text, str) and text.lstrip()[:1] in ("{", "["):
            return _told(source, text, "JSON inside a JSON string was read")
    return source


def _without_extras(source: Source) -> Source | None:
    plain = COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), source.text)
    plain = COMMA.sub(lambda found: found[1] or "", plain)
    if plain == source.text:
        return None
    try:
        found = parse(plain)
    except Refusal:
        return None
    note = "comments or trailing commas in the JSON passed over"
    return _told(source, plain, note) if isinstance(found, dict | list) else None


def _one_a_line(source: Source) -> Source | None:
    """Put objects that follow each other without lines of their own on a line each."""
    text, place, rows = source.text.strip(), 0, list[str]()
    while place < len(text):
        try:
            end = SCAN(text, place)[1]
        except (ValueError, RecursionError):
            return None
        rows.append(text[place:end])
        gap = BLANK.match(text, end)
        place = gap.end() if gap is not None else end
    if len(rows) < 2 or not all(row.startswith("{") for row in rows):
        return None
    lines = "\n".join(" ".join(split_lines(row)) for row in rows)
    return _told(source, lines, "several JSON objects one after the other: read as one a line")


def _printed(source: Source) -> Source | None:
    """Read lists and dictionaries as Python prints them: their first key is in single quotes."""
    if len(source.text) > PRINTED or not QUOTED.match(source.text):
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # of backslashes that stand for nothing
            found = ast.literal_eval(source.text.strip())
        text = json.dumps(found, ensure_ascii=False)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    told = isinstance(found, dict | list)
    return _told(source, text, "printed by Python, not JSON: read as it is meant") if told else None


def _told(source: Source, text: str, note: str) -> Source:
    return replace(source, text=text, notes=(*source.notes, note))
