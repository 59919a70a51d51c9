"""Not judged, and why: unknown roles, no times, too short, no opportunity, not applicable."""

from __future__ import annotations

import pytest
from make import FILLER, rubric, said, verdict
from make import call as call_of

from qa_checker import judge

UNKNOWN = FILLER + "U: 嗯\n"


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("{find: w.hello}", "na unknown_roles"),
        ("{find: w.hello, max: 0}", "na unknown_roles"),
        ("{find: w.hello, in: {last: 1 turn}}", "na unknown_roles"),
        ("{find: w.hello, in: {first: 1 turn}}", "fail 1"),
        ("{find: w.sorry, after: {each: w.anger}}", "na unknown_roles"),
        ("{order: [w.hello, w.bye]}", "na unknown_roles"),
        ("{measure: talk_share, max: 70 %}", "na unknown_roles"),
        ("{measure: chars, role: agent, max: 70 chars}", "na unknown_roles"),
        ("{measure: chars, max: 70 chars}", "pass"),
        ("{measure: turns, max: 70 turns}", "pass"),
    ],
)
def test_a_verdict_that_rests_on_absence_is_not_given_where_unknown_people_speak(
    check: str, expected: str
) -> None:
    assert said(check, UNKNOWN) == expected


@pytest.mark.parametrize(
    ("check", "line", "expected"),
    [
        ("{find: w.hello}", "A: 您好", "pass"),
        ("{find: w.hello, max: 0}", "A: 您好", "fail 1"),
        ("{find: w.hello, min: 2}", "A: 您好", "na unknown_roles"),
        ("{find: w.hello, max: 1}", "A: 您好", "na unknown_roles"),  # the unknown may say it again
        ("{find: w.hello, min: 1, max: 1}", "A: 您好", "na unknown_roles"),
        ("{find: w.hello, max: 1}", "A: 您好，您好", "fail 1"),
        ("{find: w.sorry, after: {each: w.anger}}", "C: 气死了\nA: 抱歉", "pass"),
        ("{find: w.sorry, after: {each: w.anger}}", "C: 气死了\nA: 嗯", "na unknown_roles"),
        ("{find: w.blame, after: {each: w.anger}, max: 0}", "C: 气死了\nA: 怪你", "fail 1"),
    ],
)
def test_what_people_of_known_roles_said_still_counts(check: str, line: str, expected: str) -> None:
    assert said(check, f"{FILLER}{line}\nU: 嗯\n") == expected


@pytest.mark.parametrize("role", ["agent", "customer"])
def test_what_unknown_people_said_counts_for_nobody(role: str) -> None:
    check = f"{{find: w.thanks, role: {role}, max: 0}}"
    assert said(check, f"{FILLER}U: 谢谢\n") == "na unknown_roles"


def test_words_of_anybody_need_no_roles() -> None:
    assert said("{find: w.thanks}", f"{FILLER}U: 谢谢\n") == "pass"
    assert said("{find: w.thanks}", UNKNOWN) == "fail 1"
    assert said("{find: w.thanks, max: 0}", UNKNOWN) == "pass"


def test_an_anchor_that_an_unknown_speaker_may_have_given_is_no_missing_anchor() -> None:
    check = "{find: w.thanks, after: {each: w.anger}}"
    assert said(check, FILLER) == "na not_applicable"
    assert said(check, UNKNOWN) == "na unknown_roles"


def test_the_order_of_anybodys_words_needs_no_roles() -> None:
    check = "{order: [w.thanks, event.long_turn]}"
    assert said(check, f"{UNKNOWN}C: 谢谢\nA: {'长' * 121}") == "pass"
    assert said(check, f"{UNKNOWN}A: {'长' * 121}\nC: 谢谢") == "fail 1"


def test_unknown_speakers_outside_the_windows_are_no_matter() -> None:
    check = "{find: w.blame, after: {each: w.anger, within: 1 turn}, max: 0}"
    near = "C: 气死了\nA: 嗯\n"
    assert said(check, f"{near}U: 嗯\nC: 嗯\n{near}") == "pass"
    assert said(check, f"C: 气死了\nU: 嗯\nA: 嗯\nC: 嗯\n{near}") == "na unknown_roles"


