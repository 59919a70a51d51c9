"""Count hits in windows: present, absent, answered.

Without anchors the hits in the window are counted. With anchors each of them must have
its answers within its own window; one hit may answer several anchors, and a surplus hit
costs once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain

from qa_checker.hit import Hit
from qa_checker.judging.certainty import (
    Facts,
    certain,
    doubt,
    facts,
    lacks_times,
    reason_without_times,
)
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.counting import Task, absent, answered, present
from qa_checker.judging.look import NO_HITS, Look, distinct
from qa_checker.judging.outcome import Outcome, na
from qa_checker.judging.windows import (
    WHOLE,
    Window,
    absolute,
    anchors,
    everywhere,
    relative,
)
from qa_checker.rules.checks.find import Check
from qa_checker.rules.windows import Anchor

NOT_APPLICABLE = na("not_applicable")


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
