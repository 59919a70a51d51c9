"""How many: find with min and max, order, measure, all, any, meta, manual, when."""

from __future__ import annotations

import pytest
from make import FILLER, lexicon, rubric, said, verdict
from make import call as call_of

from qa_checker import judge
from qa_checker.scorecard import Evidence, Verdict


def shown(evidence: Evidence | None) -> tuple[str, int, str] | None:
    """Return a piece of evidence as (kind, turn, quote)."""
    return evidence and (evidence.kind, evidence.turn, evidence.quote)


def shown_all(got: Verdict) -> list[tuple[str, int, str]]:
    return [(e.kind, e.turn, e.quote) for e in got.evidence]


def lost(got: Verdict) -> list[tuple[str, str, tuple[str, int, str] | None]]:
    """Return the losses as (kind, points, evidence)."""
    return [(loss.kind, str(loss.points), shown(loss.evidence)) for loss in got.losses]


TWICE = "A: 您好\nC: 喂\nA: 您好\nC: 嗯"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("", "pass"),
        (", min: 1", "pass"),
        (", min: 2", "pass"),
        (", min: 3", "fail 1"),
        (", min: 5", "fail 3"),
        (", max: 2", "pass"),
        (", max: 1", "fail 1"),
        (", max: 0", "fail 2"),
        (", min: 1, max: 2", "pass"),
        (", min: 2, max: 2", "pass"),
        (", min: 3, max: 4", "fail 1"),
        (", min: 0, max: 1", "fail 1"),
        (", min: 0", "pass"),
    ],
)
def test_min_and_max_without_anchors(limits: str, expected: str) -> None:
    assert said(f"{{find: w.hello{limits}}}", TWICE) == expected


def test_min_is_1_only_if_neither_is_given() -> None:
    assert said("{find: w.bye}", TWICE) == "fail 1"
    assert said("{find: w.bye, max: 3}", TWICE) == "pass"


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("", "fail 1"),  # the second anger has no answer
        (", min: 2", "fail 2"),  # one violation per anchor, whatever is missing
        (", min: 5", "fail 2"),
        (", max: 0", "fail 1"),
        (", max: 1", "pass"),
    ],
)
def test_min_and_max_with_anchors(limits: str, expected: str) -> None:
    check = f"{{find: w.sorry, after: {{each: w.anger, within: 1 turn}}{limits}}}"
    assert said(check, "C: 气死了\nA: 抱歉\nC: 气死了\nA: 嗯") == expected


def test_one_hit_may_answer_several_anchors() -> None:
    check = "{find: w.sorry, after: {each: w.anger, within: 2 turns}}"
    got = verdict(check, "C: 气死了\nA: 嗯\nC: 气死了\nA: 抱歉")
    assert (got.verdict, got.violations) == ("pass", 0)
    assert shown_all(got) == [("anchor", 1, "气死了"), ("anchor", 3, "气死了"), ("hit", 4, "抱歉")]


def test_a_surplus_hit_counts_once_for_all_anchors() -> None:
    check = "{find: w.blame, after: {each: w.anger}, max: 0}"
    got = verdict(check, "C: 气死了\nA: 嗯\nC: 气死了\nA: 怪你\nC: 气死了\nA: 嗯")
    assert lost(got) == [("surplus", "10", ("surplus", 4, "怪你"))]
    assert got.violations == 1


def test_a_hit_in_place_for_one_anchor_and_surplus_for_another_is_surplus() -> None:
    check = "{find: w.sorry, after: {each: w.anger}, max: 1}"
    got = verdict(check, "C: 气死了\nA: 抱歉\nC: 气死了\nA: 抱歉")
    assert (got.verdict, got.violations) == ("fail", 1)
    assert [e.kind for e in got.evidence] == ["anchor", "hit", "anchor", "surplus"]


