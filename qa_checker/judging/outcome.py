"""What a check found: its verdict, what violates it, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from qa_checker.hit import Hit
from qa_checker.scorecard import FAIL, NA, PASS, REASONS, Searched, maker

T = TypeVar("T")


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


made = maker(Outcome)


def na(reason: str, searched: tuple[Searched, ...] = ()) -> Outcome:
    """Return that a check cannot be judged, and why."""
    return Outcome(NA, reason, searched=searched)


def first_reason(outcomes: list[Outcome]) -> str:
    """Return the reason that comes first in the order of precedence."""
    reasons = {outcome.reason for outcome in outcomes if outcome.verdict == NA}
    return min(reasons, key=REASONS.index, default="")


def joined(verdict: str, outcomes: list[Outcome], violations: tuple[Violation, ...]) -> Outcome:
    """Return one outcome with the evidence of several."""
    return Outcome(
        verdict,
        first_reason(outcomes) if verdict == NA else "",
        violations if verdict == FAIL else (),
        united([outcome.hits for outcome in outcomes]),
        united([outcome.searched for outcome in outcomes]),
        "; ".join([outcome.value for outcome in outcomes if outcome.value]),
    )


def united(parts: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    """Return what stands in some tuples, each once, in their order."""
    filled = [part for part in parts if part]
    if not filled:
        return ()
    first = filled[0]
    if len(first) == 1 and all(part is first for part in filled):
        return first  # hashing what stands in it takes longer
    return tuple(dict.fromkeys(chain.from_iterable(filled)))


__all__ = ["FAIL", "NA", "PASS", "Outcome", "Violation", "first_reason", "joined", "made", "na"]
