"""What a find check can be sure of: a verdict that rests on what nobody can know becomes na.

Roles nobody knows, times that are not there and calls too short to tell speak against what
was *not* found; what was found stays found.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from qa_checker.events import ALWAYS, CONVICTS, NEVER, kinds
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import EVENT, Look
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.judging.windows import Window
from qa_checker.rules.checks.find import Check
from qa_checker.rules.windows import Amount

MISSING = Violation("missing")


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
