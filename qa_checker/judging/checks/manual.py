"""A person judges: the item stays open."""

from __future__ import annotations

from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome
from qa_checker.rules.checks.manual import Check
from qa_checker.scorecard import MANUAL

OPEN = Outcome(MANUAL)


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a manual check on a call."""
    return left_open


def left_open(look: Look) -> Outcome:
    """Leave the item open."""
    return OPEN