def test_the_first_hits_are_in_place_and_the_later_ones_surplus() -> None:
    got = verdict("{find: w.no.cannot, max: 1}", "A: 不能，不能\nC: 嗯\nA: 不能\nC: 嗯")
    assert [(e.kind, e.turn, e.start) for e in got.evidence] == [
        ("hit", 1, 0), ("surplus", 1, 3), ("surplus", 3, 0),
    ]  # fmt: skip
    assert got.violations == 2


def test_what_is_missing_costs_without_evidence() -> None:
    got = verdict("{find: w.bye, min: 2}", TWICE, "deduct: 3")
    assert lost(got) == [("missing", "3", None), ("missing", "3", None)]
    assert (got.earned, got.evidence) == (4, ())


def test_an_unanswered_anchor_is_shown_as_such() -> None:
    check = "{find: w.sorry, after: {each: w.anger, within: 1 turn}}"
    got = verdict(check, "C: 气死了\nA: 抱歉\nC: 我说气死了\nA: 嗯", "deduct: 4")
    assert lost(got) == [("unanswered", "4", ("unanswered", 3, "气死了"))]
    assert shown_all(got) == [
        ("anchor", 1, "气死了"), ("hit", 2, "抱歉"), ("unanswered", 3, "气死了"),
    ]  # fmt: skip


def test_an_answer_that_is_itself_an_unanswered_anchor_is_shown_as_unanswered() -> None:
    check = "{find: w.thanks, role: any, after: {each: w.thanks, within: 1 turn}}"
    got = verdict(check, "A: 谢谢\nC: 谢谢\nA: 嗯\nC: 好")
    assert shown_all(got) == [("anchor", 1, "谢谢"), ("unanswered", 2, "谢谢")]
    assert lost(got) == [("unanswered", "10", ("unanswered", 2, "谢谢"))]


def test_overlapping_hits_of_several_entries_count_once() -> None:
    lines = "A: 绝不能\nC: 嗯\nA: 不能\nC: 嗯"
    assert said("{find: [w.no.cannot, w.no.never], max: 0}", lines) == "fail 2"
    assert said("{find: w.no, max: 0}", lines) == "fail 2"
    got = verdict("{find: w.no, max: 0}", lines)
    assert [(e.name, e.quote) for e in got.evidence] == [
        ("w.no.never", "绝不能"), ("w.no.cannot", "不能"),
    ]  # fmt: skip


def test_a_group_finds_all_entries_below_it_and_no_other() -> None:
    words = lexicon({"no.a": ("agent", "neutral", "甲"), "noble": ("agent", "neutral", "乙")})
    look = rubric("{id: i, points: 10, check: {find: w.no, max: 0}}", words=words)
    assert judge(look, call_of("A: 乙\nC: 嗯\nA: 乙\nC: 嗯"))["i"].verdict == "pass"
    assert judge(look, call_of("A: 甲\nC: 嗯\nA: 乙\nC: 嗯"))["i"].violations == 1


def test_names_of_differing_roles_need_a_role_and_then_count_what_that_role_said() -> None:
    lines = "A: 谢谢\nC: 谢谢\nC2: 谢谢\nA: 您好"
    assert said("{find: [w.thanks, w.hello], role: agent, min: 2, max: 2}", lines) == "pass"
    assert said("{find: [w.thanks, w.hello], role: any, min: 4, max: 4}", lines) == "pass"


def test_only_what_the_entrys_role_says_counts() -> None:
    assert said("{find: w.hello}", "C: 您好\nA: 喂\nC: 您好\nA: 嗯") == "fail 1"
    assert said("{find: w.hello}", "B: 您好\nA: 喂\nC: 您好\nA: 嗯") == "fail 1"


# ---- order -----------------------------------------------------------------------------

