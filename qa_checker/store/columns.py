"""Nested Python values as Arrow columns and back: lists of tuples, one level at a time.

A list of structs is a list of tuples in the order of its fields. `pa.array` on dictionaries
and `to_pylist` look at every value on its own; this goes over whole columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import Any

import pyarrow as pa


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Return values of one type as an Arrow array."""
    if pa.types.is_map(kind):
        return pa.array([list(value.items()) for value in values], kind)
    if pa.types.is_list(kind):
        offsets = pa.array(list(accumulate(map(len, values), initial=0)), pa.int32())
        inner = column(list(chain.from_iterable(values)), kind.value_type)
        return pa.ListArray.from_arrays(offsets, inner, type=kind)
    if pa.types.is_struct(kind):
        fields = [kind.field(number) for number in range(kind.num_fields)]
        parts = zip(*values, strict=True) if values else [()] * len(fields)
        arrays = [column(part, field.type) for part, field in zip(parts, fields, strict=True)]
        return pa.StructArray.from_arrays(arrays, fields=fields)
    return pa.array(values, kind)


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
