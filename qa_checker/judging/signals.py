"""Signals: what is reported of a call and never scored."""

from __future__ import annotations

from qa_checker.judging.checks import judge_check
from qa_checker.judging.evidence import evidence
from qa_checker.judging.look import Look
from qa_checker.rules.rubric import SignalRule
from qa_checker.scorecard import PASS, Signal


def signal_of(look: Look, rule: SignalRule) -> Signal:
    """Return a signal: the first label that applies, or the count of a name."""
    if not rule.labels:
        hits = look.hits(rule.id)
        shown = tuple(evidence(look, "hit", hit) for hit in hits)
        return Signal(rule.id, rule.title, "", len(hits), shown)
    for label in rule.labels:
        outcome = judge_check(label.check, look)
        if outcome.verdict == PASS:
            shown = tuple(evidence(look, kind, hit) for kind, hit in outcome.hits)
            return Signal(rule.id, rule.title, label.value, len(shown), shown)
    return Signal(rule.id, rule.title)
