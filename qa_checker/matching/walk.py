"""Follow a phrase through a text: from where it may begin to all places it may end.

Both directions are needed: from a literal that was found in the middle of a phrase,
its beginnings lie backwards and its ends forwards, and any two of them make a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa_checker.matching import slots
from qa_checker.matching.literals import Branch, OneOf, Step
from qa_checker.matching.views import View
from qa_checker.rules.phrase import (
    BuiltIn,
    Edge,
    Gap,
    Literal,
    Rest,
    Space,
)
from qa_checker.text.characters import HAN, OTHER, SOFT, SPACE, WORDLIKE
from qa_checker.text.pinyin import sounds_like

Bounds = tuple[int, int]
"""Where the turn begins and ends."""


def forward(phrase: Sequence[Step], view: View, places: Iterable[int], turn: Bounds) -> set[int]:
    """Return where a phrase that begins at one of some places may end."""
    reached = set(places)
    for part in phrase:
        if not reached:
            break
        reached = {end for place in reached for end in ends(part, view, place, turn)}
    return reached


def backward(phrase: Sequence[Step], view: View, places: Iterable[int], turn: Bounds) -> set[int]:
    """Return where a phrase that ends at one of some places may begin."""
    reached = set(places)
    for part in reversed(phrase):
        if not reached:
            break
        reached = {start for place in reached for start in starts(part, view, place, turn)}
    return reached


def ends(part: Step, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a part that begins at a place may end."""
    match part:
        case OneOf(texts, sizes):
            if view.way[0]:
                return {place + len(text) for text in texts if stands(text, view, place)}
            text, high = view.text, turn[1]
            reach = [place + size for size in sizes]
            return [end for end in reach if end <= high and text[place:end] in texts]
        case Literal(text):
            return (place + len(text),) if stands(text, view, place) else ()
        case Space():
            return spaces(view, place, +1)
        case Gap(least, most):
            return gap(view, place, least, most, +1)
        case BuiltIn(name):
            return slots.ends(name, view.text, place, turn[1])
        case Branch(options, optional, begins):
            if (
                begins is not None
                and view.text[place : place + 1] not in begins
                and not view.way[0]
            ):
                return (place,) if optional else ()
            found = {end for o in options for end in forward(o, view, (place,), turn)}
            return found | {place} if optional else found
        case Rest():
            return (run_end(view, place, +1),)
        case Edge(start):
            return (place,) if at_edge(view, place, start, turn) else ()


def starts(part: Step, view: View, place: int, turn: Bounds) -> Iterable[int]:
    """Return where a part that ends at a place may begin."""
    match part:
        case OneOf(texts, sizes):
            if view.way[0]:
                sizes = tuple({n for n in sizes if heard_before(texts, n, view, place)})
                return [place - n for n in sizes if place - n >= turn[0]]
            text, low = view.text, turn[0]
            reach = [place - size for size in sizes]
            return [begin for begin in reach if begin >= low and text[begin:place] in texts]
        case Literal(text):
            begin = place - len(text)
            return (begin,) if begin >= turn[0] and stands(text, view, begin) else ()
        case Space():
            return spaces(view, place, -1)
        case Gap(least, most):
            return gap(view, place, least, most, -1)
        case BuiltIn(name):
            return slots.starts(name, view.text, place, turn[0])
        case Branch(options, optional, _, finishes):
            before = view.text[place - 1 : place]
            if finishes is not None and before not in finishes and not view.way[0]:
                return (place,) if optional else ()
            found = {begin for o in options for begin in backward(o, view, (place,), turn)}
            return found | {place} if optional else found
        case Rest():
            return rests(view, place)
        case Edge(start):
            return (place,) if at_edge(view, place, start, turn) else ()


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


def gap(view: View, place: int, least: int, most: int, step: int) -> set[int]:
    """Return the places from least to most units away; soft marks between do not count."""
    found: set[int] = set()
    if splits(view, place):
        return found
    here = place
    for units in range(most + 1):
        beside = here if step > 0 else here - 1
        soft = 0 <= beside < len(view.kinds) and view.kinds[beside] in (SPACE, SOFT)
        if units >= least:
            found.update((here, here + step) if soft else (here,))
        here = run_unit(view, here + step if soft else here, step)
        if here < 0:
            break
    return found


def run_unit(view: View, place: int, step: int) -> int:
    """Return the place one unit further, or -1 if no unit stands there."""
    beside = place if step > 0 else place - 1
    if not 0 <= beside < len(view.kinds):
        return -1
    kind = view.kinds[beside]
    if kind == HAN:
        return place + step
    if kind in WORDLIKE:
        return run_end(view, place, step)
    return symbols_end(view, place, step) if kind == OTHER else -1


def run_end(view: View, place: int, step: int) -> int:
    """Return the place where the word ends (step +1) or begins (step -1)."""
    kinds, beside = view.kinds, place if step > 0 else place - 1
    while 0 <= beside < len(kinds) and kinds[beside] in WORDLIKE:
        beside += step
    return beside if step > 0 else beside + 1


def symbols_end(view: View, place: int, step: int) -> int:
    """Return the place where a run of symbols ends (step +1) or begins (step -1)."""
    kinds, beside = view.kinds, place if step > 0 else place - 1
    while 0 <= beside < len(kinds) and kinds[beside] == OTHER:
        beside += step
    return beside if step > 0 else beside + 1


def rests(view: View, place: int) -> range:
    """Return where the rest of a word that ends here may begin."""
    if view.inside_word(place):
        return range(0)
    return range(run_end(view, place, -1), place + 1)


def at_edge(view: View, place: int, start: bool, turn: Bounds) -> bool:
    """Tell whether nothing but marks lies between a place and the turn's start or end."""
    between = view.kinds[turn[0] : place] if start else view.kinds[place : turn[1]]
    return all(kind >= SPACE for kind in between)
