"""Rows of the store as calls and scorecards again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from qa_checker.call import Call, Columns, unmade
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import (
    Evidence,
    Forfeit,
    Loss,
    Scorecard,
    Searched,
    Signal,
    Verdict,
    Words,
)
from qa_checker.store.columns import values

NOTHING: Words = {}


class Titles(NamedTuple):
    """What people call the parts of a rubric: items and signals by id, bands and labels by name.

    A label's name is that of its signal and its own. `language` is the first of the rubric's.
    """

    parts: Mapping[str, Words] = {}
    bands: Mapping[str, Words] = {}
    labels: Mapping[tuple[str, str], Words] = {}
    language: str = ""


UNTITLED = Titles()


def judged(table: pa.Table, rubrics: Mapping[str, Rubric]) -> Iterator[tuple[Call, Scorecard]]:
    """Yield the calls and scorecards of a table; titles are those of the rubrics, by rule.

    Without the column `segments` the calls have no turns.
    """
    names = table.column_names
    known = {rule: titles(rubric) for rule, rubric in rubrics.items()}
    for row in zip(*map(values, table.columns), strict=True):
        one = dict(zip(names, row, strict=True))
        yield call(one), card(one, known.get(one["rule"], UNTITLED))


def titles(rubric: Rubric) -> Titles:
    """Return what people call the parts of a rubric."""
    items = {item.id: item.title for _, item in rubric.items}
    signals = {rule.id: rule.title for rule in rubric.signals}
    labels = {
        (rule.id, label.value): label.title for rule in rubric.signals for label in rule.labels
    }
    return Titles({**signals, **items}, rubric.band_titles, labels, rubric.languages[0])


def call(row: Mapping[str, Any]) -> Call:
    """Return the call of a row; its turns are made when somebody asks for one."""
    said = row.get("segments")
    made = Call(
        call_id=row["call_id"],
        turns=(),
        agent=row["agent"],
        queue=row["queue"],
        started_at=row["started_at"],
        language=row["declared"],
        metadata=row["metadata"],
        source=row["source"],
        notes=tuple(row["notes"][: row["reader_notes"]]),
    )
    if not said:
        return made
    fields = map(list, zip(*said, strict=True))
    return unmade(made, Columns._make((*fields, None)))


def card(row: Mapping[str, Any], known: Titles) -> Scorecard:
    """Return the scorecard of a row."""
    possible, earned = fraction(row["possible"]), fraction(row["earned"])
    forfeits = tuple([Forfeit(item, of, fraction(lost)) for item, of, lost in row["forfeits"]])
    zero = any(not forfeit.section for forfeit in forfeits)
    return Scorecard(
        call_id=row["call_id"],
        agent=row["agent"],
        source=row["source"],
        language=row["language"],
        rule=row["rule"],
        verdicts=tuple([verdict(each, known) for each in row["items"]]),
        possible=possible,
        earned=earned,
        score=None if row["score"] is None else exact(possible, earned, zero),
        band=row["band"],
        passed=row["passed"],
        provisional=row["provisional"],
        failed_by=tuple(row["failed_by"]),
        forfeits=forfeits,
        signals=tuple([signal(each, known) for each in row["signals"]]),
        notes=tuple(row["notes"]),
        skipped=row["skipped"],
        one_sided=row["one_sided"],
        band_title=known.bands.get(row["band"], NOTHING),
        speaks=known.language,
    )


def exact(possible: Fraction, earned: Fraction, zero: bool) -> Fraction:
    """Return the score that was rounded: 100 * earned / possible, 0 beyond a red line."""
    return Fraction(0) if zero or not possible else 100 * earned / possible


def verdict(item: Sequence[Any], known: Titles) -> Verdict:
    """Return a verdict from a value of the column `items`."""
    name, section, came, reason, points, earned, violations, red, value, shown, lost, seen = item
    evidence = tuple(evidences(shown))
    losses = [
        Loss(kind, fraction(cost), None if place is None else evidence[place])
        for kind, cost, place in lost
    ]
    searched = [Searched(role, tuple(numbers), *more) for role, numbers, *more in seen]
    return Verdict(
        item=name,
        section=section,
        title=known.parts.get(name, NOTHING),
        verdict=came,
        reason=reason,
        points=fraction(points),
        earned=fraction(earned),
        violations=violations,
        auto_fail=red == "true" or red or False,
        evidence=evidence,
        losses=tuple(losses),
        searched=tuple(searched),
        value=value,
    )


def signal(told: Sequence[Any], known: Titles) -> Signal:
    """Return a signal from a value of the column `signals`."""
    name, label, count, shown = told
    return Signal(
        id=name,
        title=known.parts.get(name, NOTHING),
        label=label,
        count=count,
        evidence=tuple(evidences(shown)),
        label_title=known.labels.get((name, label), NOTHING),
    )


def evidences(shown: Iterable[Sequence[Any]]) -> Iterator[Evidence]:
    """Yield evidence from values of a column of them."""
    return map(Evidence._make, shown)


@lru_cache(maxsize=4096)
def fraction(points: float) -> Fraction:
    """Return points as the exact decimal they were written as."""
    return Fraction(repr(points))
