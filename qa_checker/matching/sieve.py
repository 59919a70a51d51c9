"""Where literals stand in a text, less all that quick tests on the whole of it rule out.

What is done here to thousands of places at once would cost more for each of them in Python
than the scan itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import numpy as np

from qa_checker.matching.automaton import Automaton, framed
from qa_checker.matching.character_sets import Numbers, Truths, may_be
from qa_checker.matching.needed import expanded, may_hold
from qa_checker.matching.targets import Target
from qa_checker.matching.views import View
from qa_checker.text.characters import TURN_BREAK, Codes

NOBODY = -1
PAYS = 100
"""One phrase that needs something in so many characters, and asking for all at once is quicker."""


def standing(
    automaton: Automaton,
    read: View,
    roles: Sequence[str],
    pairs: Collection[tuple[int, int]] | None = None,
) -> Iterator[tuple[Target, str, int, int]]:
    """Yield each target of which a literal stands in a text, what is said there in its phrase,
    where it begins, and the turn.

    `roles` are those of the turns. What is yielded stands between characters that its phrase
    allows there, in the words of the right role or, if there are `pairs` of entries and
    turns, for one of these.
    """
    codes = framed(read.heard)
    if pairs is None:
        numbers, places = literals_in(automaton, codes)
    else:
        asked = in_turns(read, {turn for _, turn in pairs})
        numbers, places = literals_in(automaton, codes.take(asked))
        places = asked.take(places)
    if not len(numbers):
        return
    turns = read.begins.searchsorted(places, side="right") - 1
    begins = np.maximum(places - 1, read.begins.take(turns))
    which, rows = expanded(automaton.columns.offsets, numbers)
    if pairs is None:
        chosen = right_role(automaton, rows, turns.take(which), roles)
    else:
        chosen = right_pair(automaton, rows, turns.take(which), pairs)
    which, rows = which[chosen], rows[chosen]
    chosen = right_neighbours(automaton, read, codes, rows, begins.take(which))
    which, rows = which[chosen], rows[chosen]
    if not read.way[0] and automaton.columns.needy.take(rows).sum() * PAYS > len(codes):
        chosen = right_sentence(automaton, read, rows, begins.take(which))
        which, rows = which[chosen], rows[chosen]
    text = f"{TURN_BREAK}{read.sounds}{TURN_BREAK}"
    literals, targets, said = automaton.literals, automaton.targets, automaton.said
    led_to = automaton.columns.targets.take(rows).tolist()
    columns = (each.take(which).tolist() for each in (numbers, places, begins, turns))
    for row, target, number, place, begin, turn in zip(
        rows.tolist(), led_to, *columns, strict=True
    ):
        if text.startswith(literals[number], place):
            yield targets[target], said[row], begin, turn


def literals_in(automaton: Automaton, codes: Codes) -> tuple[Numbers, Numbers]:
    """Return which literals stand in a text with breaks around it, and where.

    Both ends of each are there; what lies between them may only look alike.
    """
    spelled = automaton.spelled(codes).data
    found = automaton.finder.find_matches_as_indexes(spelled, overlapping=True)
    flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
    numbers, starts, stops = flat[::3], flat[1::3], flat[2::3]
    firsts, lasts = automaton.ends
    real = codes.take(starts) == firsts.take(numbers)
    real &= codes.take(stops - 1) == lasts.take(numbers)
    return numbers[real], starts[real]


def in_turns(read: View, turns: Collection[int]) -> Numbers:
    """Return the places of some turns in the text with breaks around it, the break before each
    and the last one included: put together, they are a text with breaks around it.
    """
    asked = np.zeros(len(read.begins), dtype=np.bool_)
    asked[[*turns, -1]] = True
    return np.flatnonzero(asked.repeat(np.diff(read.begins, append=read.begins[-1] + 1)))


def right_role(automaton: Automaton, rows: Numbers, turns: Numbers, roles: Sequence[str]) -> Truths:
    """Tell for each target whether its entry counts the words of the turn."""
    numbers = automaton.roles
    number_of = {role: numbers.get(role, NOBODY) for role in set(roles)}
    speakers = np.fromiter(map(number_of.__getitem__, roles), dtype=np.int64, count=len(roles))
    wanted = automaton.columns.roles.take(rows)
    right: Truths = (wanted == 0) | (wanted == speakers.take(turns))
    return right


def right_pair(
    automaton: Automaton, rows: Numbers, turns: Numbers, pairs: Collection[tuple[int, int]]
) -> Truths:
    """Tell for each target whether its entry and turn are one of some pairs."""
    entries = automaton.columns.entries.take(rows)
    asked, asked_in = np.array(list(pairs), dtype=np.int64).T
    shape = (
        max(asked.max(), entries.max(initial=0)) + 1,
        max(asked_in.max(), turns.max(initial=0)) + 1,
    )
    wanted = np.zeros(shape, dtype=np.bool_)
    wanted[asked, asked_in] = True
    right: Truths = wanted[entries, turns]
    return right


def right_sentence(automaton: Automaton, read: View, rows: Numbers, begins: Numbers) -> Truths:
    """Tell for each target whether the sentence may hold what its phrase needs there."""
    phrases = automaton.columns.phrases.take(rows)
    return may_hold(automaton.needed, read.codes, read.sentences, phrases, begins)


def right_neighbours(
    automaton: Automaton, read: View, codes: Codes, rows: Numbers, begins: Numbers
) -> Truths:
    """Tell for each target whether its phrase allows what stands beside the literal."""
    columns = automaton.columns
    joins = np.frombuffer(read.joins, dtype=np.bool_)
    ends = begins + columns.lengths.take(rows)
    right = may_be(columns.beside[0], rows, codes.take(begins))
    right &= may_be(columns.beside[1], rows, codes.take(ends + 1, mode="clip"))
    right &= ~(columns.bare[0].take(rows) & joins.take(begins))
    right &= ~(columns.bare[1].take(rows) & joins.take(ends, mode="clip"))
    return right
