"""Nested Python values as Arrow columns and back: lists of tuples, one level at a time.

A list of structs is a list of tuples in the order of its fields. `pa.array` on dictionaries
and `to_pylist` look at every value on its own; this goes over whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

import pyarrow as pa


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Return values of one type as an Arrow array."""
    if pa.types.is_map(kind):
        return pa.array([list(value.items()) for value in values], kind)
    if pa.types.is_list(kind):
        return lists(values, column(list(chain.from_iterable(values)), kind.value_type), kind)
    if pa.types.is_struct(kind):
        return structs(transposed(values, kind.num_fields), kind)
    return pa.array(values, kind)


def alike(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Return values as `column` does, of which many are one and the same object."""
    known = {id(each): each for each in values}
    places = {key: place for place, key in enumerate(known)}
    which = pa.array([places[key] for key in map(id, values)], pa.int32())
    return column([*known.values()], kind).take(which)


def lists(values: Sequence[Sequence[Any]], inner: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return lists, whose values stand one after another in `inner`, as an Arrow array."""
    offsets = pa.array(list(accumulate(map(len, values), initial=0)), pa.int32())
    return pa.ListArray.from_arrays(offsets, inner, type=kind)


def structs(columns: Iterable[Sequence[Any] | pa.Array], kind: pa.DataType) -> pa.Array:
    """Return structs, of which there are the values of each field, as an Arrow array."""
    fields = [kind.field(number) for number in range(kind.num_fields)]
    arrays = [
        each if isinstance(each, pa.Array) else column(each, field.type)
        for each, field in zip(columns, fields, strict=True)
    ]
    return pa.StructArray.from_arrays(arrays, fields=fields)


def transposed(values: Sequence[Sequence[Any]], number: int) -> Iterable[Sequence[Any]]:
    """Return the values of each of so many fields of some tuples."""
    return zip(*values, strict=True) if values else [()] * number


def values(array: pa.Array | pa.ChunkedArray) -> list[Any]:
    """Return an Arrow array as Python values: structs are tuples, maps are dictionaries."""
    kind = array.type
    if isinstance(array, pa.ChunkedArray):
        return [value for chunk in array.chunks for value in values(chunk)]
    if pa.types.is_map(kind):
        return [dict(value) for value in array.to_pylist()]
    if pa.types.is_list(kind):
        inner = values(array.flatten())
        ends = list(accumulate(array.value_lengths().to_pylist(), initial=0))
        return [inner[a:b] for a, b in pairwise(ends)]
    if pa.types.is_struct(kind):
        return list(zip(*map(values, array.flatten()), strict=True))
    found: list[Any] = array.to_pylist()
    return found
