"""Words that counted are highlighted, however many there are."""

from __future__ import annotations

import sys
from fractions import Fraction
from types import FrameType
from typing import Any

from cards import EN as RUBRIC
from cards import SAID_EN, call, verdict, words
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.reports import cells
from qa_checker.reports.agent.transcript import Mark, runs
from qa_checker.reports.telling import MOST, STRENGTH, lines
from qa_checker.reports.words import speaker
from qa_checker.scorecard import FAIL, Evidence, Loss

SAID = "we cannot do that"
PLACES = st.integers(-2, len(SAID) + 2)


@given(st.lists(st.tuples(PLACES, PLACES, st.sampled_from(STRENGTH))))
def test_every_character_has_the_strongest_ink_over_it(marks: list[Mark]) -> None:
    inked = [(character, ink) for piece, ink in runs(SAID, marks) for character in piece]
    for place, (character, ink) in enumerate(inked):
        over = {colour for start, end, colour in marks if start <= place < end}
        assert (character, ink) == (SAID[place], min(over, key=STRENGTH.index, default=""))
    assert len(inked) == len(SAID)


def steps(many: int) -> int:
    """Count the lines that run while text with so many marks is cut."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    marks = [(3 * n, 3 * n + 2, "good") for n in range(many)]
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(runs("hi " * many, marks))
    finally:
        sys.settrace(before)
    return count


def test_twice_the_marks_are_twice_the_work() -> None:
    assert steps(400) < 2.2 * steps(200)


def test_nothing_is_made_that_a_cell_cannot_hold() -> None:
    taken = []

    def said() -> Any:
        for number in range(30_000):
            taken.append(number)
            yield "hi", "good" if number % 2 else ""

    cell = cells.rich(said(), {})
    assert cell.shown.endswith("hi" + cells.MARK)
    assert cells.units(cell.shown) <= cells.LIMIT
    assert len(taken) <= cells.LIMIT / 2 + 1


def test_a_cell_lists_what_cost_points_and_says_how_much_more_there_is() -> None:
    said = call("c", SAID_EN)
    one = words(said, "Thank you", "x.y")
    found = [one._replace(start=n, end=n + 1) for n in range(MOST + 50)]
    costly: Evidence = found[-1]._replace(kind="surplus")
    losses = (Loss("surplus", Fraction(1), costly),)
    item = RUBRIC.items[0][1].id
    judged = verdict(RUBRIC, item, FAIL, evidence=(*found[:-1], costly), losses=losses)
    told = list(lines(speaker("en"), said, judged, {}))
    assert told[0].startswith("✗")
    assert told[MOST:] == ["· 50 more, not listed here"]
