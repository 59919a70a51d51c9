"""Points: the ledger, red lines, the score as shown, bands, and what is not scored."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import HEAD, ROLES, WORDS, call, card, compiled, rubric, verdict

from qa_checker import judge
from qa_checker.call import Call, Segment, turns
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.points import band_of
from qa_checker.scorecard import Forfeit, Scorecard, one_decimal

CALL = "A: 您好\nC: 喂\nA: 不能，不能，怪你\nC: 嗯"


# ---- deduct ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deduct", "earned", "losses"),
    [
        ("", "0", ["10", "0"]),
        ("deduct: 10", "0", ["10", "0"]),
        ("deduct: 6", "0", ["6", "4"]),
        ("deduct: 2", "6", ["2", "2"]),
        ("deduct: 2.5", "5", ["5/2", "5/2"]),
        ("deduct: 0", "10", ["0", "0"]),
    ],
)
def test_deduct_is_charged_per_violation_down_to_0(
    deduct: str, earned: str, losses: list[str]
) -> None:
    got = verdict("{find: w.no.cannot, max: 0}", CALL, deduct)
    assert (got.verdict, got.violations, str(got.earned)) == ("fail", 2, earned)
    assert [str(loss.points) for loss in got.losses] == losses


# ---- red lines -------------------------------------------------------------------------


def sections(*groups: list[str], total: int, head: str = "", whens: str = "") -> Compiled:
    """Return a rubric with a section s1, s2 … for each list of items."""
    rows = [HEAD.format(total=total) + head, "sections:"]
    for number, items in enumerate(groups, 1):
        rows.append(f"  - id: s{number}")
        rows += [f"    when: {whens}"] if whens and number == 1 else []
        rows += ["    items:", *(f"      - {item}" for item in items)]
    return compiled("\n".join(rows))


HELLO = "{id: hello, points: 20, check: {find: w.hello}}"
BYE = "{id: bye, points: 10, check: {find: w.bye}}"
NO = "{id: no, points: 30, deduct: 5, check: {find: w.no.cannot, max: 0}}"
BLAME = "{id: blame, points: 40, auto_fail: %s, check: {find: w.blame, max: 0}}"


def test_without_a_red_line() -> None:
    got = judge(sections([HELLO, BLAME % "false"], [NO], total=90), call(CALL))
    assert (got.possible, got.earned, got.shown) == (90, 40, "44.4")
    assert (got.failed_by, got.forfeits) == ((), ())


def test_auto_fail_true_takes_the_whole_score() -> None:
    got = judge(sections([HELLO, BLAME % "true"], [NO], total=90), call(CALL))
    assert (got.possible, got.earned, got.score, got.band) == (90, 0, 0, "poor")
    assert got.forfeits == (Forfeit("blame", "", Fraction(40)),)
    assert got.failed_by == ("blame",)
    assert [v.earned for v in got] == [20, 0, 20]  # what it was before stays visible


def test_auto_fail_section_takes_the_section_only() -> None:
    got = judge(sections([HELLO, BLAME % "section"], [NO], total=90), call(CALL))
    assert (got.possible, got.earned, got.shown) == (90, 20, "22.2")
    assert got.forfeits == (Forfeit("blame", "s1", Fraction(20)),)


def test_two_red_lines_in_a_section_cost_it_once() -> None:
    other = "{id: no, points: 30, deduct: 5, auto_fail: section, check: {find: w.no, max: 0}}"
    got = judge(sections([HELLO, BLAME % "section", other], total=90), call(CALL))
    assert got.earned == 0
    assert got.forfeits == (Forfeit("blame", "s1", Fraction(40)), Forfeit("no", "s1", Fraction(0)))


def test_section_and_whole_together_cost_everything_once() -> None:
    both = [HELLO, BLAME % "section"], [NO.replace("deduct", "auto_fail: true, deduct")]
    got = judge(sections(*both, total=90), call(CALL))
    assert (got.earned, got.score) == (0, 0)
    assert got.forfeits == (
        Forfeit("blame", "s1", Fraction(20)), Forfeit("no", "", Fraction(20)),
    )  # fmt: skip


def test_a_red_line_that_was_kept_or_not_judged_costs_nothing() -> None:
    kept = judge(sections([HELLO, BLAME % "true"], total=60), call("A: 您好\nC: 喂\nA: 嗯"))
    assert (kept.score, kept.forfeits) == (100, ())
    unsure = judge(sections([HELLO, BLAME % "true"], total=60), call("A: 您好\nC: 喂\nU: 怪你"))
    assert (unsure["blame"].reason, unsure.score, unsure.possible) == ("unknown_roles", 100, 20)


def test_a_red_line_worth_nothing_still_zeroes() -> None:
    line = "{id: blame, points: 0, auto_fail: true, check: {find: w.blame, max: 0}}"
    got = judge(sections([HELLO, line], total=20), call(CALL))
    assert (got.possible, got.score, got.failed_by) == (20, 0, ("blame",))
    alone = judge(sections([line], total=0), call(CALL))
    assert (alone.possible, alone.score, alone.shown, alone.band) == (0, 0, "0.0", "poor")
    section = judge(sections([line.replace("true", "section")], total=0), call(CALL))
    assert (section.score, section.band) == (None, "")


# ---- what counts -----------------------------------------------------------------------


def test_only_judged_items_are_possible() -> None:
    late = "{id: late, points: 70, check: {find: w.sorry, after: {each: w.anger}}}"
    got = judge(sections([HELLO, BYE, late], total=100), call("A: 您好\nC: 喂\nA: 嗯\nC: 嗯"))
    assert [v.verdict for v in got] == ["pass", "fail", "na"]
    assert (got.possible, got.earned, got.shown) == (30, 20, "66.7")


def test_no_judged_item_is_no_score_and_said_so() -> None:
    got = card("{find: w.sorry, after: {each: w.anger}}", "A: 您好\nC: 喂\nA: 嗯\nC: 嗯")
    assert (got.possible, got.score, got.shown, got.band, got.passed) == (0, None, "", "", None)
    assert got.notes == ("no item of the rubric could be judged on this call",)


def test_items_of_0_points_are_judged_and_not_scored() -> None:
    trial = "{id: trial, points: 0, check: {find: w.bye}}"
    got = judge(sections([HELLO, trial], total=20), call(CALL))
    assert (got["trial"].verdict, got["trial"].violations, got.score) == ("fail", 1, 100)


def test_an_open_manual_item_makes_the_score_provisional_and_is_not_possible() -> None:
    got = judge(sections([HELLO, "{id: m, points: 5, check: manual}"], total=25), call(CALL))
    assert (got.provisional, got.possible, got.score) == (True, 20, 100)
    trial = judge(sections([HELLO, "{id: m, points: 0, check: manual}"], total=20), call(CALL))
    assert trial.provisional is False


def test_a_manual_item_that_does_not_apply_is_not_waited_for() -> None:
    item = "{id: m, points: 5, when: {find: w.anger}, check: manual}"
    got = judge(sections([HELLO, item], total=25), call(CALL))
    assert (got["m"].verdict, got.provisional) == ("na", False)


@pytest.mark.parametrize(
    ("when", "line", "reason"),
    [
        ("{find: w.anger}", "C: 喂", "not_applicable"),
        ("{find: w.anger, in: {first: 9 s}}", "C: 喂", "no_timestamps"),
        ("{find: w.anger}", "U: 喂", "unknown_roles"),
        ("{find: w.anger}", "C: 气死了", ""),
    ],
)
def test_a_section_is_judged_only_if_its_condition_passes(
    when: str, line: str, reason: str
) -> None:
    both = sections([HELLO, BYE], [NO], total=60, whens=when)
    got = judge(both, call(f"A: 您好\n{line}\nA: 嗯\nC: 嗯"))
    assert [v.reason for v in got][:2] == [reason, reason]
    assert [v.verdict for v in got][:2] == (["na", "na"] if reason else ["pass", "fail"])
    assert got["no"].section == "s2"
    assert got["no"].reason in ("", "unknown_roles")


# ---- bands -----------------------------------------------------------------------------

BANDS = {"good": Fraction(90), "fair": Fraction(60), "poor": Fraction(0)}


@pytest.mark.parametrize(
    ("score", "shown", "band"),
    [
        (Fraction(100), 100.0, "good"),
        (Fraction(90), 90.0, "good"),
        (Fraction("89.95"), 90.0, "good"),
        (Fraction("89.9499"), 89.9, "fair"),
        (Fraction("59.95"), 60.0, "fair"),
        (Fraction("59.94"), 59.9, "poor"),
        (Fraction("0.05"), 0.1, "poor"),
        (Fraction(200, 3), 66.7, "fair"),
        (Fraction(0), 0.0, "poor"),
    ],
)
def test_bands_compare_the_score_as_shown(score: Fraction, shown: float, band: str) -> None:
    assert (one_decimal(score), band_of(score, BANDS)) == (shown, band)


@pytest.mark.parametrize(("scores", "passed"), [("good", True), ("fair", True), ("poor", False)])
def test_the_lowest_passing_band_and_those_above_it_pass(scores: str, passed: bool) -> None:
    lost = {"good": 0, "fair": 1, "poor": 3}[scores]
    lines = f"A: 您好\nC: 喂\nA: 嗯{'，不能' * lost}\nC: 嗯"
    got = card("{find: w.no.cannot, max: 0}", lines, "deduct: 2.5")
    assert (got.band, got.passed) == (scores, passed)


def test_a_rubric_that_names_no_passing_band_passes_nobody() -> None:
    text = HEAD.format(total=20).replace("pass: fair\n", "")
    got = judge(compiled(f"{text}sections:\n  - id: s\n    items:\n      - {HELLO}\n"), call(CALL))
    assert (got.band, got.passed) == ("good", None)


def test_score_and_ledger_are_exact() -> None:
    third = "{id: h%d, points: 0.1, check: {find: w.hello}}"
    items = [third % number for number in range(3)]
    got = judge(rubric(*items, total="0.3"), call(CALL))
    assert (got.possible, got.earned, got.score) == (Fraction(3, 10), Fraction(3, 10), 100)


# ---- applies_to ------------------------------------------------------------------------

PHONE = "applies_to: {channel: [phone, voip]}\n"


def applied(**known: object) -> Scorecard:
    item = "{id: i, points: 10, check: {find: w.hello}}"
    return judge(rubric(item, extra=PHONE), call(CALL, **known))


def test_another_value_skips_the_call() -> None:
    got = applied(metadata={"channel": "chat"})
    assert got.skipped == "channel is chat, not phone / voip"
    assert (got.verdicts, got.score, got.band, got.signals) == ((), None, "", ())


@pytest.mark.parametrize("channel", ["voip", "VoIP", "PHONE"])
def test_an_allowed_value_applies_without_a_word(channel: str) -> None:
    got = applied(metadata={"channel": channel})
    assert (got.skipped, got.notes, got.score) == ("", (), 100)


def test_a_missing_value_applies_and_is_noted() -> None:
    got = applied(notes=("from the reader",))
    assert (got.skipped, got.score) == ("", 100)
    assert got.notes == ("from the reader", "channel is not known; the rubric was applied")


# ---- the rule's hash -------------------------------------------------------------------

BASE = f"""{HEAD.format(total=60)}\
sections:
  - id: s
    title: Section
    items:
      - {{id: a, title: A, points: 20, check: {{find: w.sorry, after: {{each: w.anger}}}}}}
      - {{id: b, points: 20, check: {{all: [{{find: w.hello}}, {{find: w.bye}}]}}}}
      - {{id: c, points: 20, deduct: 5, check: {{find: event.long_turn, role: agent, max: 0}}}}
