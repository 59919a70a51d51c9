"""Follow a phrase through a text: from where it may begin to all places it may end.

Both directions are needed: from a literal that was found in the middle of a phrase,
its beginnings lie backwards and its ends forwards, and any two of them make a span.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from qa_checker import lazy_re
from qa_checker.matching.negation import may_negate, negates
from qa_checker.matching.steps import Branch, Leap, OneOf, Step
from qa_checker.matching.units import SOFT_MARK, begins_behind, ends_ahead
from qa_checker.matching.views import View
from qa_checker.rules.phrase import (
    BuiltIn,
    Edge,
    Literal,
    Rest,
    Space,
)
from qa_checker.text.characters import IN_WORD, SPACE, WORDLIKE
from qa_checker.text.pinyin import sounds_like

Bounds = tuple[int, int]
"""Where the turn begins and ends."""
Places = Collection[int]
Walk = Callable[[Any, View, Places, Bounds], Places]
"""From a step and places, in a turn, to the places beyond the step, each of them once."""
MARKS = bytes(range(SPACE, IN_WORD + 1))
WORD_RUN = lazy_re.compile(b"[%c%c]+" % WORDLIKE)


def forward(phrase: Sequence[Step], view: View, places: Places, turn: Bounds) -> Places:
    """Return where a phrase that begins at one of some places may end."""
    return walked(phrase, ENDS, view, places, turn)


def backward(phrase: Sequence[Step], view: View, places: Places, turn: Bounds) -> Places:
    """Return where a phrase that ends at one of some places may begin."""
    return walked(phrase[::-1], STARTS, view, places, turn)


def walked(
    steps: Sequence[Step],
    ways: Mapping[type, Walk],
    view: View,
    places: Places,
    turn: Bounds,
) -> Places:
    """Return the places beyond some steps, taken one after the other from some places."""
    for part in steps:
        places = ways[type(part)](part, view, places, turn)
        if not places:
            break
    return places


def one_of_ends(part: OneOf, view: View, places: Places, turn: Bounds) -> Places:
    """Return where one of some literals that begins at a place ends."""
    texts, sizes, text, high = part.texts, part.sizes, view.text, turn[1]
    if view.way[0]:
        return {p + len(each) for p in places for each in texts if stands(each, view, p)}
    return {end for p in places for n in sizes if (end := p + n) <= high and text[p:end] in texts}


def one_of_starts(part: OneOf, view: View, places: Places, turn: Bounds) -> Places:
    """Return where one of some literals that ends at a place begins."""
    texts, sizes, text, low = part.texts, part.sizes, view.text, turn[0]
    if view.way[0]:
        heard = {p - n for p in places for n in sizes if heard_before(texts, n, view, p)}
        return {begin for begin in heard if begin >= low}
    return {
        begin for p in places for n in sizes if (begin := p - n) >= low and text[begin:p] in texts
    }


def literal_ends(part: Literal, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a literal that begins at a place ends."""
    size = len(part.text)
    return {place + size for place in places if stands(part.text, view, place)}


