"""Where a check looks: in, after, before, near; turns and seconds; own turn and another's."""

from __future__ import annotations

import pytest
from make import said, verdict

GREETING = "{find: w.hello, in: {%s}}"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("first: 1 turn", "fail 1"),
        ("first: 2 turns", "pass"),
        ("first: 9 turns", "pass"),
        ("last: 1 turn", "fail 1"),
        ("last: 2 turns", "pass"),
        ("last: 9 turns", "pass"),
    ],
)
def test_in_counts_turns_of_the_role_looked_at(place: str, expected: str) -> None:
    lines = "C: 喂\nA: 喂\nC: 在吗\nA: 您好\nC: 嗯\nC2: 哦\nA: 请讲"
    assert said(GREETING % place, lines) == expected


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("agent", "first: 1 turn", "pass"),
        ("any", "first: 1 turn", "fail 1"),
        ("any", "first: 2 turns", "pass"),
        ("customer", "first: 1 turn", "fail 1"),
        ("customer", "first: 2 turns", "pass"),
    ],
)
def test_turns_are_those_of_the_role_that_the_check_names(
    role: str, place: str, expected: str
) -> None:
    lines = "C: 喂\nA: 谢谢\nC: 谢谢\nA: 嗯"
    check = f"{{find: w.thanks, role: {role}, in: {{{place}}}}}"
    assert said(check, lines) == expected


def test_a_window_of_turns_is_told_with_the_verdict() -> None:
    got = verdict("{find: w.hello, in: {first: 2 turns}}", "C: 喂\nA: 喂\nC: 在吗\nA: 在\nA2: 您好")
    assert [(s.role, s.turns, s.start, s.end) for s in got.searched] == [("agent", (2, 4), 0, None)]


AFTER_ANGER = "{find: w.sorry, after: {each: w.anger, within: %s}}"
LATE = "C: 气死了\nA: 嗯\nC: 快\nA: 好\nC: 快\nA: 抱歉"


@pytest.mark.parametrize(
    ("within", "expected"), [("1 turn", "fail 1"), ("2 turns", "fail 1"), ("3 turns", "pass")]
)
def test_within_counts_the_turns_after_the_anchor_of_the_role_looked_at(
    within: str, expected: str
) -> None:
    assert said(AFTER_ANGER % within, LATE) == expected


def test_after_without_within_reaches_to_the_end_of_the_call() -> None:
    assert said("{find: w.sorry, after: {each: w.anger}}", LATE) == "pass"
    assert said("{find: w.sorry, after: {each: w.anger}}", "A: 抱歉\n" + LATE[:-5]) == "fail 1"


def test_before_without_within_reaches_to_the_start_of_the_call() -> None:
    check = "{find: w.verify, before: {each: w.amount}}"
    assert said(check, "A: 核实\nC: 好\nA: 嗯\nC: 好\nA: 余额") == "pass"
    assert said(check, "A: 嗯\nC: 好\nA: 余额\nC: 好\nA: 核实") == "fail 1"


@pytest.mark.parametrize(
    ("within", "expected"), [("1 turn", "fail 1"), ("2 turns", "pass"), ("0 turns", "fail 1")]
)
def test_before_counts_back_the_turns_of_the_role(within: str, expected: str) -> None:
    check = f"{{find: w.verify, before: {{each: w.amount, within: {within}}}}}"
    assert said(check, "A: 核实\nC: 好\nA: 嗯\nC: 好\nA: 余额") == expected


@pytest.mark.parametrize(
    ("turn", "where", "expected"),
    [
        ("核实，余额", "before", "pass"),
        ("余额，核实", "before", "fail 1"),
        ("余额，核实", "after", "pass"),
        ("核实，余额，嗯", "after", "fail 1"),
        ("核实，余额", "near", "pass"),
        ("余额，核实", "near", "pass"),
    ],
)
def test_within_0_is_the_anchors_own_turn_outside_the_anchors_span(
    turn: str, where: str, expected: str
) -> None:
    check = f"{{find: w.verify, {where}: {{each: w.amount, within: 0 turns}}}}"
    assert said(check, f"A: 核实\nC: 好\nA: {turn}\nC: 好\nA: 核实") == expected


