"""Draw the calls that a person should hear.

Calls are looked at twice and never held: memory grows with the agents, the strata and what
is drawn, not with the calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from qa_checker.reports.sampling.drawn import (
    MARGIN,
    RANDOM,
    RED_LINE,
    Candidate,
    Drawn,
    Plan,
    Sample,
    Stratum,
)
from qa_checker.studies.sampling.chance import place
from qa_checker.studies.sampling.kept import Heap, keep
from qa_checker.studies.sampling.shares import shares
from qa_checker.studies.sampling.strata import stratum_of
from qa_checker.studies.sampling.survey import Survey, must, narrowest, rooms, survey

Calls = Callable[[], Iterable[Candidate]]
Cell = tuple[str, Stratum]
"""A group and a stratum within it."""


def draw(calls: Calls, plan: Plan) -> Sample:
    """Draw a sample; `calls` gives the same calls, in any order, each time it is called.

    The sample depends on the calls and the plan and on nothing else. Red lines do not count
    towards the quotas: an agent with many of them would have no call left for chance, and
    nobody could tell how the agent usually does.
    """
    seen = survey(calls(), plan)
    near = narrowest(seen)
    pools = left_for_chance(seen, near)
    seats = allotted(seen, near, pools)
    red = sorted(seen.red, key=lambda call: place(plan.seed, call))
    return Sample(
        plan=plan,
        drawn=(
            *(Drawn(call, RED_LINE, stratum_of(call, plan.by)) for call in red),
            *(Drawn(call, MARGIN, stratum_of(call, plan.by)) for call in near),
            *by_chance(seen, calls(), near, seats, pools),
        ),
        available=dict(seen.available),
        crossed=seen.crossed,
        close=seen.close,
        skipped=seen.skipped,
    )


def left_for_chance(seen: Survey, near: Sequence[Candidate]) -> Counter[Cell]:
    """Return how many calls of each cell are neither red lines nor drawn for their margin."""
    pools: Counter[Cell] = Counter()
    for (agent, stratum), count in seen.available.items():
        pools[seen.group(agent), stratum] += count
    pools.subtract(cell_of(seen, call) for call in (*seen.red, *near))
    return pools


def cell_of(seen: Survey, call: Candidate) -> Cell:
    """Return the cell of a call."""
    return seen.group(call.agent), stratum_of(call, seen.plan.by)


def allotted(seen: Survey, near: Sequence[Candidate], pools: Counter[Cell]) -> dict[Cell, int]:
    """Return how many calls chance draws from each cell."""
    strata: dict[str, dict[Stratum, int]] = defaultdict(dict)
    for (group, stratum), size in pools.items():
        strata[group][stratum] = size
    room, left = rooms(seen, near)
    wanted = {group: min(room[group], sum(sizes.values())) for group, sizes in strata.items()}
    granted = shares(wanted, left, seen.plan.seed)
    return {
        (group, stratum): count
        for group, many in granted.items()
        for stratum, count in shares(strata[group], many, seen.plan.seed, group).items()
    }


def by_chance(
    seen: Survey,
    calls: Iterable[Candidate],
    near: Sequence[Candidate],
    seats: Mapping[Cell, int],
    pools: Mapping[Cell, int],
) -> list[Drawn]:
    """Return the calls that chance draws, in random order."""
    plan = seen.plan
    taken = Counter(place(plan.seed, call) for call in near)
    heaps: dict[Cell, Heap] = {cell: [] for cell in seats}
    for call in calls:
        cell = cell_of(seen, call)
        if cell not in seats or call.skipped or must(call, plan):
            continue
        turn = place(plan.seed, call)
        if taken[turn]:
            taken[turn] -= 1
        else:
            keep(heaps[cell], seats[cell], turn, call)
    found = [
        Drawn(call, RANDOM, cell[1], seats[cell], pools[cell])
        for cell, heap in heaps.items()
        for _, call in heap
    ]
    return sorted(found, key=lambda one: place(plan.seed, one.call))
