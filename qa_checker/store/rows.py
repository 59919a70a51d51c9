"""Calls and their scorecards as rows of the store: column by column, many calls at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

import pyarrow as pa

from qa_checker.call import Call, Columns
from qa_checker.scorecard import Evidence, Loss, Scorecard, Signal, Verdict, one_decimal
from qa_checker.store.columns import alike, column, lists, structs, transposed
from qa_checker.store.keys import engine, row_key
from qa_checker.store.schema import SEGMENT, schema

RED: Mapping[bool | str, str] = {True: "true", False: ""}


class Row(NamedTuple):
    """A call, its digest and its scorecard; its columns, if they are at hand."""

    call: Call
    hash: str
    card: Scorecard
    said: Columns | None = None


def table(rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table of the store's schema."""
    cards = [row.card for row in rows]
    cells = {**about_calls(rows), **about_cards(cards)}
    cells["items"] = [card.verdicts for card in cards]
    cells["signals"] = [card.signals for card in cards]
    arrays = [made(field.name, cells[field.name], field.type) for field in schema()]
    return pa.Table.from_arrays(arrays, schema=schema())


def about_calls(rows: Sequence[Row]) -> dict[str, Sequence[Any]]:
    """Return the columns that hold what a call is."""
    calls = [row.call for row in rows]
    said = [row.call.columns() if row.said is None else row.said for row in rows]
    return {
        "key": [
            row_key(call.source, call.call_id, hash, card.rule) for call, hash, card, _ in rows
        ],
        "call_id": [call.call_id for call in calls],
        "source": [call.source for call in calls],
        "agent": [call.agent for call in calls],
        "queue": [call.queue for call in calls],
        "started_at": [call.started_at for call in calls],
        "declared": [call.language for call in calls],
        "metadata": [call.metadata for call in calls],
        "turns": [len(call.turns) for call in calls],
        "seconds": [each.ends[-1] if each.ends else None for each in said],
        "reader_notes": [len(call.notes) for call in calls],
        "segments": said,
        "call_hash": [row.hash for row in rows],
        "engine": [engine()] * len(rows),
    }


def about_cards(cards: Sequence[Scorecard]) -> dict[str, Sequence[Any]]:
    """Return the columns that hold what came out for a whole call."""
    return {
        "language": [card.language for card in cards],
        "rule": [card.rule for card in cards],
        "score": [None if card.score is None else one_decimal(card.score) for card in cards],
        "band": [card.band for card in cards],
        "passed": [card.passed for card in cards],
        "provisional": [card.provisional for card in cards],
        "possible": numbers([card.possible for card in cards]),
        "earned": numbers([card.earned for card in cards]),
        "failed_by": [card.failed_by for card in cards],
        "forfeits": [
            [(each.item, each.section, number(each.points)) for each in card.forfeits]
            for card in cards
        ],
        "skipped": [card.skipped for card in cards],
        "one_sided": [card.one_sided for card in cards],
        "notes": [card.notes for card in cards],
    }


def items(every: Sequence[Sequence[Verdict]], kind: pa.DataType) -> pa.Array:
    """Return the verdicts of calls as the column `items`."""
    inner = kind.value_type
    # a Verdict whose fields are columns
    each: Any = Verdict._make(transposed(list(chain.from_iterable(every)), len(Verdict._fields)))
    columns = (
        each.item,
        each.section,
        each.verdict,
        each.reason,
        numbers(each.points),
        numbers(each.earned),
        each.violations,
        [RED.get(red, red) for red in each.auto_fail],
        each.value,
        each.evidence,
        ledger(each.losses, each.evidence, inner.field("losses").type),
        alike(each.searched, inner.field("searched").type),
    )
    return lists(every, structs(columns, inner), kind)


def ledger(
    every: Sequence[Sequence[Loss]], shown: Sequence[Sequence[Evidence]], kind: pa.DataType
) -> pa.Array:
    """Return the losses of items as the column `losses`; evidence is a place in the item's."""
    kinds, points, _ = transposed(list(chain.from_iterable(every)), len(Loss._fields))
    places = [
        None if loss.evidence is None else found.index(loss.evidence)
        for losses, found in zip(every, shown, strict=True)
        for loss in losses
    ]
    return lists(every, structs((kinds, numbers(points), places), kind.value_type), kind)


def signals(every: Sequence[Sequence[Signal]], kind: pa.DataType) -> pa.Array:
    """Return the signals of calls as the column `signals`."""
    told = list(chain.from_iterable(every))
    columns = (
        [each.id for each in told],
        [each.label for each in told],
        [each.count for each in told],
        [each.evidence for each in told],
    )
    return lists(every, structs(columns, kind.value_type), kind)


def segments(said: Sequence[Columns], kind: pa.DataType) -> pa.Array:
    """Return what is said in calls as the column `segments`."""
    fields = transposed([each[: len(SEGMENT)] for each in said], len(SEGMENT))
    columns: Iterator[Sequence[Any]] = (list(chain.from_iterable(each)) for each in fields)
    return lists([each.roles for each in said], structs(columns, kind.value_type), kind)


def made(name: str, cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Return a column by its name; three of them are more than their values as they stand."""
    match name:
        case "items":
            return items(cells, kind)
        case "signals":
            return signals(cells, kind)
        case "segments":
            return segments(cells, kind)
        case _:
            return column(cells, kind)


def numbers(points: Sequence[Fraction]) -> list[float]:
    """Return points as the decimal numbers they are."""
    known = {id(each): each for each in points}  # the same few objects again and again
    decimal = {key: number(each) for key, each in known.items()}
    return [decimal[key] for key in map(id, points)]


def number(points: Fraction) -> float:
    """Return points as the decimal number they are."""
    return points.numerator / points.denominator
