"""A column is read as its cells are read one by one."""

from __future__ import annotations

from datetime import time
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker.readers.tabular.grid import grid, times
from qa_checker.readers.tabular.tables import Row, Table
from qa_checker.readers.times import value

TEXT = st.sampled_from(
    [
        *(
            "",
            " ",
            "0",
            "12.5",
            " 3.5",
            "3.5 ",
            "7\n",
            "1\n2",
            "1.5s",
            "2秒",
            "0:01",
            "1,5",
            "1.0.0",
        ),
        *("1e3", "-1", "nan", "inf", "１２", "1_0", "9" * 17, "9" * 18, "1." + "1" * 9, "x"),
    ]
)
OTHER = st.sampled_from([None, 3, 10**17, True, time(1, 2), 1.5, -0.0, 1e17, -1e18, inf, nan])


@given(st.lists(TEXT) | st.lists(st.floats()) | st.lists(TEXT | OTHER))
@settings(max_examples=400, deadline=None)
def test_times_are_read_as_one_by_one(column):
    assert repr(times(column)) == repr([value(cell) for cell in column])


def test_a_shorter_row_has_nothing_where_others_have_a_cell():
    found = Table([], {"text": 0, "role": 1, "start": 7}, {}, width=2)
    cells = grid([Row(1, ["a", " b "]), Row(2, ["c"])], found)
    assert (cells.texts("text"), cells.words("role")) == (["a", "c"], ["b", ""])
    assert cells.times("start") == cells.times("no such field") == [None, None]


@pytest.mark.parametrize(
    ("column", "different"),
    [(["a", " a", ""], {"a"}), ([1, True, 1.0], {"1", "true"}), ([None, None], set())],
)
def test_what_differs_in_a_column_is_told_by_its_text(column, different):
    cells = grid([Row(n, [cell]) for n, cell in enumerate(column)], Table([], {}, {"x": 0}))
    assert cells.different(0) == different
    assert cells.different(1) == set()
