"""Checks of one rubric that ask for the same: judged together as each is alone."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from make import call, card, rubric, verdict

from qa_checker import judge
from qa_checker.judging.checks import plan
from qa_checker.judging.outcome import united

PARTS = (
    "{find: w.sorry}",
    "{find: [w.sorry, w.sorry2], role: agent}",
    "{find: [w.sorry, w.sorry2], role: agent, max: 1}",
    "{find: [w.thanks, w.anger], role: customer, min: 2}",
    "{find: w.no, max: 0}",
    "{find: [w.no, w.blame], max: 0}",
    "{find: [w.no, w.blame], in: {first: 2 turns}}",
    "{find: [w.sorry, w.sorry2], after: {each: w.anger, within: 2 turns}}",
    "{find: [w.sorry, w.sorry2], before: {last: w.no}}",
    "{find: event.repeat, role: agent, max: 0}",
)
JOINED = (
    *(f"{{any: [{one}, {other}]}}" for one, other in pairwise(PARTS)),
    *(f"{{all: [{one}, {other}, {one}]}}" for one, other in pairwise(PARTS[::2])),
)
CHECKS = (*PARTS, *JOINED, *PARTS)
TOGETHER = rubric(
    *(f"{{id: i{n}, points: 1, check: {check}}}" for n, check in enumerate(CHECKS)),
    total=len(CHECKS),
)
SAID = (
    "抱歉",
    "非常抱歉",
    "谢谢",
    "气死了",
    "不能",
    "绝不能",
    "怪你",
    "您好",
    "嗯",
    "不能不能抱歉",
)
LINES = st.lists(st.tuples(st.sampled_from("ACU"), st.sampled_from(SAID)), min_size=1, max_size=9)


@settings(max_examples=40)
@given(LINES)
def test_a_check_comes_to_the_same_alone_and_among_others(lines: list[tuple[str, str]]) -> None:
    written = "\n".join(f"{who}: {text}" for who, text in lines)
    together = judge(TOGETHER, call(written))
    for number, check in enumerate(CHECKS):
        alone, found = verdict(check, written), together[f"i{number}"]
        assert (found.verdict, found.reason) == (alone.verdict, alone.reason)
        assert (found.evidence, found.searched) == (alone.evidence, alone.searched)
        assert [loss.evidence for loss in found.losses] == [loss.evidence for loss in alone.losses]


def test_equal_checks_share_what_judges_them() -> None:
    items = [item.check for _, item in TOGETHER.rubric.items]
    first, again = items[: len(PARTS)], items[-len(PARTS) :]
    assert [plan(check, TOGETHER) for check in first] == [plan(check, TOGETHER) for check in again]
    assert len({plan(check, TOGETHER) for check in items}) == len(PARTS) + len(JOINED)


def test_labels_of_signals_share_with_items() -> None:
    label = "{value: 致歉, check: {find: [w.sorry, w.sorry2], role: agent}}"
    extra = f"signals:\n  - {{id: s, title: 致歉, labels: [{label}]}}\n"
    item = "{id: i, points: 10, check: {find: [w.sorry, w.sorry2], role: agent}}"
    found = judge(rubric(item, extra=extra), call("A: 非常抱歉\nC: 嗯\nA: 抱歉\nC: 好"))
    assert found.signals[0].evidence == found["i"].evidence
    assert found.signals[0].label == "致歉"
    assert card("{find: w.sorry}", "A: 嗯\nC: 嗯\nA: 嗯\nC: 好").signals == ()


TUPLES = st.lists(st.lists(st.integers(0, 3), max_size=3).map(tuple), max_size=4)


@given(TUPLES)
def test_united_is_each_value_once_in_order(parts: list[tuple[int, ...]]) -> None:
    values = [value for part in parts for value in part]
    assert united(parts) == tuple(dict.fromkeys(values))
    assert united([*parts, *parts]) == united(parts)
