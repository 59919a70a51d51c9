"""Hits in windows, counted: those expected, those too many, and anchors without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qa_checker.hit import Hit
from qa_checker.judging.certainty import Facts
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, made
from qa_checker.judging.windows import Window
from qa_checker.rules.checks.find import Check
from qa_checker.scorecard import Searched


class Task(NamedTuple):
    """One window to look in, as it is shown to people, and the anchor that opened it."""

    window: Window
    searched: Searched
    anchor: Hit


def absent(known: Facts, searched: tuple[Searched]) -> Outcome:
    """Return what comes out of a window without any hits."""
    missing = known.missing
    return made((FAIL if missing else PASS, "", missing, (), searched, ""))


def present(check: Check, known: Facts, hits: Sequence[Hit], searched: tuple[Searched]) -> Outcome:
    """Count the hits of the one window that there is without anchors."""
    missing = known.missing[len(hits) :]
    if check.max is None or len(hits) <= check.max:
        found = tuple([("hit", hit) for hit in hits])
        return made((FAIL if missing else PASS, "", missing, found, searched, ""))
    expected, surplus = hits[: check.max], hits[check.max :]
    return Outcome(
        FAIL,
        "",
        (*missing, *[Violation("surplus", hit) for hit in surplus]),
        (*[("hit", hit) for hit in expected], *[("surplus", hit) for hit in surplus]),
        searched,
    )


def answered(check: Check, look: Look, hits: Sequence[Hit], tasks: Sequence[Task]) -> Outcome:
    """Count the hits of the window of each anchor; one that is too many costs once."""
    evidence: dict[Hit, str] = {}
    violations: list[Violation] = []
    for window, _, anchor in tasks:
        inside = [hit for hit in hits if window.holds(look, hit)]
        if len(inside) < (check.min or 0):
            evidence[anchor] = "unanswered"
            violations.append(Violation("unanswered", anchor))
        else:
            evidence.setdefault(anchor, "anchor")
        allowed = len(inside) if check.max is None else check.max
        for hit in inside[:allowed]:
            evidence.setdefault(hit, "hit")
        for hit in inside[allowed:]:
            if evidence.get(hit) != "surplus":
                violations.append(Violation("surplus", hit))
            evidence[hit] = "surplus"
    found = sorted(evidence, key=lambda hit: hit[1:3])
    return Outcome(
        FAIL if violations else PASS,
        "",
        tuple(violations),
        tuple([(evidence[hit], hit) for hit in found]),
        tuple([task.searched for task in tasks]),
    )