def literal_starts(part: Literal, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a literal that ends at a place begins."""
    begins = {place - len(part.text) for place in places}
    return {each for each in begins if each >= turn[0] and stands(part.text, view, each)}


def branch_ends(part: Branch, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a choice that begins at a place may end."""
    begins, text = part.begins, view.text
    found = set(places) if part.optional else set()
    for place in places:
        heard = part.options if view.way[0] else begins.get(text[place : place + 1], begins[None])
        for option in heard:
            found.update(forward(option, view, (place,), turn))
    return found


def branch_starts(part: Branch, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a choice that ends at a place may begin."""
    ends, text = part.finishes, view.text
    found = set(places) if part.optional else set()
    for place in places:
        heard = part.options if view.way[0] else ends.get(text[place - 1 : place], ends[None])
        for option in heard:
            found.update(backward(option, view, (place,), turn))
    return found


def leap_ends(part: Leap, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a gap that begins at a place may end, with what follows it behind it."""
    units, text, gap, ahead = view.units, view.text, (part.least, part.most), part.ahead
    heard = None if view.way[0] else ahead
    outside = [place for place in places if not units.inside[place]]
    found = (ends_ahead(units, text, place, gap, turn[1], heard) for place in outside)
    if not part.affirmed:
        return together(found)
    pairs = zip(outside, found, strict=True)
    return together([e for e in ends if not denies(view, place, e)] for place, ends in pairs)


def leap_starts(part: Leap, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a gap that ends at a place may begin, with what precedes it before it."""
    units, text, gap, behind = view.units, view.text, (part.least, part.most), part.behind
    heard = None if view.way[0] else behind
    outside = [place for place in places if not units.inside[place]]
    found = (begins_behind(units, text, place, gap, turn[0], heard) for place in outside)
    if not part.affirmed:
        return together(found)
    pairs = zip(outside, found, strict=True)
    return together([b for b in begins if not denies(view, b, place)] for place, begins in pairs)


def together(found: Iterable[list[int]]) -> Places:
    """Return all places of some lists, each of them once, as it is in each list."""
    lists = list(found)
    return lists[0] if len(lists) == 1 else set().union(*lists)


def denies(view: View, begin: int, end: int) -> bool:
    """Tell whether what a gap holds negates what follows it."""
    return may_negate(view.text[begin:end]) and negates(view.text, view.kinds, begin, end)


def slot_ends(part: BuiltIn, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a built-in slot that begins at a place ends."""
    return {end for place in places for end in view.slot_ends(part.name, place, turn)}


def slot_starts(part: BuiltIn, view: View, places: Places, turn: Bounds) -> Places:
    """Return where a built-in slot that ends at a place begins."""
    starts = view.slots_in(part.name, turn)
    return {start for place in places for start in starts.get(place, ())}


def heard_before(texts: frozenset[str], size: int, view: View, place: int) -> bool:
    """Tell whether one of some literals of a length sounds right before a place."""
    begin = place - size
    return begin >= 0 and any(stands(t, view, begin) for t in texts if len(t) == size)


def stands(text: str, view: View, place: int) -> bool:
    """Tell whether a literal stands (or sounds) at a place."""
    if not view.way[0]:
        return view.text.startswith(text, place)
    return sounds_like(text, view.way[0]).match(view.sounds, place) is not None


def spaces(view: View, places: Places, step: int) -> Places:
    """Return the places beyond a space: past a soft mark, or here if no word goes on."""
    text, found = view.text, set[int]()
    for place in places:
        beside = place if step > 0 else place - 1
        if beside >= 0 and text.startswith(SOFT_MARK, beside):
            found.add(place + step)
        if not view.joins[place]:
            found.add(place)
    return found


def run_end(view: View, place: int, step: int) -> int:
    """Return the place where the word ends (step +1) or begins (step -1)."""
    size = len(view.kinds)
    if step > 0:
        word = WORD_RUN.match(view.kinds, place)
        return word.end() if word else place
    word = WORD_RUN.match(view.backwards, size - place)
    return size - word.end() if word else place


def rests(view: View, places: Places) -> Places:
    """Return where the rest of a word that ends at a place may begin."""
    words = [(run_end(view, p, -1), p) for p in places if not view.inside_word(p)]
    return {begin for first, place in words for begin in range(first, place + 1)}


def at_edge(view: View, place: int, start: bool, turn: Bounds) -> bool:
    """Tell whether nothing but marks lies between a place and the turn's start or end."""
    between = view.kinds[turn[0] : place] if start else view.kinds[place : turn[1]]
    return not between.strip(MARKS)


def at_edges(part: Edge, view: View, places: Places, turn: Bounds) -> Places:
    """Return the places at the start or the end of the turn."""
    return [place for place in places if at_edge(view, place, part.start, turn)]


ENDS: Mapping[type, Walk] = {
    OneOf: one_of_ends,
    Literal: literal_ends,
    Space: lambda part, view, places, turn: spaces(view, places, +1),
    Leap: leap_ends,
    BuiltIn: slot_ends,
    Branch: branch_ends,
    Rest: lambda part, view, places, turn: {run_end(view, place, +1) for place in places},
    Edge: at_edges,
}
STARTS: Mapping[type, Walk] = {
    OneOf: one_of_starts,
    Literal: literal_starts,
    Space: lambda part, view, places, turn: spaces(view, places, -1),
    Leap: leap_starts,
    BuiltIn: slot_starts,
    Branch: branch_starts,
    Rest: lambda part, view, places, turn: rests(view, places),
    Edge: at_edges,
}
