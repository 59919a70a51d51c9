"""One part must pass: any pass passes, else any fail fails, else na.

The fewest violations of the parts that failed count.
"""

from __future__ import annotations

from qa_checker.judging.checks import judge_check
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, NA, PASS, Outcome, joined
from qa_checker.rules.checks.any import Check


def judge(check: Check, look: Look) -> Outcome:
    """Judge an any check on a call."""
    outcomes = [judge_check(part, look) for part in check.parts]
    passed = [outcome for outcome in outcomes if outcome.verdict == PASS]
    if passed:
        return joined(PASS, passed, ())
    failed = [outcome for outcome in outcomes if outcome.verdict == FAIL]
    if failed:
        return joined(FAIL, failed, min((o.violations for o in failed), key=len))
    return joined(NA, outcomes, ())
