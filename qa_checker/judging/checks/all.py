"""Every part must pass: any fail fails, else any pass passes, else na. Violations add up."""

from __future__ import annotations

from qa_checker.judging.checks import judge_check
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, NA, PASS, Outcome, joined
from qa_checker.rules.checks.all import Check


def judge(check: Check, look: Look) -> Outcome:
    """Judge an all check on a call."""
    outcomes = [judge_check(part, look) for part in check.parts]
    verdicts = {outcome.verdict for outcome in outcomes}
    verdict = next((v for v in (FAIL, PASS) if v in verdicts), NA)
    return joined(verdict, outcomes, tuple(v for outcome in outcomes for v in outcome.violations))
