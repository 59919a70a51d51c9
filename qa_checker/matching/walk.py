"""Follow a phrase through a text: from where it may begin to all places it may end.

Both directions are needed: from a literal that was found in the middle of a phrase,
its beginnings lie backwards and its ends forwards, and any two of them make a span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from qa_checker.matching.literals import Branch, Leap, OneOf, Step
from qa_checker.matching.views import View
from qa_checker.rules.phrase import (
    BuiltIn,
    Edge,
    Literal,
    Rest,
    Space,
)
from qa_checker.text.characters import HAN, OTHER, SOFT, SPACE, WORDLIKE
from qa_checker.text.pinyin import sounds_like

Bounds = tuple[int, int]
"""Where the turn begins and ends."""
Walk = Callable[[Any, View, int, Bounds], Iterable[int]]
"""From a step and a place, in a turn, to the places beyond the step."""
HAN_KIND, SOFT_KINDS = bytes([HAN]), (bytes([SPACE]), bytes([SOFT]))
WORD_RUN = re.compile(b"[%c%c]+" % WORDLIKE)
UNIT = re.compile(b"[%c%c]?(?:%c|[%c%c]+|%c+)" % (SPACE, SOFT, HAN, *WORDLIKE, OTHER))
"""A unit of a gap among the kinds of characters, and the soft mark before it."""


def forward(phrase: Sequence[Step], view: View, places: Iterable[int], turn: Bounds) -> set[int]:
    """Return where a phrase that begins at one of some places may end."""
    return walked(phrase, ENDS, view, places, turn)


def backward(phrase: Sequence[Step], view: View, places: Iterable[int], turn: Bounds) -> set[int]:
    """Return where a phrase that ends at one of some places may begin."""
    return walked(phrase[::-1], STARTS, view, places, turn)


def walked(
    steps: Sequence[Step],
    ways: Mapping[type, Walk],
    view: View,
    places: Iterable[int],
    turn: Bounds,
) -> set[int]:
    """Return the places beyond some steps, taken one after the other from some places."""
    reached = set(places)
    for part in steps:
        take = ways[type(part)]
        found: set[int] = set()
        for place in reached:
            found.update(take(part, view, place, turn))
        if not found:
            return found
        reached = found
    return reached


def one_of_ends(part: OneOf, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where one of some literals that begins at a place ends."""
    texts, text, high = part.texts, view.text, turn[1]
    if view.way[0]:
        return {place + len(each) for each in texts if stands(each, view, place)}
    reach = [place + size for size in part.sizes]
    return [end for end in reach if end <= high and text[place:end] in texts]