ORDER = "{order: [w.hello, w.verify, w.bye]}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("A: 您好\nC: 喂\nA: 核实\nC: 好\nA: 再见", "pass"),
        ("A: 您好\nC: 喂\nA: 再见\nC: 好\nA: 核实", "fail 1"),
        ("A: 再见\nC: 喂\nA: 核实\nC: 好\nA: 您好", "fail 2"),
        ("A: 核实\nC: 喂\nA: 您好\nC: 好\nA: 再见", "fail 1"),
        ("A: 再见\nC: 喂\nA: 您好\nC: 好\nA: 核实", "fail 1"),  # only neighbouring inversions
        ("A: 您好，再见\nC: 喂\nA: 嗯\nC: 好", "pass"),  # a step that is missing is no matter
        ("A: 再见，您好\nC: 喂\nA: 嗯\nC: 好", "fail 1"),  # within a turn, too
        ("A: 您好，再见\nC: 喂\nA: 您好\nC: 好", "pass"),  # first occurrences
        ("A: 您好\nC: 喂\nA: 您好\nC: 好", "na not_applicable"),
        ("C: 喂\nA: 嗯\nC: 好\nA: 嗯", "na not_applicable"),
    ],
)
def test_order(lines: str, expected: str) -> None:
    assert said(ORDER, lines) == expected


def test_an_inversion_names_the_step_that_came_too_late() -> None:
    got = verdict(ORDER, "A: 再见\nC: 喂\nA: 您好，核实", "deduct: 3")
    assert lost(got) == [("order", "3", ("surplus", 3, "核实"))]
    assert got.earned == 7


# ---- measure ---------------------------------------------------------------------------

TALK = "[0-6] A: 一二三，四五六！\n[6-8] C: 一 二\n[8-9] A: 好\n[9-10] C: 好"


@pytest.mark.parametrize(
    ("check", "expected", "value"),
    [
        ("{measure: talk_share, max: 70 %}", "pass", "70 %"),
        ("{measure: talk_share, max: 69.9 %}", "fail 1", "70 %"),
        ("{measure: talk_share, min: 70 %}", "pass", "70 %"),
        ("{measure: talk_share, min: 70.1 %}", "fail 1", "70 %"),
        ("{measure: talk_share, role: customer, max: 30 %}", "pass", "30 %"),
        ("{measure: duration, max: 10 s}", "pass", "10 s"),
        ("{measure: duration, min: 10.5 s}", "fail 1", "10 s"),
        ("{measure: turns, max: 4 turns}", "pass", "4 turns"),
        ("{measure: turns, max: 3 turns}", "fail 1", "4 turns"),
        ("{measure: turns, role: agent, min: 2 turns, max: 2 turns}", "pass", "2 turns"),
        ("{measure: chars, max: 10 chars}", "pass", "10 chars"),
        ("{measure: chars, max: 9 chars}", "fail 1", "10 chars"),
        ("{measure: chars, role: agent, min: 7 chars, max: 7 chars}", "pass", "7 chars"),
        ("{measure: silence_share, max: 0 %}", "pass", "0 %"),
    ],
)
def test_measures_and_their_limits(check: str, expected: str, value: str) -> None:
    got = verdict(check, TALK)
    assert (f"{got.verdict} {got.violations or ''}".strip(), got.value) == (expected, value)


def test_talk_share_counts_characters_where_a_segment_has_no_time() -> None:
    untimed = "\n".join(line.partition("] ")[2] for line in TALK.splitlines())
    assert verdict("{measure: talk_share, max: 70 %}", untimed).value == "70 %"
    assert verdict("{measure: talk_share, max: 70 %}", untimed + "\nA: 好").value == "72.7 %"


def test_talk_share_is_that_of_both_sides_without_bots() -> None:
    assert verdict("{measure: talk_share, max: 70 %}", TALK + "\n[10-90] B: 请评价").value == "70 %"


def test_silence_share_is_what_nobody_fills() -> None:
    lines = "[0-4] A: 您好\n[2-3] C: 喂\n[6-8] A: 嗯\n[8-10] C: 好\n[10-10] A: 嗯"
    got = verdict("{measure: silence_share, max: 20 %}", lines)
    assert (got.verdict, got.value) == ("pass", "20 %")
    assert said("{measure: silence_share, max: 19.9 %}", lines) == "fail 1"


