"""A person judges: the item stays open."""

from __future__ import annotations

from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome
from qa_checker.rules.checks.manual import Check
from qa_checker.scorecard import MANUAL


def judge(check: Check, look: Look) -> Outcome:
    """Leave the item open."""
    return Outcome(MANUAL)
