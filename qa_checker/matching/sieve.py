"""Where literals stand in a text, less all that quick tests on the whole of it rule out.

What is done here to thousands of places at once would cost more for each of them in Python
than the scan itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import numpy as np

from qa_checker.matching.automaton import Automaton, Numbers, Target, Truths, may_be
from qa_checker.matching.views import View
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.plain import as_codes

NOBODY = -1


def standing(
    automaton: Automaton,
    read: View,
    roles: Sequence[str],
    pairs: Collection[tuple[int, int]] | None = None,
) -> Iterator[tuple[Target, int, int]]:
    """Yield each target whose literal stands in a text, where it begins, and the turn.

    `roles` are those of the turns. What is yielded stands between characters that its phrase
    allows there, in the words of the right role or, if there are `pairs` of entries and
    turns, for one of these.
    """
    framed = f"{TURN_BREAK}{read.sounds}{TURN_BREAK}"
    matches = automaton.finder.find_matches_as_indexes(framed, overlapping=True)
    if not matches:
        return
    flat = np.fromiter(chain.from_iterable(matches), dtype=np.int64, count=3 * len(matches))
    starts = np.array(read.starts, dtype=np.int64)
    turns = starts.searchsorted(flat[1::3], side="right") - 1
    begins = np.maximum(flat[1::3] - 1, starts.take(turns))
    which, rows = led_to(automaton, flat[::3])
    if pairs is None:
        chosen = right_role(automaton, rows, turns.take(which), roles)
    else:
        chosen = right_pair(automaton, rows, turns.take(which), pairs)
    which, rows = which[chosen], rows[chosen]
    chosen = right_neighbours(automaton, read, rows, begins.take(which))
    which, rows = which[chosen], rows[chosen]
    targets = [automaton.targets[row] for row in rows.tolist()]
    yield from zip(targets, begins.take(which).tolist(), turns.take(which).tolist(), strict=True)


def led_to(automaton: Automaton, literals: Numbers) -> tuple[Numbers, Numbers]:
    """Return which of some literals leads to a target, and the target's row, for each target."""
    offsets = automaton.columns.offsets
    first = offsets.take(literals)
    counts = offsets.take(literals + 1) - first
    ends = counts.cumsum()
    which = np.repeat(np.arange(len(literals)), counts)
    rows = np.arange(len(which)) + np.repeat(first - (ends - counts), counts)
    return which, rows


def right_role(automaton: Automaton, rows: Numbers, turns: Numbers, roles: Sequence[str]) -> Truths:
    """Tell for each target whether its entry counts the words of the turn."""
    numbers = automaton.roles
    speakers = np.array([numbers.get(role, NOBODY) for role in roles], dtype=np.int64)
    wanted = automaton.columns.roles.take(rows)
    right: Truths = (wanted == 0) | (wanted == speakers.take(turns))
    return right


def right_pair(
    automaton: Automaton, rows: Numbers, turns: Numbers, pairs: Collection[tuple[int, int]]
) -> Truths:
    """Tell for each target whether its entry and turn are one of some pairs."""
    wanted = np.array([(entry << 32) + turn for entry, turn in pairs], dtype=np.int64)
    return np.isin((automaton.columns.entries.take(rows) << 32) + turns, wanted)


def right_neighbours(automaton: Automaton, read: View, rows: Numbers, begins: Numbers) -> Truths:
    """Tell for each target whether its phrase allows what stands beside the literal."""
    columns = automaton.columns
    joins = np.frombuffer(read.joins, dtype=np.bool_)
    codes = as_codes(f"{TURN_BREAK}{read.text}{TURN_BREAK}")
    ends = begins + columns.lengths.take(rows)
    right = may_be(columns.beside[0], rows, codes.take(begins))
    right &= may_be(columns.beside[1], rows, codes.take(ends + 1, mode="clip"))
    right &= ~(columns.bare[0].take(rows) & joins.take(begins))
    right &= ~(columns.bare[1].take(rows) & joins.take(ends, mode="clip"))
    return right
