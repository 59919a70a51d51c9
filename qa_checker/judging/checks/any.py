"""One part must pass: any pass passes, else any fail fails, else na.

The fewest violations of the parts that failed count.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qa_checker.judging import checks
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, NA, PASS, Outcome, joined
from qa_checker.rules.checks.any import Check


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges an any check on a call."""
    return partial(judge, [checks.plan(part, compiled) for part in check.parts])


def judge(parts: Sequence[Judge], look: Look) -> Outcome:
    """Judge an any check on a call."""
    outcomes = [part(look) for part in parts]
    passed = [outcome for outcome in outcomes if outcome.verdict == PASS]
    if passed:
        return joined(PASS, passed, ())
    failed = [outcome for outcome in outcomes if outcome.verdict == FAIL]
    if failed:
        return joined(FAIL, failed, min((o.violations for o in failed), key=len))
    return joined(NA, outcomes, ())
