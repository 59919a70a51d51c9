"""Follow a phrase through a text: from where it may begin to all places it may end.

Both directions are needed: from a literal that was found in the middle of a phrase,
its beginnings lie backwards and its ends forwards, and any two of them make a span.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from qa_checker import lazy_re
from qa_checker.matching.steps import Branch, Leap, OneOf, Step
from qa_checker.matching.units import SOFT_KINDS, begins_behind, ends_ahead
from qa_checker.matching.views import View
from qa_checker.rules.phrase import (
    BuiltIn,
    Edge,
    Literal,
    Rest,
    Space,
)
from qa_checker.text.characters import IN_WORD, OTHER, SPACE, WORDLIKE
from qa_checker.text.pinyin import sounds_like

Bounds = tuple[int, int]
"""Where the turn begins and ends."""
Places = Collection[int]
Walk = Callable[[Any, View, int, Bounds], Places]
"""From a step and a place, in a turn, to the places beyond the step."""
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
    reached = places
    for part in steps:
        take = ways[type(part)]
        if len(reached) == 1:
            (place,) = reached
            reached = take(part, view, place, turn)
        else:
            reached = {end for place in reached for end in take(part, view, place, turn)}
        if not reached:
            break
    return reached


def one_of_ends(part: OneOf, view: View, place: int, turn: Bounds) -> Places:
    """Return where one of some literals that begins at a place ends."""
    texts, text, high = part.texts, view.text, turn[1]
    if view.way[0]:
        return {place + len(each) for each in texts if stands(each, view, place)}
    room = high - place
    return [place + n for n in part.sizes if n <= room and text[place : place + n] in texts]


def one_of_starts(part: OneOf, view: View, place: int, turn: Bounds) -> Places:
    """Return where one of some literals that ends at a place begins."""
    texts, text, low = part.texts, view.text, turn[0]
    if view.way[0]:
        sizes = {n for n in part.sizes if heard_before(texts, n, view, place)}
        return [place - n for n in sizes if place - n >= low]
    room = place - low
    return [place - n for n in part.sizes if n <= room and text[place - n : place] in texts]


def literal_ends(part: Literal, view: View, place: int, turn: Bounds) -> Places:
    """Return where a literal that begins at a place ends."""
    return (place + len(part.text),) if stands(part.text, view, place) else ()


def literal_starts(part: Literal, view: View, place: int, turn: Bounds) -> Places:
    """Return where a literal that ends at a place begins."""
    begin = place - len(part.text)
    return (begin,) if begin >= turn[0] and stands(part.text, view, begin) else ()


def branch_ends(part: Branch, view: View, place: int, turn: Bounds) -> Places:
    """Return where a choice that begins at a place may end."""
    begins, text = part.begins, view.text
    options = part.options if view.way[0] else begins.get(text[place : place + 1], begins[None])
    found = {end for option in options for end in forward(option, view, (place,), turn)}
    return found | {place} if part.optional else found


def branch_starts(part: Branch, view: View, place: int, turn: Bounds) -> Places:
    """Return where a choice that ends at a place may begin."""
    ends, text = part.finishes, view.text
    options = part.options if view.way[0] else ends.get(text[place - 1 : place], ends[None])
    found = {begin for option in options for begin in backward(option, view, (place,), turn)}
    return found | {place} if part.optional else found


def leap_ends(part: Leap, view: View, place: int, turn: Bounds) -> Places:
    """Return where a gap that begins at a place may end, with what follows it behind it."""
    if splits(view, place):
        return ()
    text, ahead = view.text, part.ahead
    places = ends_ahead(view.units, text, view.kinds, place, part.least, part.most, turn[1])
    if ahead is None or view.way[0]:
        return places
    return [each for each in places if text[each : each + 1] in ahead]


def leap_starts(part: Leap, view: View, place: int, turn: Bounds) -> Places:
    """Return where a gap that ends at a place may begin, with what precedes it before it."""
    if splits(view, place):
        return ()
    text, behind = view.text, part.behind
    places = begins_behind(view.units, text, view.kinds, place, part.least, part.most, turn[0])
    if behind is None or view.way[0]:
        return places
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


def spaces(view: View, place: int, step: int) -> Places:
    """Return the places beyond a space: past a soft mark, or here if no word goes on."""
    beside = place if step > 0 else place - 1
    if 0 <= beside < len(view.kinds) and view.kinds[beside] in SOFT_KINDS:
        return (place + step,) if view.inside_word(place) else (place, place + step)
    return () if view.inside_word(place) else (place,)


def splits(view: View, place: int) -> bool:
    """Tell whether a place lies inside a unit: a word, or a run of symbols."""
    if 0 < place < len(view.kinds) and view.kinds[place] == view.kinds[place - 1] == OTHER:
        return True
    return view.inside_word(place)


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
    return not between.strip(MARKS)


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
