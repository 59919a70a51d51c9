"""Count hits in windows: present, absent, answered.

Without anchors the hits in the window are counted. With anchors each of them must have
its answers within its own window; one hit may answer several anchors, and a surplus hit
costs once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from qa_checker.events import ALWAYS, CONVICTS, NEVER, kinds
from qa_checker.hit import Hit
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import EVENT, Look, distinct
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.judging.windows import WHOLE, Window, absolute, anchors, relative
from qa_checker.rules.checks.find import Check
from qa_checker.rules.windows import Amount, Anchor
from qa_checker.scorecard import Searched

MISSING = Violation("missing")


class Task(NamedTuple):
    """One window to look in, as it is shown to people, and the anchor that opened it."""

    window: Window
    searched: Searched
    anchor: Hit


class Facts(NamedTuple):
    """What can be said of a check without a call.

    `role` is who must say it, `bound` whether this or an anchor asks for a role at all, `own`
    whether only this role's words are hits anyway; `timing` tells whether times are needed
    (never, convicts or always), `events` whether events are looked for: their hits may overlap,
    which those of an entry or a group never do.
    """

    role: str
    bound: bool
    own: bool
    timing: str
    events: bool


def facts(check: Check, compiled: Compiled) -> Facts:
    """Work out what can be said of a check without a call."""
    anchored = [anchor.name for _, anchor in check.windows]
    role = check.role or compiled.role_of(check.find)
    roles = {role, *(compiled.role_of([name]) for name in anchored)}
    timings = {timing(name, check.over) for name in check.find}
    always = ALWAYS in timings | {timing(name, check.over) for name in anchored}
    need = ALWAYS if always else CONVICTS if CONVICTS in timings else NEVER
    events = any(name.startswith(EVENT) for name in check.find)
    own = role in ("any", compiled.role_of(check.find))
    return Facts(role, roles != {"any"}, own, need, events)


def timing(name: str, over: Amount | None) -> str:
    """Tell whether a name needs times: never, convicts or always."""
    return kinds()[name.removeprefix(EVENT)].timing(over) if name.startswith(EVENT) else NEVER


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a find check on a call."""
    return partial(judge, check, facts(check, compiled))


def judge(check: Check, known: Facts, look: Look) -> Outcome:
    """Judge a find check on a call."""
    role, need, unknown = known.role, known.timing, look.sides.unknown
    if (need == ALWAYS and not look.timed) or (check.in_seconds and not look.has_starts):
        return na("unknown_roles" if known.bound and unknown else "no_timestamps")
    if not check.windows:
        windows = [absolute(look, check.place, role)]
        searched = windows[0].searched(look, role)
        if not searched.turns:
            return doubt(na("no_opportunity"), look, known.bound and bool(unknown))
        outcome = present(check, look, hits_of(check, look, known), windows[0], searched)
    else:
        tasks = find_tasks(check, look, role)
        if isinstance(tasks, Outcome):
            return doubt(tasks, look, known.bound and bool(unknown))
        outcome = answered(check, look, hits_of(check, look, known), tasks)
        windows = [task.window for task in tasks]
    if need == CONVICTS and not look.timed:
        outcome = without_times(check, outcome)
    if not (unknown or look.sides.too_short) or rests_on_finding(check, outcome):
        return outcome
    return doubt(outcome, look, role != "any" and holds_unknown(look, windows))


def hits_of(check: Check, look: Look, known: Facts) -> Sequence[Hit]:
    """Return the hits that count, wherever they are in the call, in its order."""
    if len(check.find) == 1:
        hits = look.hits(check.find[0], check.over)
    else:
        lists = [hits for name in check.find if (hits := look.hits(name, check.over))]
        one = len(lists) == 1 and not known.events
        hits = lists[0] if one else distinct(chain.from_iterable(lists))
    if not hits or known.own:
        return hits
    return [hit for hit in hits if hit.role == known.role]


def find_tasks(check: Check, look: Look, role: str) -> list[Task] | Outcome:
    """Return the windows that anchors open, or why there is none."""
    inside = absolute(look, check.place, role)
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
        searched = window.searched(look, role)
        if where == "before" or searched.turns:
            tasks.append(Task(window, searched, first))
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


def present(
    check: Check, look: Look, hits: Sequence[Hit], window: Window, searched: Searched
) -> Outcome:
    """Count the hits of the one window that there is without anchors."""
    if hits and window is not WHOLE:
        hits = [hit for hit in hits if window.holds(look, hit)]
    missing = (check.min or 0) - len(hits)
    violations = [MISSING] * missing
    if check.max is None or len(hits) <= check.max:
        found = [("hit", hit) for hit in hits]
    else:
        surplus = hits[check.max :]
        violations += [Violation("surplus", hit) for hit in surplus]
        found = [("hit", hit) for hit in hits[: check.max]]
        found += [("surplus", hit) for hit in surplus]
    verdict = FAIL if violations else PASS
    return Outcome(verdict, "", tuple(violations), tuple(found), (searched,))


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


def without_times(check: Check, outcome: Outcome) -> Outcome:
    """Return na: without times, events that need them may convict but never acquit."""
    found = any(kind == "surplus" for kind, _ in outcome.hits)
    enough = outcome.verdict == PASS and check.max is None
    return outcome if found or enough else na("no_timestamps")._replace(hits=outcome.hits)


def doubt(outcome: Outcome, look: Look, unknown: bool) -> Outcome:
    """Turn a verdict that rests on absence into na where the absence is not certain."""
    if unknown:
        return na("unknown_roles", outcome.searched)
    if outcome.reason == "no_timestamps":
        return outcome
    return na("too_short", outcome.searched) if look.sides.too_short else outcome


def rests_on_finding(check: Check, outcome: Outcome) -> bool:
    """Tell whether words that were found, and not the absence of others, decided."""
    if outcome.verdict == FAIL:
        return any(violation.kind == "surplus" for violation in outcome.violations)
    return outcome.verdict == PASS and check.max is None


def holds_unknown(look: Look, windows: Sequence[Window]) -> bool:
    """Tell whether people of whom nobody knows the role speak in a window searched."""
    return any(window.covers(look, turn) for window in windows for turn in look.sides.unknown)