def one_of_starts(part: OneOf, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where one of some literals that ends at a place begins."""
    texts, text, low = part.texts, view.text, turn[0]
    if view.way[0]:
        sizes = {n for n in part.sizes if heard_before(texts, n, view, place)}
        return [place - n for n in sizes if place - n >= low]
    reach = [place - size for size in part.sizes]
    return [begin for begin in reach if begin >= low and text[begin:place] in texts]


def literal_ends(part: Literal, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a literal that begins at a place ends."""
    return (place + len(part.text),) if stands(part.text, view, place) else ()


def literal_starts(part: Literal, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a literal that ends at a place begins."""
    begin = place - len(part.text)
    return (begin,) if begin >= turn[0] and stands(part.text, view, begin) else ()


def branch_ends(part: Branch, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a choice that begins at a place may end."""
    begins, text = part.begins, view.text
    options = part.options if view.way[0] else begins.get(text[place : place + 1], begins[None])
    found = {end for option in options for end in forward(option, view, (place,), turn)}
    return found | {place} if part.optional else found


def branch_starts(part: Branch, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a choice that ends at a place may begin."""
    ends, text = part.finishes, view.text
    options = part.options if view.way[0] else ends.get(text[place - 1 : place], ends[None])
    found = {begin for option in options for begin in backward(option, view, (place,), turn)}
    return found | {place} if part.optional else found


def leap_ends(part: Leap, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a gap that begins at a place may end, with what follows it behind it."""
    places, ahead = gap(view, place, part.least, part.most, +1), part.ahead
    if ahead is None or view.way[0]:
        return places
    text = view.text
    return [each for each in places if text[each : each + 1] in ahead]


def leap_starts(part: Leap, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a gap that ends at a place may begin, with what precedes it before it."""
    places, behind = gap(view, place, part.least, part.most, -1), part.behind
    if behind is None or view.way[0]:
        return places
    text = view.text
    return [each for each in places if text[each - 1 : each] in behind]


def heard_before(texts: frozenset[str], size: int, view: View, place: int) -> bool:
    """Tell whether one of some literals of a length sounds right before a place."""
    begin = place - size
    return begin >= 0 and any(stands(t, view, begin) for t in texts if len(t) == size)


def stands(text: str, view: View, place: int) -> bool:
    """Tell whether a literal stands (or sounds) at a place."""
    if not view.way[0]:
        return view.text.startswith(text, place)
    return sounds_like(text, view.way[0]).match(view.sounds, place) is not None


def spaces(view: View, place: int, step: int) -> Iterator[int]:
    """Yield the places beyond a space: past a soft mark, or here if no word goes on."""
    if not view.inside_word(place):
        yield place
    beside = place if step > 0 else place - 1
    if 0 <= beside < len(view.kinds) and view.kinds[beside] in (SPACE, SOFT):
        yield place + step


def splits(view: View, place: int) -> bool:
    """Tell whether a place lies inside a unit: a word, or a run of symbols."""
    if 0 < place < len(view.kinds) and view.kinds[place] == view.kinds[place - 1] == OTHER:
        return True
    return view.inside_word(place)


def gap(view: View, place: int, least: int, most: int, step: int) -> Iterable[int]:
    """Return the places from least to most units away; soft marks between do not count."""
    if splits(view, place):
        return ()
    if step > 0:
        return after_units(view.kinds, place, least, most)
    size = len(view.kinds)
    return [size - each for each in after_units(view.backwards, size - place, least, most)]


def after_units(kinds: bytes, place: int, least: int, most: int) -> set[int]:
    """Return the places behind so many units, and behind a soft mark that follows them."""
    found: set[int] = set()
    units = 0
    while True:
        near = kinds[place : place + most - units]
        han = len(near) - len(near.lstrip(HAN_KIND))
        found.update(range(place + max(0, least - units), place + han))
        place, units = place + han, units + han
        if units >= least:
            found.add(place)
            if kinds[place : place + 1] in SOFT_KINDS:
                found.add(place + 1)
        unit = UNIT.match(kinds, place) if units < most else None
        if unit is None:
            return found
        place, units = unit.end(), units + 1


def run_end(view: View, place: int, step: int) -> int:
    """Return the place where the word ends (step +1) or begins (step -1)."""
    size = len(view.kinds)
    if step > 0:
        word = WORD_RUN.match(view.kinds, place)
        return word.end() if word else place
    word = WORD_RUN.match(view.backwards, size - place)
    return size - word.end() if word else place


def rests(view: View, place: int) -> range:
    """Return where the rest of a word that ends here may begin."""
    if view.inside_word(place):
        return range(0)
    return range(run_end(view, place, -1), place + 1)


def at_edge(view: View, place: int, start: bool, turn: Bounds) -> bool:
    """Tell whether nothing but marks lies between a place and the turn's start or end."""
    between = view.kinds[turn[0] : place] if start else view.kinds[place : turn[1]]
    return all(kind >= SPACE for kind in between)


ENDS: Mapping[type, Walk] = {
    OneOf: one_of_ends,
    Literal: literal_ends,
    Space: lambda part, view, place, turn: spaces(view, place, +1),
    Leap: leap_ends,
    BuiltIn: lambda part, view, place, turn: view.slots_in(part.name, turn)[0].get(place, ()),
    Branch: branch_ends,
    Rest: lambda part, view, place, turn: (run_end(view, place, +1),),
    Edge: lambda part, view, place, turn: (
        (place,) if at_edge(view, place, part.start, turn) else ()
    ),
}
STARTS: Mapping[type, Walk] = {
    OneOf: one_of_starts,
    Literal: literal_starts,
    Space: lambda part, view, place, turn: spaces(view, place, -1),
    Leap: leap_starts,
    BuiltIn: lambda part, view, place, turn: view.slots_in(part.name, turn)[1].get(place, ()),
    Branch: branch_starts,
    Rest: lambda part, view, place, turn: rests(view, place),
    Edge: ENDS[Edge],
}