def test_an_own_turn_counts_besides_the_n_turns_after_it() -> None:
    check = "{find: w.verify, after: {each: w.amount, within: 1 turn}}"
    assert said(check, "A: 余额，核实\nC: 好\nA: 嗯\nC: 好") == "pass"
    assert said(check, "A: 余额\nC: 好\nA: 核实\nC: 好") == "pass"
    assert said(check, "A: 余额\nC: 好\nA: 嗯\nC: 好\nA: 核实") == "fail 1"


def test_several_anchor_hits_in_a_turn_are_one_anchor() -> None:
    check = "{find: w.sorry, after: {each: w.anger, within: 1 turn}}"
    assert said(check, "C: 气死了，气死了\nA: 嗯\nC: 气死了\nA: 嗯") == "fail 2"


def test_after_starts_at_the_end_of_the_first_anchor_hit_of_a_turn() -> None:
    check = "{find: w.verify, after: {each: w.amount, within: 0 turns}}"
    assert said(check, "C: 喂\nA: 余额，核实，余额\nC: 嗯\nA: 好") == "pass"


def test_before_stops_at_the_start_of_the_first_anchor_hit_of_a_turn() -> None:
    check = "{find: w.verify, before: {each: w.amount, within: 0 turns}}"
    assert said(check, "C: 喂\nA: 余额，核实，余额\nC: 嗯\nA: 好") == "fail 1"


def test_an_anchor_lies_neither_before_nor_after_itself() -> None:
    for where in ("before", "after"):
        check = f"{{find: w.amount, {where}: {{each: w.amount, within: 0 turns}}}}"
        assert said(check, "C: 喂\nA: 嗯，余额，嗯\nC: 嗯\nA: 好") == "fail 1"


def test_near_reaches_beyond_all_anchor_hits_of_a_turn() -> None:
    check = "{find: w.verify, near: {each: w.amount, within: 0 turns}}"
    for turn in ("核实，余额，余额", "余额，核实，余额", "余额，余额，核实"):
        assert said(check, f"C: 喂\nA: {turn}\nC: 嗯\nA: 好") == "pass"


@pytest.mark.parametrize(
    ("which", "expected"), [("each", "fail 1"), ("first", "pass"), ("last", "fail 1")]
)
def test_each_first_and_last_anchor(which: str, expected: str) -> None:
    check = f"{{find: w.sorry, after: {{{which}: w.anger, within: 1 turn}}}}"
    assert said(check, "C: 气死了\nA: 抱歉\nC: 气死了\nA: 嗯") == expected


def test_last_takes_the_last_hit_even_of_one_turn() -> None:
    check = "{find: w.verify, after: {%s: w.amount, within: 0 turns}}"
    lines = "C: 喂\nA: 余额，核实，余额，嗯\nC: 嗯\nA: 好"
    assert said(check % "first", lines) == "pass"
    assert said(check % "last", lines) == "fail 1"


@pytest.mark.parametrize("where", ["after", "near"])
def test_an_anchor_that_leaves_the_speaker_no_turn_is_skipped(where: str) -> None:
    check = f"{{find: w.sorry, {where}: {{each: w.anger, within: 2 turns}}}}"
    tail = "" if where == "after" else "C: 嗯\nC2: 嗯\nA: 抱歉"
    assert said(check, f"C: 气死了\nA: 抱歉\nC: 喂\nA: 嗯\nC: 气死了\n{tail}") == "pass"


def test_after_with_nothing_left_to_say_is_no_opportunity() -> None:
    check = "{find: w.sorry, after: {each: w.anger}}"
    assert said(check, "C: 喂\nA: 喂\nC: 在吗\nA: 在\nC: 气死了") == "na no_opportunity"


def test_marks_alone_are_no_opportunity_either() -> None:
    check = "{find: w.verify, after: {each: w.amount}}"
    assert said(check, "C: 喂\nA: 喂\nC: 嗯\nA: 余额！ ……") == "na no_opportunity"


def test_before_anchors_are_never_skipped() -> None:
    check = "{find: w.verify, before: {each: w.amount}}"
    assert said(check, "A: 余额\nC: 好\nA: 嗯\nC: 好") == "fail 1"
    crossing = "{find: w.sorry, before: {each: w.anger}}"
    assert said(crossing, "C: 气死了\nA: 抱歉\nC: 好\nA: 嗯") == "fail 1"


