"""A call whose turns are not made yet is the same call."""

from __future__ import annotations

import pickle
from copy import copy
from dataclasses import replace

import pytest

from qa_checker.call import Call, Segment, changed, columns, turns, unmade

SAID = [
    Segment("agent", "您好", "甲", 0.0, 1.0, 1),
    Segment("agent", "请讲", "甲", 1.5, 2.0, 2),
    Segment("customer", "退款", "乙", 3.0, None, 3, "1"),
]


def made() -> Call:
    return Call("c", turns(SAID), agent="7", metadata={"a": "b"}, notes=("n",))


def not_made() -> Call:
    return unmade(replace(made(), turns=()), columns(SAID))


@pytest.mark.parametrize(
    "same",
    [
        lambda call: call,
        copy,
        lambda call: pickle.loads(pickle.dumps(call)),
        lambda call: replace(replace(call, queue="x"), queue=""),
        lambda call: changed(changed(call, queue="x"), queue=""),
    ],
)
def test_it_is_the_call_that_was_made_at_once(same):
    assert same(not_made()) == made()
    assert made() == same(not_made())
    assert repr(same(not_made())) == repr(made())
    assert same(not_made()).segments == SAID
    assert same(not_made()).columns() == columns(SAID)


def test_the_turns_are_made_once():
    call = not_made()
    assert call.turns is call.turns
    assert [turn.text for turn in call.turns] == ["您好 请讲", "退款"]


def test_a_call_has_no_other_attributes():
    with pytest.raises(AttributeError, match="segment_s"):
        _ = made().segment_s  # type: ignore[attr-defined]


def test_other_turns_take_the_place_of_those_not_made():
    call = changed(not_made(), turns=turns(SAID[2:]))
    assert call.segments == SAID[2:]


def test_columns_in_another_order():
    said = columns(SAID)
    assert said.at([2, 0]).segments() == [SAID[2], SAID[0]]
    assert said.by_start() is said
    assert said.at([2, 0, 1]).by_start().segments() == SAID
    assert dict(said.people()) == {("agent", "甲", ""): 2, ("customer", "乙", "1"): 1}
    counted = said.counted()
    assert counted.counted() is counted
    assert counted.at([2]).people() == {("customer", "乙", "1"): 1}
