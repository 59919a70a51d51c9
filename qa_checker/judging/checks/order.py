"""Steps in order: each inversion of two neighbouring steps that occur is a violation."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from qa_checker.hit import Hit
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.rules.checks.order import Check


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges an order check on a call."""
    roles = {check.role} if check.role else {compiled.role_of([name]) for name in check.order}
    return partial(judge, check, roles != {"any"})


def judge(check: Check, bound: bool, look: Look) -> Outcome:
    """Judge an order check on a call; na if fewer than two steps occur.

    `bound` tells whether it asks for a role at all.
    """
    if bound and look.sides.unknown:
        return na("unknown_roles")
    firsts: list[Hit] = []
    for name in check.order:
        hits = look.hits(name)
        if check.role not in ("", "any"):
            hits = [hit for hit in hits if hit.role == check.role]
        firsts += hits[:1]
    if len(firsts) < 2:
        return na("too_short" if look.sides.too_short else "not_applicable")
    late = [
        earlier
        for earlier, later in pairwise(firsts)
        if (later.turn, later.start) < (earlier.turn, earlier.start)
    ]
    return Outcome(
        verdict=FAIL if late else PASS,
        violations=tuple(Violation("order", hit) for hit in late),
        hits=tuple(("surplus" if hit in late else "hit", hit) for hit in firsts),
    )
