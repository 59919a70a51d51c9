"""The lexicon as the plain contenders read it, and text as they compare it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.rulebook import LEXICON
from qa_checker.call import Turn

GAP = re.compile(r" ?<0-(\d+)> ?")
HARD = re.compile(r"[。？！；]|[.?!;](?![0-9])")
UNIT = re.compile(r"[a-z0-9]+(?:[.,'][a-z0-9]+)*|[^\W_]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: literal phrases, and phrases with a gap as (head, most units, tail)."""

    name: str
    role: str
    negation: str
    phrases: tuple[str, ...]
    gaps: tuple[tuple[str, int, str], ...]


Span = tuple[int, int, int]
"""Turn, start, end: characters of the turn as compared."""
Found = dict[str, list[Span]]
"""Hits by entry, in the order of the call."""


def entries(rubric: Path) -> Iterator[Entry]:
    """Yield the entries of the lexicon beside a rubric."""
    text = (rubric.parent / LEXICON).read_text(encoding="utf-8")
    for entry in yaml.load(text, Loader=yaml.CSafeLoader)["entries"]:
        written = entry["phrases"]
        yield Entry(
            name=entry["id"],
            role=entry["role"],
            negation=entry["negation"],
            phrases=tuple(each for each in written if not GAP.search(each)),
            gaps=tuple(gap(each) for each in written if GAP.search(each)),
        )


def gap(written: str) -> tuple[str, int, str]:
    """Split a phrase with a gap."""
    head, most, tail = GAP.split(written)
    return head, int(most), tail


def compared(turn: Turn, language: str) -> str:
    """Return a turn's text as it is compared: no spaces in Chinese, lower case in English.

    The generated calls are in Simplified Chinese and know no full-width letters, so that
    the plain contenders are spared the rest.
    """
    text = turn.text.lower()
    return text.replace(" ", "") if language == "zh" else text


def leftmost_longest(spans: Sequence[Span]) -> list[Span]:
    """Return hits in order; of those that overlap the first, and of these the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], s[1], -s[2])):
        if not kept or span[:2] >= (kept[-1][0], kept[-1][2]):
            kept.append(span)
    return kept


def fits(text: str, start: int, end: int, most: int) -> bool:
    """Tell whether a gap holds at most so many units and no end of a sentence."""
    between = text[start:end]
    return not HARD.search(between) and len(UNIT.findall(between)) <= most
