"""Signals: reported of each call, never scored."""

from __future__ import annotations

import pytest
from make import FILLER, call, rubric

from qa_checker import judge
from qa_checker.scorecard import Scorecard, Signal

ITEM = "{id: i, points: 10, check: {find: w.hello}}"


def judged(signals: str, lines: str) -> Scorecard:
    return judge(rubric(ITEM, extra=f"signals: {signals}\n"), call(lines))


def signal(signals: str, lines: str) -> Signal:
    [got] = judged(signals, lines).signals
    return got


MOODS = """[{id: mood, title: Mood, labels: [
  {value: furious, check: {find: w.anger, min: 2}},
  {value: angry, check: {find: w.anger}},
  {value: polite, check: {find: w.thanks, role: customer}}]}]"""


@pytest.mark.parametrize(
    ("line", "label", "count"),
    [
        ("C: 气死了，气死了，谢谢", "furious", 2),
        ("C: 气死了，谢谢", "angry", 1),
        ("C: 谢谢", "polite", 1),
        ("C: 喂", "", 0),
    ],
)
def test_the_first_label_whose_check_passes_wins(line: str, label: str, count: int) -> None:
    got = signal(MOODS, FILLER + line)
    assert (got.id, got.title, got.label, got.count) == ("mood", {"": "Mood"}, label, count)
    assert len(got.evidence) == count


@pytest.mark.parametrize(
    ("name", "count", "quotes"),
    [
        ("w.anger", 2, ["气死了", "气死了"]),
        ("w.no", 2, ["绝不能", "不能"]),
        ("w.thanks", 0, []),
        ("event.long_turn", 1, ["长" * 121]),
    ],
)
def test_a_bare_name_counts_an_entry_a_group_or_an_event(
    name: str, count: int, quotes: list[str]
) -> None:
    lines = f"C: 气死了\nA: 绝不能，不能\nC: 气死了\nA: {'长' * 121}"
    got = signal(f"[{name}]", lines)
    assert (got.id, got.label, got.count, [e.quote for e in got.evidence]) == (
        name, "", count, quotes,
    )  # fmt: skip


def test_signals_are_never_scored() -> None:
    lines = "A: 您好\nC: 气死了\nA: 嗯\nC: 嗯"
    with_signals = judged("[w.anger, w.no]", lines)
    without = judge(rubric(ITEM), call(lines))
    assert (with_signals.score, with_signals.verdicts) == (without.score, without.verdicts)
    assert [s.count for s in with_signals.signals] == [1, 0]
    assert without.signals == ()


def test_events_that_need_times_count_nothing_in_calls_without() -> None:
    assert signal("[event.silence]", FILLER).count == 0


def test_a_label_is_kept_under_its_first_text_and_a_translation_changes_nothing() -> None:
    plain = "[{id: mood, labels: [{value: angry, check: {find: w.anger}}]}]"
    both = plain.replace("value: angry", "value: {en: angry, zh: 生气}")
    one, other = (judged(each, FILLER + "C: 气死了") for each in (plain, both))
    assert [one.signals[0].label, other.signals[0].label] == ["angry", "angry"]
    assert other.signals[0].label_title == {"en": "angry", "zh": "生气"}
    assert one.rule == other.rule