def test_unknown_speakers_outside_the_seconds_are_no_matter() -> None:
    lines = "[0-2] A: 嗯\n[2-4] C: 喂\n[4-6] A: 嗯\n[6-8] C: 嗯\n[60-61] U: 您好"
    assert said("{find: w.hello, in: {first: 59 s}}", lines) == "fail 1"
    assert said("{find: w.hello, in: {first: 60 s}}", lines) == "na unknown_roles"


SHORT = "C: 喂\nA: 嗯"


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("{find: w.hello}", "na too_short"),
        ("{find: w.hello, max: 0}", "na too_short"),
        ("{order: [w.hello, w.bye]}", "na too_short"),
        ("{measure: talk_share, max: 70 %}", "na too_short"),
        ("{find: w.sorry, after: {each: w.anger}}", "na too_short"),
    ],
)
def test_a_call_of_one_turn_each_is_too_short(check: str, expected: str) -> None:
    assert said(check, SHORT) == expected


def test_words_that_were_said_count_in_the_shortest_call() -> None:
    assert said("{find: w.hello}", "C: 喂\nA: 您好") == "pass"
    assert said("{find: w.hello, max: 0}", "C: 喂\nA: 您好") == "fail 1"
    assert said("{order: [w.hello, w.bye]}", "C: 喂\nA: 您好，再见") == "pass"
    assert said("{meta: queue, is: [x]}", SHORT, queue="x") == "pass"


@pytest.mark.parametrize("lines", ["C: 喂\nA: 嗯\nC: 嗯", "A: 喂\nC: 嗯\nA: 嗯"])
def test_two_turns_by_one_side_are_enough(lines: str) -> None:
    assert said("{find: w.hello}", lines) == "fail 1"


def test_a_call_without_turns_is_judged_not_at_all() -> None:
    empty = judge(rubric("{id: i, points: 10, check: {find: w.hello}}"), call_of("S: 转接"))
    assert (empty["i"].verdict, empty["i"].reason) == ("na", "too_short")
    assert empty.score is None


SECONDS = "{find: w.hello, in: {first: 9 s}}"
AFTER = "{find: w.sorry, after: {each: w.anger}}"


@pytest.mark.parametrize(
    ("check", "lines", "expected"),
    [
        (SECONDS, "U: 嗯\nC: 喂", "na unknown_roles"),
        (SECONDS, SHORT, "na no_timestamps"),
        (AFTER, "U: 嗯\nC: 气死了", "na unknown_roles"),
        (AFTER, "A: 嗯\nC: 气死了", "na too_short"),
        (AFTER, "A: 嗯\nC: 嗯\nA: 嗯\nC: 气死了", "na no_opportunity"),
        (AFTER, "A: 嗯\nC: 嗯\nA: 嗯\nC: 嗯", "na not_applicable"),
        ("{find: event.silence, role: agent, max: 0}", "U: 嗯\nC: 喂", "na unknown_roles"),
        ("{find: event.silence, role: agent, max: 0}", SHORT, "na no_timestamps"),
        ("{measure: silence_share, max: 9 %}", SHORT, "na no_timestamps"),
    ],
)
def test_of_several_reasons_the_first_in_order_is_given(
    check: str, lines: str, expected: str
) -> None:
    assert said(check, lines) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (AFTER, SECONDS, "na no_timestamps"),
        (AFTER, "{order: [w.anger, w.complain]}", "na not_applicable"),
        (AFTER, "{find: w.sorry, after: {each: w.hello}}", "na no_opportunity"),
    ],
)
def test_all_and_any_give_the_first_reason_of_their_parts(
    one: str, two: str, expected: str
) -> None:
    lines = "C: 喂\nA: 嗯\nC: 喂\nA: 您好"
    for both in ("all", "any"):
        assert said(f"{{{both}: [{one}, {two}]}}", lines) == expected
        assert said(f"{{{both}: [{two}, {one}]}}", lines) == expected


def test_where_nothing_was_judged_the_places_searched_are_still_told() -> None:
    got = verdict("{find: w.hello}", UNKNOWN)
    assert [(searched.role, searched.turns) for searched in got.searched] == [("agent", (2, 4))]