examples: [{{name: n, turns: "客服: 喂", expect: {{a: na}}}}]
"""


def mark(rule: str) -> str:
    """Return the hash of `id@version#hash`."""
    return rule.rpartition("#")[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A", "title: {zh: 甲, en: A}"),
        ("title: A", "why: because, advice: do, source: '1.2', was: [z]"),
        ("title: Section", "title: Abschnitt"),
        ("id: s\n", "id: s\n    was: [old]\n"),
        ("name: n", "name: other"),
        ("{a: na}", "{b: na}"),
        ("uses:", "title: T\nowner: me\nsource: policy\nuses:"),
    ],
)
def test_wording_does_not_change_the_hash(old: str, new: str) -> None:
    assert old in BASE
    assert compiled(BASE.replace(old, new)).rule == compiled(BASE).rule


def test_a_new_version_does_not_change_the_hash() -> None:
    newer = compiled(BASE.replace("1.0.0", "1.0.1"))
    assert newer.rule == f"r@1.0.1#{mark(compiled(BASE).rule)}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("find: w.sorry", "find: w.sorry2"),
        ("each:", "first:"),
        ("after:", "before:"),
        ("w.anger}}", "w.anger, within: 2 turns}}"),
        ("{each: w.anger}", "{each: w.anger}, role: any"),
        ("all:", "any:"),
        ("max: 0", "max: 1"),
        ("max: 0", "over: 9 chars, max: 0"),
        ("deduct: 5", "deduct: 6"),
        ("deduct: 5", "auto_fail: true"),
        ("deduct: 5", "auto_fail: section"),
        ("points: 20, check: {all", "points: 20, when: {find: w.anger}, check: {all"),
        ("fair: 60", "fair: 61"),
        ("pass: fair", "pass: good"),
        ("pass: fair", "pass: fair\nevents: {long_turn: {chars: 119}}"),
        ("pass: fair", "pass: fair\napplies_to: {channel: [phone]}"),
        ("    items:", "    when: {find: w.anger}\n    items:"),
    ],
)
def test_whatever_can_change_a_verdict_changes_the_hash(old: str, new: str) -> None:
    assert old in BASE
    changed = compiled(BASE.replace(old, new, 1))
    assert mark(changed.rule) != mark(compiled(BASE).rule)


def test_points_change_the_hash() -> None:
    moved = BASE.replace("title: A, points: 20", "title: A, points: 30").replace(
        "points: 20, deduct", "points: 10, deduct"
    )
    assert mark(compiled(moved).rule) != mark(compiled(BASE).rule)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("phrases: ['抱歉']", "phrases: ['抱歉', '对不起']", False),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], unless: ['不抱歉']", False),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], negation: drop", False),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], homophones: same", False),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], fillers: skip", False),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], boundary: word", False),
        ("title: sorry words, role: agent", "title: sorry words, role: any", False),
        ("title: sorry words", "title: other", True),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], why: w, source: s, instead: [i]", True),
        ("phrases: ['抱歉']", "phrases: ['抱歉'], severity: error", True),
        ("examples: {hit: [抱歉]", "examples: {hit: [抱歉啊]", True),
        ("phrases: ['怪你']", "phrases: ['怪他']", True),  # an entry that no rule asks for
        ("version: 1.0.0", "version: 1.0.1", True),
    ],
)
def test_the_hash_covers_the_phrases_that_rules_ask_for(old: str, new: str, same: bool) -> None:
    assert old in WORDS
    changed = compiled(BASE, WORDS.replace(old, new))
    assert (mark(changed.rule) == mark(compiled(BASE).rule)) is same


# ---- judging is pure -------------------------------------------------------------------

CHECKS = [
    "{find: w.hello, in: {first: 2 turns}}",
    "{find: w.sorry, after: {each: w.anger, within: 2 turns}}",
    "{find: w.verify, before: {each: w.amount}}",
    "{find: w.sorry, near: {last: w.anger, within: 9 s}}",
    "{find: w.no, max: 1}",
    "{order: [w.hello, w.verify, w.bye]}",
    "{measure: talk_share, max: 60 %}",
    "{measure: silence_share, max: 20 %}",
    "{any: [{find: w.thanks, in: {last: 5 s}}, {find: w.bye}]}",
    "{all: [{find: w.blame, max: 0}, {find: w.thanks, role: customer}]}",
    "{find: event.interruption, role: agent, max: 0}",
    "{find: event.silence, role: agent, max: 0}",
    "{find: event.long_turn, role: agent, max: 0, over: 10 chars}",
    "{find: event.repeat, role: customer, max: 0}",
    "manual",
]
EXTRAS = [
    "",
    ", auto_fail: true",
    ", auto_fail: section",
    ", when: {find: w.thanks}",
    ", deduct: 3",
]


@st.composite
def rubrics(draw: st.DrawFn) -> Compiled:
    """A rubric of generated items; the same one is loaded only once."""
    count = draw(st.integers(1, 4))
    items = []
    for number in range(count):
        check, extra = draw(st.sampled_from(CHECKS)), draw(st.sampled_from(EXTRAS))
        items.append(f"{{id: i{number}, points: 10, check: {check}{extra}}}")
    half = draw(st.integers(1, count))
    groups = [group for group in (items[:half], items[half:]) if group]
    return sections(*groups, total=10 * count, head="signals: [w.anger, event.silence]\n")


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """A call of anybody saying anything, at sensible or at senseless times or at none."""
    timing = draw(st.sampled_from(["none", "starts", "both", "mixed", "backwards"]))
    segments, now = [], 0.0
    words = ["您好", "气死了", "抱歉", "不能", "绝不能", "怪你", "核实", "余额", "再见", "谢谢"]
    piece = st.one_of(st.sampled_from(words), st.sampled_from(["，", "。", " ", "嗯", "好的"]))
    for _ in range(draw(st.integers(0, 9))):
        role = draw(st.sampled_from(["A", "C", "A", "C", "A2", "U", "B", "S", "V"]))
        text = draw(st.one_of(st.lists(piece, max_size=6).map("".join), st.text(max_size=9)))
        start = now if timing != "none" else None
        now += draw(st.integers(-3 if timing == "backwards" else 0, 9)) / 2
        timed = timing in ("both", "backwards") or (timing == "mixed" and draw(st.booleans()))
        end = now if timed else None
        segments.append(Segment(ROLES[role[0]], text, role, start, end, None))
    language = draw(st.sampled_from(["zh", "en", "", "fr"]))
    return Call("c", turns(segments), language=language)


@settings(max_examples=300, deadline=None)
@given(rubrics(), calls())
def test_any_call_is_judged_and_its_ledger_adds_up(rules: Compiled, said: Call) -> None:
    got = judge(rules, said)
    lost = sum((loss.points for v in got for loss in v.losses), Fraction(0))
    forfeited = sum((forfeit.points for forfeit in got.forfeits), Fraction(0))
    assert lost + forfeited == got.possible - got.earned
    assert got.score is None or 0 <= got.score <= 100
    assert got.possible == sum(v.points for v in got if v.verdict in ("pass", "fail"))
    for v in got:
        assert bool(v.reason) == (v.verdict == "na")
        assert (v.verdict == "fail") == bool(v.violations)
        if v.verdict in ("pass", "fail"):
            assert sum((loss.points for loss in v.losses), Fraction(0)) == v.points - v.earned
        for e in v.evidence:
            assert said.turns[e.turn - 1].text[e.start : e.end] == e.quote
    assert judge(rules, said) == got


@settings(max_examples=40, deadline=None)
@given(st.lists(calls(), min_size=2, max_size=4))
def test_no_call_leaves_a_trace_on_the_next(several: list[Call]) -> None:
    items = [f"{{id: i{n}, points: 1, check: {c}}}" for n, c in enumerate(CHECKS)]
    rules = rubric(*items, total=len(items))
    forward = [judge(rules, each) for each in several]
    backward = [judge(rules, each) for each in reversed(several)]
    assert forward == backward[::-1]


def test_scorecards_cannot_be_changed() -> None:
    got = card("{find: w.hello}", CALL)
    with pytest.raises(FrozenInstanceError):
        got.score = Fraction(0)  # type: ignore[misc]
    assert replace(got, band="x") != got


def test_a_scorecard_reads_well() -> None:
    got = judge(
        sections([HELLO, BYE], [NO, "{id: m, points: 5, check: manual}"], total=65), call(CALL)
    )
    assert str(got.in_language("en")) == (
        "c1  score 66.7  fair  (provisional)\n"
        "Verdict    Points  Item\n"
        "Pass        20/20  hello\n"
        "Fail         0/10  bye\n"
        "Fail        20/30  no\n"
        "To review     –/5  m"
    )
    assert str(got).splitlines()[:2] == ["c1  得分 66.7  fair  （待人工）", "判定     得分  打分项"]
    assert got["no"].violations == 2
    with pytest.raises(KeyError):
        got["nothing"]
