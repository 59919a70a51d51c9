"""The call's metadata: pass if the value is one of those listed, na if it is not known."""

from __future__ import annotations

from functools import partial

from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look, among
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.rules.checks.meta import Check


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a meta check on a call."""
    return partial(judge, check)


def judge(check: Check, look: Look) -> Outcome:
    """Judge a meta check on a call."""
    value = look.meta(check.meta)
    if not value:
        return na("not_applicable")
    if among(value, check.values):
        return Outcome(PASS, value=f"{check.meta}: {value}")
    return Outcome(FAIL, violations=(Violation("meta"),), value=f"{check.meta}: {value}")
