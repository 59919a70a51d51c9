"""One labelled turn as data, and what can be wrong with it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import ROLES, UNKNOWN, Segment
from qa_checker.problem import BadInput
from qa_checker.readers.strict_json import Refusal, parse

LANGUAGES = ("", "zh", "en")
NO_TEXT = "no text (--gold-map text=COLUMN names the column)"
MOST_LINES = 20
POINT_ZERO = lazy_re.compile(r"(?<=\d)\.0+$")
"""What spreadsheets add to whole numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled turn: where it stands in its dialogue, what was said, and its label.

    `segment.line` is the row's line in the file, `before` what was said before it, nearest
    last; `label` is "" where there is none.
    """

    id: str
    source: str
    language: str
    dialogue: str
    index: int
    segment: Segment
    before: tuple[Segment, ...]
    label: str


@dataclass
class Mistakes:
    """What is wrong with a file of labelled turns, and on which lines."""

    path: str
    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def raise_any(self) -> None:
        """Raise BadInput with all of it, if there is any."""
        if not self.lines:
            return
        bad = sorted({line for lines in self.lines.values() for line in lines})
        number = f"{len(bad)} rows are wrong" if len(bad) > 1 else "a row is wrong"
        head = f"{self.path}: nothing was counted, {number} 标注数据有误，未作统计"
        parts = [f"  {reason}: {some_lines(lines)}" for reason, lines in self.lines.items()]
        raise BadInput("\n".join([head, *parts]))


def some_lines(lines: list[int]) -> str:
    """Name some lines, the first of many."""
    named = ", ".join(map(str, lines[:MOST_LINES]))
    rest = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"line{'s' * (len(lines) > 1)} {named}{rest}"


def row(
    line: int, given: Mapping[str, Any], path: Path, seen: defaultdict[tuple[str, str], int]
) -> Row:
    """Make a row of what a file says. ValueError says what is wrong with it.

    `seen` counts the rows of each dialogue, which number those without a turn_index.
    """
    source = as_text(given["source"]) or path.name.partition(".")[0]
    dialogue = as_text(given["dialogue_id"]) or f"line {line}"
    index = as_whole(given["turn_index"])
    place = seen[source, dialogue] if index is None else index
    seen[source, dialogue] = place + 1
    language = as_text(given["language"]).replace("_", "-").partition("-")[0].lower()
    if language not in LANGUAGES:
        raise ValueError("language is neither zh nor en")
    return Row(
        id=as_text(given["id"]) or str(line),
        source=source,
        language=language,
        dialogue=dialogue,
        index=place,
        segment=segment(given, line),
        before=tuple(segment(each, None) for each in previous(given["previous_turns"])),
        label=as_label(given["label"]),
    )


def segment(given: Mapping[str, Any], line: int | None) -> Segment:
    """Make a segment. ValueError if there is no text, or a role or time is none."""
    text = given.get("text")
    if not isinstance(text, str):
        raise ValueError(NO_TEXT if line else "previous_turns holds a turn without text")
    role = as_text(given.get("role")).lower() or UNKNOWN
    if role not in ROLES:
        raise ValueError(f'role "{role}" is none of {", ".join(ROLES)} (--gold-map role:{role}=…)')
    start, end = as_seconds(given.get("start")), as_seconds(given.get("end"))
    return Segment(role, text, as_text(given.get("speaker")), start, end, line)


def previous(value: object) -> list[dict[str, Any]]:
    """Return what was said before a row; a cell of a table holds it as JSON."""
    try:
        turns = parse(value) if isinstance(value, str) and value.strip() else value or []
    except Refusal:
        turns = None
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("previous_turns is not a list of {role, text}")
    return turns


def as_text(value: object) -> str:
    """Return a value as text, "" for none."""
    return "" if value is None else str(value).strip()


def as_label(value: object) -> str:
    """Return a label as text: true and 1.0 are 1. ValueError if it is a list or an object."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list | dict):
        raise ValueError("the label is not a word or a whole number")
    return POINT_ZERO.sub("", as_text(value))


def as_whole(value: object) -> int | None:
    """Return a whole number, None for none."""
    written = POINT_ZERO.sub("", as_text(value))
    try:
        return int(written) if written else None
    except ValueError:
        raise ValueError("turn_index is not a whole number") from None


def as_seconds(value: object) -> float | None:
    """Return seconds, None for none."""
    written = as_text(value)
    try:
        seconds = float(written) if written else None
    except ValueError:
        raise ValueError("start or end is not a number of seconds") from None
    if seconds is not None and not math.isfinite(seconds):
        raise ValueError("start or end is not a number of seconds")
    return seconds