def test_near_looks_on_both_sides_of_another_roles_turn() -> None:
    check = "{find: w.sorry, near: {each: w.anger, within: 1 turn}}"
    assert said(check, "A: 抱歉\nC: 气死了\nA: 嗯\nC: 好") == "pass"
    assert said(check, "A: 嗯\nC: 气死了\nA: 抱歉\nC: 好") == "pass"
    assert said(check, "A: 抱歉\nC: 喂\nA: 嗯\nC: 气死了\nA: 嗯\nC: 喂\nA: 抱歉") == "fail 1"


def test_several_windows_intersect() -> None:
    check = "{find: w.sorry, in: {first: 2 turns}, after: {first: w.anger}}"
    assert said(check, "A: 您好\nC: 气死了\nA: 抱歉\nC: 好") == "pass"
    assert said(check, "A: 抱歉\nC: 气死了\nA: 嗯\nC: 好") == "fail 1"
    assert said(check, "A: 您好\nC: 喂\nA: 您好\nC: 气死了\nA: 抱歉") == "na no_opportunity"


def test_between_two_anchors() -> None:
    check = "{find: w.verify, after: {first: w.hello}, before: {first: w.amount}}"
    assert said(check, "A: 您好\nC: 喂\nA: 核实\nC: 好\nA: 余额") == "pass"
    assert said(check, "A: 核实，您好\nC: 喂\nA: 嗯\nC: 好\nA: 余额，核实") == "fail 1"


def test_each_anchor_is_matched_with_the_other_window_that_it_meets() -> None:
    check = "{find: w.verify, after: {each: w.hello}, before: {each: w.bye}}"
    lines = "A: 您好，核实，再见\nC: 喂\nA: 您好，嗯\nC: 好\nA: 再见"
    assert said(check, lines) == "fail 1"
    assert said(check, lines.replace("嗯", "核实")) == "pass"


NO_ANCHOR = "A: 您好\nC: 喂\nA: 抱歉\nC: 好"


@pytest.mark.parametrize("where", ["after", "before", "near"])
@pytest.mark.parametrize("which", ["each", "first", "last"])
def test_no_anchor_is_not_applicable(where: str, which: str) -> None:
    check = f"{{find: w.sorry, {where}: {{{which}: w.anger, within: 1 turn}}}}"
    assert said(check, NO_ANCHOR) == "na not_applicable"


def test_no_anchor_is_not_applicable_for_max_too() -> None:
    assert said("{find: w.sorry, after: {each: w.anger}, max: 0}", NO_ANCHOR) == "na not_applicable"


def test_no_second_anchor_is_not_applicable() -> None:
    check = "{find: w.sorry, after: {each: w.hello}, before: {first: w.bye}}"
    assert said(check, NO_ANCHOR) == "na not_applicable"


# ---- seconds ---------------------------------------------------------------------------

TIMED = """
[0-4] C: 喂
[4-8] A: 嗯嗯您好
[10-12] C: 嗯
[12-16] A: 谢谢谢谢
"""


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("first: 3.9 s", "na no_opportunity"),
        ("first: 4 s", "fail 1"),
        ("first: 6 s", "pass"),
        ("last: 8 s", "pass"),
        ("last: 7.9 s", "fail 1"),
    ],
)
def test_first_and_last_seconds(place: str, expected: str) -> None:
    """The hit goes from 6 s to 8 s; the call ends at 16 s. Before 4 s no agent speaks."""
    assert said(GREETING % place, TIMED) == expected


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("抱歉啊啊", "0.1 s", "pass"),  # begins at 12 s, when the anchor ends
        ("啊啊抱歉", "1.9 s", "fail 1"),  # begins half-way through its segment, at 14 s
        ("啊啊抱歉", "2 s", "pass"),
        ("啊抱歉啊", "1 s", "pass"),
        ("啊抱歉啊", "0.9 s", "fail 1"),
    ],
)
def test_seconds_after_an_anchor_run_from_its_end_to_the_hits_start(
    text: str, within: str, expected: str
) -> None:
    check = f"{{find: w.sorry, after: {{each: w.anger, within: {within}}}}}"
    lines = f"[0-4] A: 您好\n[4-6] C: 喂\n[6-8] A: 嗯\n[9-12] C: 气死了\n[12-16] A: {text}"
    assert said(check, lines) == expected


