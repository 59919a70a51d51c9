"""Signals: what is reported of a call and never scored."""

from __future__ import annotations

from qa_checker.judging.checks import Judge, plan
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.evidence import evidence
from qa_checker.judging.look import Look
from qa_checker.rules.rubric import Label, SignalRule
from qa_checker.scorecard import PASS, Signal


def signal_of(look: Look, rule: SignalRule) -> Signal:
    """Return a signal: the first label that applies, or the count of a name."""
    if not rule.labels:
        hits = look.hits(rule.id)
        shown = evidence(look, [("hit", hit) for hit in hits])
        return Signal(rule.id, rule.title, "", len(hits), shown)
    for label, judge in look.compiled.once(rule, planned, look.compiled):
        outcome = judge(look)
        if outcome.verdict == PASS:
            shown = evidence(look, outcome.hits)
            return Signal(rule.id, rule.title, label.value, len(shown), shown, label.title)
    return Signal(rule.id, rule.title)


def planned(rule: SignalRule, compiled: Compiled) -> list[tuple[Label, Judge]]:
    """Return each label of a signal with what judges whether it applies."""
    return [(label, plan(label.check, compiled)) for label in rule.labels]
