"""Where a check looks: windows as intervals of the call, in characters and in seconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from qa_checker.hit import Hit
from qa_checker.judging.look import Look
from qa_checker.rules.windows import Anchor, Place
from qa_checker.scorecard import Searched

Spot = tuple[int, float]
"""(turn index, character); places compare as they follow each other in the call."""
BEGIN: Spot = (0, 0)
END: Spot = (1 << 30, 0)
REST = float("inf")


class Window(NamedTuple):
    """What lies between two spots and, for windows of time, between two seconds."""

    low: Spot = BEGIN
    high: Spot = END
    since: float | None = None
    until: float | None = None

    def meets(self, other: Window) -> Window:
        """Return what lies in both windows."""
        if self is WHOLE:
            return other
        since = [s for s in (self.since, other.since) if s is not None]
        until = [u for u in (self.until, other.until) if u is not None]
        return Window(
            max(self.low, other.low),
            min(self.high, other.high),
            max(since, default=None),
            min(until, default=None),
        )

    def holds(self, look: Look, hit: Hit) -> bool:
        """Tell whether a hit lies in the window."""
        if (hit.turn, hit.start) < self.low or (hit.turn, hit.end) > self.high:
            return False
        if self.since is not None and clock(look.time(hit, end=True)) < self.since:
            return False
        return self.until is None or clock(look.time(hit)) <= self.until

    def turns(self, look: Look, role: str) -> Sequence[int]:
        """Return the turns of a role with something said inside the window."""
        turns = look.turns_of(role)
        if self is WHOLE:
            return turns
        if self.since is None and self.until is None:
            first, last = bisect_left(turns, self.low[0]), bisect_right(turns, self.high[0])
            inner = turns[first:last]
            if not inner or (self.whole(inner[0]) and self.whole(inner[-1])):
                return inner
            ends = {turn for turn in inner[:1] + inner[-1:] if not self.covers(look, turn)}
            return [turn for turn in inner if turn not in ends] if ends else inner
        return [turn for turn in turns if self.covers(look, turn)]

    def whole(self, turn: int) -> bool:
        """Tell whether no end of the window cuts a turn."""
        low, high = self.low, self.high
        return (turn != low[0] or low[1] == 0) and (turn != high[0] or high[1] == REST)

    def covers(self, look: Look, turn: int) -> bool:
        """Tell whether anything of a turn lies in the window."""
        if not self.low[0] <= turn <= self.high[0]:
            return False
        whole = look.call.turns[turn]
        if self.until is not None and clock(whole.start) > self.until:
            return False
        if self.since is not None and whole.end is not None and clock(whole.end) < self.since:
            return False
        start = self.low[1] if turn == self.low[0] else 0
        end = self.high[1] if turn == self.high[0] else REST
        if start == 0 and end == REST:
            return True
        return speaks(look, turn, int(start), None if end == REST else int(end))

    def searched(self, look: Look, role: str) -> Searched:
        """Return the window as it is shown to people."""
        if self is WHOLE:
            return everywhere(look, role)[0]
        turns = self.turns(look, role)
        start = int(self.low[1]) if turns and turns[0] == self.low[0] else 0
        end = self.high[1] if turns and turns[-1] == self.high[0] else REST
        last = None if end == REST else int(end)
        return Searched(role, numbers(look, turns), start, last, self.since, self.until)


WHOLE = Window()
"""The whole call."""


def everywhere(look: Look, role: str) -> tuple[Searched]:
    """Return the whole call as it is shown to people: what checks that look there share."""
    found = look.everywhere.get(role)
    if found is None:
        found = look.everywhere[role] = (Searched(role, numbers(look, look.turns_of(role))),)
    return found


def numbers(look: Look, turns: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of some turns, as people count them."""
    said = look.call.turns
    return tuple([said[turn].number for turn in turns])


def clock(seconds: float | None) -> float:
    """Return a time in whole milliseconds: 0.7 + 0.1 is 0.8, as people add it up."""
    return round(seconds or 0.0, 3)


def speaks(look: Look, turn: int, start: int, end: int | None) -> bool:
    """Tell whether anything but marks and spaces stands in a piece of a turn."""
    piece = look.call.turns[turn].text[start:end]
    return any(character.isalnum() for character in piece)


def absolute(look: Look, place: Place | None, role: str) -> Window:
    """Return the window of `in: {first: 2 turns}`; the whole call if there is none."""
    if place is None:
        return WHOLE
    if place.amount.unit == "s":
        seconds = float(place.amount.value)
        if place.end == "first":
            return Window(until=clock(seconds))
        last = max((s.end or s.start or 0.0 for s in look.call.segments), default=0.0)
        return Window(since=clock(last - seconds))
    turns, count = look.turns_of(role), int(place.amount.value)
    if len(turns) <= count:
        return WHOLE
    if place.end == "first":
        return Window(BEGIN, (turns[count - 1], REST))
    return Window((turns[-count], 0))


def anchors(look: Look, anchor: Anchor) -> list[tuple[Hit, Hit]]:
    """Return the anchors: the first and the last hit of each turn that counts."""
    found = look.hits(anchor.name)
    if not found:
        return []
    if anchor.which == "first":
        return [(found[0], found[0])]
    if anchor.which == "last":
        return [(found[-1], found[-1])]
    by_turn: dict[int, list[Hit]] = {}
    for hit in found:
        by_turn.setdefault(hit.turn, []).append(hit)
    return [(hits[0], hits[-1]) for hits in by_turn.values()]


def relative(look: Look, where: str, anchor: Anchor, hit: Hit, role: str) -> Window:
    """Return the window before, after or near one anchor (its first hit in the turn)."""
    turns = look.turns_of(role)
    own = role in ("any", look.call.turns[hit.turn].role)
    if where == "after":
        return after(look, anchor, hit, turns, own)
    if where == "before":
        return before(look, anchor, hit, turns, own)
    start = before(look, anchor, hit, turns, own)
    end = after(look, anchor, hit, turns, own)
    return Window(start.low, end.high, start.since, end.until)


def after(look: Look, anchor: Anchor, hit: Hit, turns: Sequence[int], own: bool) -> Window:
    """Return what follows an anchor: the rest of its turn if the speaker's own, and turns."""
    low: Spot = (hit.turn, hit.end) if own else (hit.turn + 1, 0)
    if anchor.within is None:
        return Window(low=low)
    if anchor.within.unit == "s":
        ended = look.time(hit, end=True) or 0.0
        return Window(low=low, until=clock(ended + float(anchor.within.value)))
    first = bisect_right(turns, hit.turn)
    reach = turns[first : first + int(anchor.within.value)]
    return Window(low, (reach[-1] if reach else hit.turn, REST))


def before(look: Look, anchor: Anchor, hit: Hit, turns: Sequence[int], own: bool) -> Window:
    """Return what comes before an anchor: the start of its turn if the speaker's own, and turns."""
    high: Spot = (hit.turn, hit.start) if own else (hit.turn, 0)
    if anchor.within is None:
        return Window(high=high)
    if anchor.within.unit == "s":
        began = look.time(hit) or 0.0
        return Window(high=high, since=clock(began - float(anchor.within.value)))
    last = bisect_left(turns, hit.turn)
    reach = turns[max(0, last - int(anchor.within.value)) : last]
    return Window((reach[0] if reach else hit.turn, 0), high)