@pytest.mark.parametrize("measure", ["duration, max: 9 s", "silence_share, max: 9 %"])
def test_measures_of_time_without_times_are_na(measure: str) -> None:
    assert said(f"{{measure: {measure}}}", FILLER) == "na no_timestamps"


def test_a_measure_out_of_bounds_costs_one_violation() -> None:
    got = verdict("{measure: chars, max: 1 chars}", TALK, "deduct: 4")
    assert (lost(got), got.earned) == ([("measure", "4", None)], 6)


# ---- all, any --------------------------------------------------------------------------

PASS, FAIL, NA = "{find: w.hello}", "{find: w.bye, min: 2}", "{order: [w.anger, w.complain]}"


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((PASS, PASS), "pass", "pass"),
        ((PASS, FAIL), "fail 2", "pass"),
        ((PASS, NA), "pass", "pass"),
        ((FAIL, FAIL), "fail 4", "fail 2"),
        ((FAIL, NA), "fail 2", "fail 2"),
        ((NA, NA), "na not_applicable", "na not_applicable"),
        ((FAIL, "{find: w.verify}"), "fail 3", "fail 1"),
    ],
)
def test_all_and_any_have_three_values(parts: tuple[str, ...], every: str, some: str) -> None:
    lines = "A: 您好\nC: 喂\nA: 嗯\nC: 好"
    for order in (parts, parts[::-1]):
        assert said(f"{{all: [{', '.join(order)}]}}", lines) == every
        assert said(f"{{any: [{', '.join(order)}]}}", lines) == some


def test_all_and_any_may_hold_each_other() -> None:
    lines = "A: 您好\nC: 喂\nA: 嗯\nC: 好"
    assert said(f"{{all: [{PASS}, {{any: [{FAIL}, {PASS}]}}]}}", lines) == "pass"
    assert said(f"{{any: [{FAIL}, {{all: [{FAIL}, {PASS}]}}]}}", lines) == "fail 2"


def test_evidence_of_all_parts_is_kept() -> None:
    got = verdict(
        "{all: [{find: w.hello}, {find: w.blame, max: 0}]}", "A: 您好，怪你\nC: 喂\nA: 嗯"
    )
    assert shown_all(got) == [("hit", 1, "您好"), ("surplus", 1, "怪你")]
    assert lost(got) == [("surplus", "10", ("surplus", 1, "怪你"))]


# ---- meta, manual, when ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"channel": "phone"}, "pass"),
        ({"channel": "chat"}, "fail 1"),
        ({}, "na not_applicable"),
        ({"channel": ""}, "na not_applicable"),
    ],
)
def test_meta(metadata: dict[str, str], expected: str) -> None:
    check = "{meta: channel, is: [phone, voip]}"
    assert said(check, FILLER, metadata=metadata) == expected


def test_meta_knows_the_calls_own_fields() -> None:
    assert said("{meta: queue, is: [refund]}", FILLER, queue="refund") == "pass"
    assert said("{meta: language, is: [zh]}", FILLER) == "pass"


def test_manual_stays_open() -> None:
    got = verdict("manual", FILLER)
    assert (got.verdict, got.points, got.earned, got.losses) == ("manual", 10, 0, ())


