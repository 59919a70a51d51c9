"""The lowest few of very many calls, in the memory of a few."""

from __future__ import annotations

from fractions import Fraction
from heapq import heappush, heapreplace

from qa_checker.reports.sampling.drawn import Candidate

Rank = tuple[Fraction | int, ...]
"""What calls are put in order by."""
Heap = list[tuple[Rank, Candidate]]
"""Calls by their negative ranks, so that the highest rank is the first to go."""


def keep(heap: Heap, room: int, rank: Rank, call: Candidate) -> None:
    """Keep a call if it is among the `room` lowest so far."""
    entry = tuple(-part for part in rank), call
    if len(heap) < room:
        heappush(heap, entry)
    elif room and entry > heap[0]:
        heapreplace(heap, entry)


def beaten(heap: Heap, room: int, first: Fraction | int) -> bool:
    """Tell whether no call whose rank begins with `first` can be kept; quicker than to rank it."""
    return len(heap) >= room and (not room or first > -heap[0][0][0])


def lowest(heap: Heap) -> list[tuple[Rank, Candidate]]:
    """Return the ranks and calls kept, the lowest first."""
    return [(tuple(-part for part in rank), call) for rank, call in sorted(heap, reverse=True)]
