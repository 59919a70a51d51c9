"""Every part must pass: any fail fails, else any pass passes, else na. Violations add up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qa_checker.judging import checks
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, NA, PASS, Outcome, joined
from qa_checker.rules.checks.all import Check


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges an all check on a call."""
    return partial(judge, [checks.plan(part, compiled) for part in check.parts])


def judge(parts: Sequence[Judge], look: Look) -> Outcome:
    """Judge an all check on a call."""
    outcomes = [part(look) for part in parts]
    verdicts = {outcome.verdict for outcome in outcomes}
    verdict = next((v for v in (FAIL, PASS) if v in verdicts), NA)
    return joined(verdict, outcomes, tuple(v for outcome in outcomes for v in outcome.violations))
