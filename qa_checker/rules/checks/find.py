"""Count hits of entries or events in a window.

check: {find: service.empathy, role: agent, after: {each: service.anger, within: 2 turns}}
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa_checker.rules.fields import Wrong, key, list_of
from qa_checker.rules.scalars import as_id, as_whole
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.rules.windows import ROLE, Amount, Anchor, Place, as_amount, as_anchor, as_place


@dataclass(frozen=True, slots=True)
class Check:
    """Hits of `find` said by `role`, in all windows together, between `min` and `max`.

    `windows` are the relative windows as (after, before or near; anchor), the one whose
    anchors count first; `in_seconds` tells whether any window is one of time.
    """

    find: tuple[str, ...] = key(
        list_of(as_id), "an entry, a group, an event, or several", required=True
    )
    role: str = key(ROLE, "who must say it (default: the entry's role)", default="")
    place: Place | None = key(as_place, "the first or last so many turns or seconds", name="in")
    after: Anchor | None = key(as_anchor, "after an anchor")
    before: Anchor | None = key(as_anchor, "before an anchor")
    near: Anchor | None = key(as_anchor, "before or after an anchor")
    min: int | None = key(as_whole, "at least so many (1 if neither min nor max is given)")
    max: int | None = key(as_whole, "at most so many")
    over: Amount | None = key(as_amount("s", "chars", "words", "%"), "only events bigger than this")
    node: Node | None = field(default=None, compare=False, repr=False)
    windows: tuple[tuple[str, Anchor], ...] = ()
    in_seconds: bool = False


def settle(check: Check, node: Node, source: Source) -> Check:
    """Fill in the default of min; raise Wrong for what contradicts itself."""
    if check.near is not None and check.near.within is None:
        raise Wrong(
            node.at("near"), "QA103", '"near" needs "within"', "near: {each: a.b, within: 1 turn}"
        )
    if check.min is not None and check.max is not None and check.min > check.max:
        message = f"min {check.min} is above max {check.max}: no call can pass"
        raise Wrong(node.at("min"), "QA602", message, "swap them")
    after, before = check.after, check.before
    if (
        after
        and before
        and (after.which, after.name) == (before.which, before.name) == ("first", after.name)
    ):
        message = '"after" and "before" name the same first anchor: the window is always empty'
        raise Wrong(node.at("after"), "QA607", message, "anchor one of them elsewhere")
    if check.over is not None and not all(found.startswith("event.") for found in check.find):
        raise Wrong(node.at("over"), "QA103", '"over" is for events only', "remove it")
    least = 1 if check.min is None and check.max is None else check.min
    windows = relative_windows(check)
    return replace(check, min=least, windows=windows, in_seconds=uses_seconds(check, windows))


def relative_windows(check: Check) -> tuple[tuple[str, Anchor], ...]:
    """Return the relative windows of a check, one of each anchor first."""
    named = (("after", check.after), ("before", check.before), ("near", check.near))
    given = [(where, anchor) for where, anchor in named if anchor is not None]
    return tuple(sorted(given, key=lambda pair: pair[1].which != "each"))


def uses_seconds(check: Check, windows: tuple[tuple[str, Anchor], ...]) -> bool:
    """Tell whether a window is given in seconds."""
    within = [anchor.within for _, anchor in windows]
    place = check.place.amount if check.place else None
    return any(amount is not None and amount.unit == "s" for amount in (place, *within))


def names(check: Check) -> tuple[str, ...]:
    """Return every name the check looks up."""
    return (*check.find, *(anchor.name for _, anchor in check.windows))
