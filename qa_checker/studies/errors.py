"""Which misses and false alarms to read first: those that stand for the most others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_checker.studies.dialogues import Quote
from qa_checker.studies.rows import Row


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that nothing found, and how many rows of the same words were missed."""

    row: Row
    times: int


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A row found wrongly: by which words, and how many of the phrase's rows are wrong."""

    row: Row
    quote: Quote
    wrong: int
    found: int


def misses(rows: Sequence[Row], truth: Sequence[bool], found: Mapping[str, Quote]) -> list[Miss]:
    """Return the misses, one for each text: the most frequent first, then the shortest.

    A short turn says little else, so it shows best what is not known.
    """
    missed = [row for row, true in zip(rows, truth, strict=True) if true and row.id not in found]
    times = Counter(row.segment.text for row in missed)
    first = {row.segment.text: row for row in reversed(missed)}
    ranked = sorted(
        first.values(), key=lambda row: (-times[row.segment.text], len(row.segment.text))
    )
    return [Miss(row, times[row.segment.text]) for row in ranked]


def false_alarms(
    rows: Sequence[Row], truth: Sequence[bool], found: Mapping[str, Quote]
) -> list[FalseAlarm]:
    """Return the false alarms: one of each phrase, the phrase with most of them first, and so on
    with the second of each.
    """
    judged = [(row, true) for row, true in zip(rows, truth, strict=True) if row.id in found]
    uses = Counter(found[row.id].phrase for row, _ in judged)
    wrong: defaultdict[str, list[Row]] = defaultdict(list)
    for row, true in judged:
        if not true:
            wrong[found[row.id].phrase].append(row)
    ranked = [
        (place, -len(group), phrase, row)
        for phrase, group in wrong.items()
        for place, row in enumerate(sorted(group, key=lambda row: len(row.segment.text)))
    ]
    ranked.sort(key=lambda each: each[:3])
    return [FalseAlarm(row, found[row.id], -n, uses[phrase]) for _, n, phrase, row in ranked]
