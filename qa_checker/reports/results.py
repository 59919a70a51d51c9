"""Where the reports get a run from: calls without their transcripts, and some of them whole.

A run may be longer than memory, so reports never hold it: they go over `every` and ask
for the few transcripts they show.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from qa_checker.reports.judged import Judged, spoken_turns

DETAILS = 300
"""Calls of an agent with items and transcripts, by default."""
LISTED = 200_000
"""Calls in a sheet of the summary, by default: programs take minutes to open more."""


@dataclass(frozen=True, slots=True)
class Results:
    """A run that can be read several times, always in the same order.

    `every()` yields each call without its transcript: `call.turns` is empty and `turns`
    says how many there were. `whole(numbers)` yields the calls of these running numbers
    (from 0, in the order of `every`), ascending, each with its number and its transcript.
    `agents()` yields the agent of every call.
    """

    every: Callable[[], Iterator[Judged]]
    whole: Callable[[Collection[int]], Iterator[tuple[int, Judged]]]
    agents: Callable[[], Iterator[str]]


def held(judged: Iterable[Judged]) -> Results:
    """Return the results of a run that is small enough for memory."""
    calls = list(judged)
    return Results(
        every=lambda: map(bare, calls),
        whole=lambda numbers: ((number, calls[number]) for number in sorted(numbers)),
        agents=lambda: (one.card.agent or one.call.agent for one in calls),
    )


def bare(judged: Judged) -> Judged:
    """Return a call without its transcript."""
    return replace(judged, call=replace(judged.call, turns=()), turns=spoken_turns(judged))
