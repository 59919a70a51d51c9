"""Nested values as columns: what is the same object again and again is made only once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa_checker.scorecard import Searched
from qa_checker.store.columns import alike, column
from qa_checker.store.schema import ITEM

KIND = ITEM["searched"][0]
SEARCHED = st.builds(
    Searched,
    role=st.sampled_from(["agent", "any"]),
    turns=st.lists(st.integers(1, 99), max_size=4).map(tuple),
    start=st.integers(0, 99),
    end=st.none() | st.integers(0, 99),
    since=st.none(),
    until=st.none() | st.floats(0, 99),
)


@given(st.lists(st.lists(SEARCHED, max_size=2).map(tuple), min_size=1, max_size=4), st.data())
def test_values_that_are_alike_make_the_same_column(
    few: list[tuple[Searched, ...]], data: st.DataObject
) -> None:
    many = data.draw(st.lists(st.sampled_from(few), max_size=12))
    made = alike(many, KIND)
    made.validate(full=True)
    assert made.equals(column(many, KIND))
