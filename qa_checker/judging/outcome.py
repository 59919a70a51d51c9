"""What a check found: its verdict, what violates it, and what speaks for it."""

from __future__ import annotations

from typing import NamedTuple

from qa_checker.hit import Hit
from qa_checker.scorecard import FAIL, NA, PASS, REASONS, Searched


class Violation(NamedTuple):
    """One reason to take points off: its kind, and the hit that shows it, if any."""

    kind: str
    hit: Hit | None = None


class Outcome(NamedTuple):
    """The verdict of a check. `hits` are (kind of evidence, hit) in the order of the call."""

    verdict: str
    reason: str = ""
    violations: tuple[Violation, ...] = ()
    hits: tuple[tuple[str, Hit], ...] = ()
    searched: tuple[Searched, ...] = ()
    value: str = ""


def na(reason: str, searched: tuple[Searched, ...] = ()) -> Outcome:
    """Return that a check cannot be judged, and why."""
    return Outcome(NA, reason, searched=searched)


def first_reason(outcomes: list[Outcome]) -> str:
    """Return the reason that comes first in the order of precedence."""
    reasons = [outcome.reason for outcome in outcomes if outcome.verdict == NA]
    return min(reasons, key=REASONS.index, default="")


def joined(verdict: str, outcomes: list[Outcome], violations: tuple[Violation, ...]) -> Outcome:
    """Return one outcome with the evidence of several."""
    return Outcome(
        verdict=verdict,
        reason=first_reason(outcomes) if verdict == NA else "",
        violations=violations if verdict == FAIL else (),
        hits=tuple(dict.fromkeys(hit for outcome in outcomes for hit in outcome.hits)),
        searched=tuple(dict.fromkeys(s for outcome in outcomes for s in outcome.searched)),
        value="; ".join(outcome.value for outcome in outcomes if outcome.value),
    )


__all__ = ["FAIL", "NA", "PASS", "Outcome", "Violation", "first_reason", "joined", "na"]
