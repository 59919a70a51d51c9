"""Calls and their scorecards as rows of the store."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa

from qa_checker.call import Call
from qa_checker.scorecard import Evidence, Loss, Scorecard, Signal, Verdict, one_decimal
from qa_checker.store.columns import column
from qa_checker.store.keys import engine, row_key
from qa_checker.store.schema import ROW, SEGMENT, schema

SPOKEN = attrgetter(*SEGMENT)


class Row(NamedTuple):
    """A call, its digest and its scorecard."""

    call: Call
    hash: str
    card: Scorecard


def table(rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table of the store's schema."""
    cells = zip(*map(row, rows), strict=True) if rows else [()] * len(ROW)
    kinds = [field.type for field in schema()]
    arrays = [column(each, kind) for each, kind in zip(cells, kinds, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema())


def row(made: Row) -> tuple[Any, ...]:
    """Return one row, field by field in the order of the schema."""
    call, hash, card = made
    segments = call.segments
    return (
        row_key(call.source, call.call_id, hash, card.rule),
        call.call_id,
        call.source,
        call.agent,
        call.queue,
        call.started_at,
        card.language,
        call.language,
        call.metadata,
        len(call.turns),
        segments[-1].end if segments else None,
        card.rule,
        None if card.score is None else one_decimal(card.score),
        card.band,
        card.passed,
        card.provisional,
        number(card.possible),
        number(card.earned),
        card.failed_by,
        [(each.item, each.section, number(each.points)) for each in card.forfeits],
        card.skipped,
        card.one_sided,
        list(map(item, card.verdicts)),
        list(map(signal, card.signals)),
        card.notes,
        len(call.notes),
        list(map(SPOKEN, segments)),
        hash,
        engine(),
    )


def item(verdict: Verdict) -> tuple[Any, ...]:
    """Return a verdict as a value of the column `items`."""
    shown = verdict.evidence
    return (
        verdict.item,
        verdict.section,
        verdict.verdict,
        verdict.reason,
        number(verdict.points),
        number(verdict.earned),
        verdict.violations,
        "true" if verdict.auto_fail is True else verdict.auto_fail or "",
        verdict.value,
        shown,
        [loss(each, shown) for each in verdict.losses],
        verdict.searched,
    )


def loss(lost: Loss, shown: Sequence[Evidence]) -> tuple[str, float, int | None]:
    """Return a line of the ledger; its evidence is a place in the item's evidence."""
    place = None if lost.evidence is None else shown.index(lost.evidence)
    return lost.kind, number(lost.points), place


def signal(told: Signal) -> tuple[str, str, int, tuple[Evidence, ...]]:
    """Return a signal as a value of the column `signals`."""
    return told.id, told.label, told.count, told.evidence


def number(points: Fraction) -> float:
    """Return points as the decimal number they are."""
    return points.numerator / points.denominator
