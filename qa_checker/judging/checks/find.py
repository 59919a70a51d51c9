"""Count hits in windows: present, absent, answered.

Without anchors the hits in the window are counted. With anchors each of them must have
its answers within its own window; one hit may answer several anchors, and a surplus hit
costs once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qa_checker.events import ALWAYS, CONVICTS
from qa_checker.hit import Hit
from qa_checker.judging.look import Look, distinct
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.judging.windows import WHOLE, Window, absolute, anchors, relative
from qa_checker.rules.checks.find import Check
from qa_checker.rules.windows import Anchor


class Task(NamedTuple):
    """One window to look in, and the anchor that opened it, if any."""

    window: Window
    anchor: Hit | None = None


def judge(check: Check, look: Look) -> Outcome:
    """Judge a find check on a call."""
    role = check.role or look.role_of(check.find)
    named = [anchor.name for _, anchor in check.windows]
    bound = bool(look.unknown) and {role, *(look.role_of([name]) for name in named)} != {"any"}
    if not look.timed and lacks_times(check, look, named):
        return na("unknown_roles" if bound else "no_timestamps")
    tasks = find_tasks(check, look, role)
    if isinstance(tasks, Outcome):
        return doubt(tasks, look, bound)
    outcome = without_times(check, look, count(check, look, role, tasks))
    if rests_on_finding(check, outcome):
        return outcome
    return doubt(outcome, look, role != "any" and holds_unknown(look, tasks))


def lacks_times(check: Check, look: Look, named: Sequence[str]) -> bool:
    """Tell whether a check cannot be judged at all for want of times."""
    if check.in_seconds and not look.has_starts:
        return True
    return any(look.timing(name, check.over) == ALWAYS for name in (*check.find, *named))


def find_tasks(check: Check, look: Look, role: str) -> list[Task] | Outcome:
    """Return the windows to look in, or why there is none."""
    inside = absolute(look, check.place, role)
    if not check.windows:
        task = Task(inside)
        return [task] if inside.turns(look, role) else na("no_opportunity")
    where, anchor = check.windows[0]
    found = anchors(look, anchor)
    others = [windows_of(look, role, *other) for other in check.windows[1:]]
    if not found or not all(others):
        return na("not_applicable")
    tasks = []
    for first, last in found:
        window = inside.meets(around(look, where, anchor, first, last, role))
        for other in others:
            window = narrowed(look, window, other)
        if where == "before" or window.turns(look, role):
            tasks.append(Task(window, first))
    return tasks or na("no_opportunity")


def around(look: Look, where: str, anchor: Anchor, first: Hit, last: Hit, role: str) -> Window:
    """Return the window of one anchor turn: from its first hit on, or up to it.

    Near reaches from before the first hit to after the last one.
    """
    if where != "near" or first == last:
        return relative(look, where, anchor, first, role)
    start = relative(look, "before", anchor, first, role)
    end = relative(look, "after", anchor, last, role)
    return Window(start.low, end.high, start.since, end.until)


def windows_of(look: Look, role: str, where: str, anchor: Anchor) -> list[Window]:
    """Return all windows of a further anchor."""
    found = anchors(look, anchor)
    return [around(look, where, anchor, first, last, role) for first, last in found]


def narrowed(look: Look, window: Window, others: Sequence[Window]) -> Window:
    """Return what a window shares with the first of some others that it meets at all."""
    met = [window.meets(other) for other in others]
    return next((shared for shared in met if shared.low < shared.high), met[0])


def count(check: Check, look: Look, role: str, tasks: Sequence[Task]) -> Outcome:
    """Count hits in each window and say what is missing or too much."""
    hits = look.hits(check.find[0], check.over)
    if len(check.find) > 1:
        hits = distinct(h for name in check.find for h in look.hits(name, check.over))
    if role != "any":
        hits = [hit for hit in hits if hit.role == role]
    counted = answered if check.windows else present
    violations, evidence = counted(check, look, hits, tasks)
    return Outcome(
        FAIL if violations else PASS,
        "",
        tuple(violations),
        evidence,
        tuple([task.window.searched(look, role) for task in tasks]),
    )


Counted = tuple[list[Violation], tuple[tuple[str, Hit], ...]]
"""Violations, and hits with what they are evidence of, in the order of the call."""


def present(check: Check, look: Look, hits: Sequence[Hit], tasks: Sequence[Task]) -> Counted:
    """Count the hits of the one window that there is without anchors."""
    window = tasks[0].window
    if window is not WHOLE:
        hits = [hit for hit in hits if window.holds(look, hit)]
    allowed = len(hits) if check.max is None else check.max
    surplus = hits[allowed:]
    violations = [Violation("missing")] * max(0, (check.min or 0) - len(hits))
    violations += [Violation("surplus", hit) for hit in surplus]
    found = [("hit", hit) for hit in hits[:allowed]]
    return violations, tuple(found + [("surplus", hit) for hit in surplus])


def answered(check: Check, look: Look, hits: Sequence[Hit], tasks: Sequence[Task]) -> Counted:
    """Count the hits of the window of each anchor; one that is too many costs once."""
    evidence: dict[Hit, str] = {}
    violations: list[Violation] = []
    for window, anchor in tasks:
        inside = [hit for hit in hits if window.holds(look, hit)]
        if anchor is not None and len(inside) < (check.min or 0):
            evidence[anchor] = "unanswered"
            violations.append(Violation("unanswered", anchor))
        elif anchor is not None:
            evidence.setdefault(anchor, "anchor")
        allowed = len(inside) if check.max is None else check.max
        for hit in inside[:allowed]:
            evidence.setdefault(hit, "hit")
        for hit in inside[allowed:]:
            if evidence.get(hit) != "surplus":
                violations.append(Violation("surplus", hit))
            evidence[hit] = "surplus"
    ordered = sorted(evidence, key=lambda hit: (hit.turn, hit.start))
    return violations, tuple((evidence[hit], hit) for hit in ordered)


def without_times(check: Check, look: Look, outcome: Outcome) -> Outcome:
    """Without times, events that need them may convict but never acquit."""
    if look.timed or not any(look.timing(n, check.over) == CONVICTS for n in check.find):
        return outcome
    found = any(kind == "surplus" for kind, _ in outcome.hits)
    enough = outcome.verdict == PASS and check.max is None
    return outcome if found or enough else na("no_timestamps")._replace(hits=outcome.hits)


def doubt(outcome: Outcome, look: Look, unknown: bool) -> Outcome:
    """Turn a verdict that rests on absence into na where the absence is not certain."""
    if unknown:
        return na("unknown_roles", outcome.searched)
    if outcome.reason == "no_timestamps":
        return outcome
    return na("too_short", outcome.searched) if look.too_short else outcome


def rests_on_finding(check: Check, outcome: Outcome) -> bool:
    """Tell whether words that were found, and not the absence of others, decided."""
    if outcome.verdict == FAIL:
        return any(violation.kind == "surplus" for violation in outcome.violations)
    return outcome.verdict == PASS and check.max is None


def holds_unknown(look: Look, tasks: Sequence[Task]) -> bool:
    """Tell whether people of whom nobody knows the role speak in a window searched."""
    return bool(look.unknown) and any(
        task.window.covers(look, turn) for task in tasks for turn in look.unknown
    )