@pytest.mark.parametrize(("within", "expected"), [("5.9 s", "fail 1"), ("6 s", "pass")])
def test_seconds_before_an_anchor(within: str, expected: str) -> None:
    check = f"{{find: w.verify, before: {{each: w.amount, within: {within}}}}}"
    lines = "[0-2] A: 核实\n[2-4] C: 喂\n[4-6] A: 嗯\n[6-8] C: 嗯\n[8-10] A: 余额"
    assert said(check, lines) == expected


def test_a_hits_time_is_its_segments_start_where_ends_are_missing() -> None:
    check = "{find: w.sorry, after: {each: w.anger, within: %s}}"
    lines = "[0] A: 您好\n[4] C: 气死了\n[5] A: 嗯\n[9] A: 啊啊啊啊抱歉\n[20] C: 嗯"
    assert said(check % "5 s", lines) == "pass"
    assert said(check % "4.9 s", lines) == "fail 1"


def test_nothing_said_within_the_seconds_after_an_anchor_is_no_opportunity() -> None:
    check = "{find: w.sorry, after: {each: w.anger, within: 5 s}}"
    lines = "[0-1] A: 您好\n[4-5] C: 气死了\n[10.1-11] A: 抱歉\n[20-21] C: 嗯"
    assert said(check, lines) == "na no_opportunity"


@pytest.mark.parametrize(
    ("anchor_end", "begins", "within"), [(0.7, 0.8, 0.1), (1.1, 1.4, 0.3), (16.4, 16.6, 0.2)]
)
def test_seconds_are_compared_exactly(anchor_end: float, begins: float, within: float) -> None:
    """0.7 + 0.1 is less than 0.8 in binary fractions."""
    check = f"{{find: w.sorry, after: {{each: w.anger, within: {within} s}}}}"
    lines = f"[0-0.1] A: 您好\n[0.1-{anchor_end}] C: 气死了\n[{begins}-30] A: 抱歉\n[30-31] C: 嗯"
    assert said(check, lines) == "pass"


@pytest.mark.parametrize("window", ["in: {first: 9 s}", "after: {each: w.anger, within: 9 s}"])
def test_seconds_without_times_are_na(window: str) -> None:
    check = f"{{find: w.sorry, {window}}}"
    assert said(check, "C: 气死了\nA: 抱歉\nC: 喂\nA: 嗯") == "na no_timestamps"


def test_one_segment_without_a_start_is_enough_not_to_trust_seconds() -> None:
    lines = "[0-4] C: 喂\n[4-8] A: 您好\nC: 嗯\n[12-16] A: 嗯"
    assert said(GREETING % "first: 9 s", lines) == "na no_timestamps"


# ---- segments and turns ----------------------------------------------------------------


def test_segments_of_one_speaker_are_one_turn_whatever_the_gap() -> None:
    lines = "[0-1] A: 喂\n[60-61] A: 您好\n[62-63] C: 嗯\n[64-65] A: 嗯\n[66-67] C: 嗯"
    assert said(GREETING % "first: 1 turn", lines) == "pass"


def test_a_phrase_may_span_segments() -> None:
    got = verdict("{find: w.hello}", "A: 喂，您\nA: 好\nC: 嗯\nA: 嗯")
    [found] = got.evidence
    assert (got.verdict, found.turn, found.start, found.end, found.quote, found.line) == (
        "pass", 1, 2, 5, "您 好", 1,
    )  # fmt: skip


@pytest.mark.parametrize("between", ["B: 请稍等", "S: 通话已转接", "V: 我来"])
def test_bot_system_and_supervisor_end_a_run(between: str) -> None:
    lines = f"A: 喂\n{between}\nA: 您好\nC: 嗯\nC2: 嗯"
    assert said(GREETING % "first: 1 turn", lines) == "fail 1"
    assert said(GREETING % "first: 2 turns", lines) == "pass"


def test_two_agents_take_two_turns() -> None:
    assert said(GREETING % "first: 1 turn", "A: 喂\nA2: 您好\nC: 嗯\nA: 嗯") == "fail 1"