HELLO_IF = "when: {find: w.anger}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("C: 气死了\nA: 您好\nC: 喂\nA: 嗯", "pass"),
        ("C: 气死了\nA: 喂\nC: 喂\nA: 嗯", "fail 1"),
        ("C: 喂\nA: 您好\nC: 喂\nA: 嗯", "na not_applicable"),
    ],
)
def test_an_item_is_judged_only_if_its_condition_passes(lines: str, expected: str) -> None:
    assert said("{find: w.hello}", lines, HELLO_IF) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{find: w.anger, in: {first: 9 s}}", "na no_timestamps"),
        ("{find: w.sorry, after: {each: w.anger}}", "na not_applicable"),
        ("{meta: channel, is: [phone]}", "na not_applicable"),
        ("{measure: duration, max: 9 s}", "na no_timestamps"),
        ("{find: w.sorry, after: {last: w.hello}}", "na no_opportunity"),
    ],
)
def test_a_condition_that_is_na_passes_its_reason_on(condition: str, expected: str) -> None:
    assert (
        said("{find: w.hello}", "A: 嗯\nC: 喂\nC2: 喂\nA: 您好", f"when: {condition}") == expected
    )


def test_a_manual_item_with_a_condition() -> None:
    assert said("manual", "C: 喂\nA: 喂\nC: 喂\nA: 嗯", HELLO_IF) == "na not_applicable"
    assert said("manual", "C: 气死了\nA: 喂\nC: 喂\nA: 嗯", HELLO_IF) == "manual"


# ---- events ----------------------------------------------------------------------------


def test_events_are_counted_like_words() -> None:
    lines = f"A: 您好\nC: 喂\nA: {'长' * 121}\nC: 嗯\nA: {'长' * 120}"
    check = "{find: event.long_turn, role: agent, max: 0}"
    got = verdict(check, lines)
    assert (got.verdict, [e.turn for e in got.evidence]) == ("fail", [3])
    over = "{find: event.long_turn, role: agent, over: 119 chars, max: 0}"
    assert said(over, lines) == "fail 2"
    assert said(check.replace("agent", "customer"), lines) == "pass"


def test_over_means_strictly_more() -> None:
    lines = f"A: 您好\nC: 喂\nA: {'长' * 50}\nC: 嗯"
    check = "{find: event.long_turn, role: agent, over: %s chars, max: 0}"
    assert said(check % 49, lines) == "fail 1"
    assert said(check % 50, lines) == "pass"


def test_an_event_may_be_an_anchor() -> None:
    check = "{find: w.sorry, after: {each: event.long_turn, within: 1 turn}}"
    lines = f"A: 您好\nC: {'长' * 121}\nA: %s\nC: 嗯"
    assert said(check, lines % "抱歉") == "pass"
    assert said(check, lines % "嗯") == "fail 1"


INTERRUPTING = "{find: event.interruption, role: agent, max: 0}"
CUT_IN = "A: 您好\nC: 我想问一下那个退款\nA: 哪一单？\nC: 你听我说完\nA: 好的\nC: 嗯"


def test_words_about_interruptions_can_convict_an_untimed_call() -> None:
    got = verdict(INTERRUPTING, CUT_IN)
    assert (got.verdict, [e.via for e in got.evidence]) == ("fail", ["text"])


def test_words_that_are_enough_need_no_times() -> None:
    assert said("{find: event.interruption, role: agent}", CUT_IN) == "pass"
    assert said("{find: event.interruption, role: agent, min: 2}", CUT_IN) == "na no_timestamps"


def test_but_their_absence_cannot_acquit_it() -> None:
    assert said(INTERRUPTING, FILLER) == "na no_timestamps"
    assert said(INTERRUPTING.replace("0", "1"), CUT_IN) == "na no_timestamps"


def test_with_over_timing_alone_decides() -> None:
    check = "{find: event.interruption, role: agent, over: 0.5 s, max: 0}"
    assert said(check, CUT_IN) == "na no_timestamps"


@pytest.mark.parametrize("event", ["interruption, over: 0.5 s", "silence", "fast_speech"])
def test_starts_without_ends_are_no_times(event: str) -> None:
    lines = "[0] A: 您好\n[3] C: 喂\n[5] A: 嗯\n[20] C: 嗯"
    check = f"{{find: event.{event}, role: agent, max: 0}}"
    assert said(check, lines) == "na no_timestamps"
