"""Values as bytes and back: equal, of the same types, and never by running what was written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.rules.lexicon import Lexicon
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.phrase import Choice, Gap, Literal, Space
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Searched
from qa_checker.values import NotValues, from_bytes, to_bytes

RUBRIC = Rubric("rubric/v1", "r", "1.0.0", ("zh",), (), Fraction(1), {"a": Fraction(0)}, ())
FRACTIONS = st.fractions(-(10**9), 10**9, max_denominator=10**6)
SCALARS = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text() | FRACTIONS
LITERALS = st.builds(Literal, st.text(min_size=1))
PARTS = st.recursive(
    LITERALS | st.just(Space()) | st.builds(Gap, st.integers(0, 5), st.integers(5, 9)),
    lambda parts: st.builds(
        Choice, st.lists(st.lists(parts, min_size=1).map(tuple)).map(tuple), st.booleans()
    ),
    max_leaves=20,
)
VALUES = st.recursive(
    SCALARS | PARTS | st.frozensets(st.text()) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def shape(value: Any) -> Any:
    """Return a value with the type of each of its parts, which == does not compare."""
    if isinstance(value, dict):
        return [(key, shape(part)) for key, part in value.items()]
    if isinstance(value, tuple):
        return type(value), [shape(part) for part in value]
    return type(value), value


@given(VALUES)
def test_what_is_read_is_what_was_written(value: Any) -> None:
    again = from_bytes(to_bytes(value))
    assert again == value
    assert shape(again) == shape(value)


def test_equal_parts_are_one() -> None:
    again = from_bytes(to_bytes((Literal("好"), Choice(((Literal("好"),),)))))
    assert again[0] is again[1].options[0][0]


def test_true_is_not_one_and_a_tuple_not_a_named_one() -> None:
    value = (True, 1, 1.0, ("a", (1,), 0, None, None, None), Searched("a", (1,)))
    assert shape(from_bytes(to_bytes(value))) == shape(value)


def test_places_in_files_are_left_out() -> None:
    pattern = Pattern("好", (Literal("好"),), node=Node("好", "text", 3, 1))
    again: Any = from_bytes(to_bytes(pattern))
    assert again == pattern
    assert again.node is None


def test_fields_behind_one_that_is_left_out() -> None:
    lexicon = Lexicon("lexicon/v1", "a", "1.0.0", ("zh",), (), path="p", lines=("x",))
    rubric = replace(RUBRIC, lexicons=(lexicon,))
    assert from_bytes(to_bytes(rubric)) == rubric


@pytest.mark.parametrize("value", [object(), {1}, [1], b"x", Node, len, 2**64, "\ud800"])
def test_other_things_are_refused(value: object) -> None:
    with pytest.raises(NotValues):
        to_bytes((value,))


def written(*groups: tuple[str, list[list[int]]]) -> bytes:
    """Return bytes that `to_bytes` would never write."""
    return msgspec.msgpack.encode([["ls", 1, 0], list(groups)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80",
        b"garbage",
        written(),
        written(("os:system", [[0]])),
        written(("qa_checker.cache:Path", [[0]])),
        written(("qa_checker.cache:tidy", [[0]])),
        written(("qa_checker.nowhere:Nothing", [[0]])),
        written(("qa_checker.rules.phrase:Gone", [[0]])),
        written(("qa_checker.rules.phrase:Gap", [[0]])),
        written(("qa_checker.rules.phrase:Gap", [[7], [7]])),
        written(("qa_checker.rules.phrase:Gap", [[1, 2, 1], [1, 2]])),
        written(("qa_checker.values:Writer", [])),
        written(("Fraction", [[1], [2]])),
        written(("dict", [[0]])),
        to_bytes((Fraction(1, 3), "x" * 50))[:-9],
    ],
)
def test_broken_and_foreign_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(NotValues):
        from_bytes(content)
