"""Count hits in windows: present, absent, answered.

Without anchors the hits in the window are counted. With anchors each of them must have
its answers within its own window; one hit may answer several anchors, and a surplus hit
costs once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from qa_checker.events import ALWAYS, CONVICTS, NEVER, kinds
from qa_checker.hit import Hit
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import EVENT, NO_HITS, Look, distinct
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, made, na
from qa_checker.judging.windows import (
    WHOLE,
    Window,
    absolute,
    anchors,
    everywhere,
    relative,
)
from qa_checker.rules.checks.find import Check
from qa_checker.rules.windows import Amount, Anchor
from qa_checker.scorecard import Searched

MISSING = Violation("missing")
NOT_APPLICABLE = na("not_applicable")


class Task(NamedTuple):
    """One window to look in, as it is shown to people, and the anchor that opened it."""

    window: Window
    searched: Searched
    anchor: Hit


class Facts(NamedTuple):
    """What can be said of a check without a call.

    `role` is who must say it, `bound` whether this or an anchor asks for a role at all, `own`
    whether only this role's words are hits anyway; `timing` tells whether times are needed
    (never, convicts or always), `timeless` that the windows need none either; `events` tells
    whether events are looked for: their hits may overlap, which those of an entry or a group
    never do. `missing` are the violations of a call that has no hits, `asked` what checks have
    in common that ask for the same hits.
    """

    role: str
    bound: bool
    own: bool
    timing: str
    timeless: bool
    events: bool
    missing: tuple[Violation, ...]
    asked: Hashable


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
    missing = (MISSING,) * (check.min or 0)
    asked = check.find, check.over, "" if own else role
    timeless = need == NEVER and not check.in_seconds
    return Facts(role, roles != {"any"}, own, need, timeless, events, missing, asked)


def timing(name: str, over: Amount | None) -> str:
    """Tell whether a name needs times: never, convicts or always."""
    return kinds()[name.removeprefix(EVENT)].timing(over) if name.startswith(EVENT) else NEVER


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a find check on a call."""
    return partial(at_anchors if check.windows else in_one_window, check, facts(check, compiled))


def in_one_window(check: Check, known: Facts, look: Look) -> Outcome:
    """Judge a find check without anchors on a call."""
    if not known.timeless and lacks_times(check, known, look):
        return na(reason_without_times(known, look))
    if check.place is None:
        window, searched = WHOLE, everywhere(look, known.role)
    else:
        window = absolute(look, check.place, known.role)
        searched = (window.searched(look, known.role),)
    if not searched[0].turns:
        return doubt(na("no_opportunity"), look, known.bound and bool(look.sides.unknown))
    hits = hits_of(check, look, known)
    if hits and window is not WHOLE:
        hits = [hit for hit in hits if window.holds(look, hit)]
    outcome = present(check, known, hits, searched) if hits else absent(known, searched)
    if known.timeless and look.sides.sure:
        return outcome
    return certain(check, known, look, outcome, [window])


def at_anchors(check: Check, known: Facts, look: Look) -> Outcome:
    """Judge a find check with anchors on a call."""
    if not known.timeless and lacks_times(check, known, look):
        return na(reason_without_times(known, look))
    tasks = find_tasks(check, look, known.role)
    if isinstance(tasks, Outcome):
        return doubt(tasks, look, known.bound and bool(look.sides.unknown))
    outcome = answered(check, look, hits_of(check, look, known), tasks)
    if known.timeless and look.sides.sure:
        return outcome
    return certain(check, known, look, outcome, [task.window for task in tasks])


def lacks_times(check: Check, known: Facts, look: Look) -> bool:
    """Tell whether a check cannot do without times that the call does not have."""
    return (known.timing == ALWAYS and not look.timed) or (check.in_seconds and not look.has_starts)


def reason_without_times(known: Facts, look: Look) -> str:
    """Return why a check without the times it needs cannot be judged."""
    return "unknown_roles" if known.bound and look.sides.unknown else "no_timestamps"


def certain(
    check: Check, known: Facts, look: Look, outcome: Outcome, windows: Sequence[Window]
) -> Outcome:
    """Return an outcome, na instead where what it rests on is not certain."""
    if known.timing == CONVICTS and not look.timed:
        outcome = without_times(check, outcome)
    if look.sides.sure or rests_on_finding(check, outcome):
        return outcome
    return doubt(outcome, look, known.role != "any" and holds_unknown(look, windows))


def hits_of(check: Check, look: Look, known: Facts) -> Sequence[Hit]:
    """Return the hits that count, wherever they are in the call, in its order."""
    if not known.events and look.heard.isdisjoint(check.find):
        return NO_HITS
    if known.own and len(check.find) == 1:
        return look.hits(check.find[0], check.over)
    hits: Sequence[Hit] | None = look.known.get(known.asked)
    if hits is None:
        hits = look.known[known.asked] = gathered(check, look, known)
    return hits


def gathered(check: Check, look: Look, known: Facts) -> Sequence[Hit]:
    """Return the hits of all names of a check that the role said."""
    lists = [hits for name in check.find if (hits := look.hits(name, check.over))]
    one = len(lists) == 1 and (len(check.find) == 1 or not known.events)
    hits = lists[0] if one else distinct(chain.from_iterable(lists))
    return hits if known.own else [hit for hit in hits if hit.role == known.role]


def find_tasks(check: Check, look: Look, role: str) -> list[Task] | Outcome:
    """Return the windows that anchors open, or why there is none."""
    where, anchor = check.windows[0]
    found = anchors(look, anchor)
    others = [windows_of(look, role, *other) for other in check.windows[1:]]
    if not found or not all(others):
        return NOT_APPLICABLE
    inside = absolute(look, check.place, role)
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
