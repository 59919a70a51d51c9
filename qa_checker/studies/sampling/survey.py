"""The first look at all calls: how many there are of which kind, and which must be heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from qa_checker.reports.sampling.drawn import Candidate, Plan, Stratum
from qa_checker.studies.sampling.chance import place
from qa_checker.studies.sampling.kept import Heap, beaten, keep, lowest
from qa_checker.studies.sampling.strata import stratum_of

ALL = ""
"""The group of every call where agents have no quota of their own."""


@dataclass
class Survey:
    """What was counted, and what was kept: calls with red lines, and the narrowest margins.

    A *group* is an agent, or everybody where agents have no quota.
    """

    plan: Plan
    available: Counter[tuple[str, Stratum]] = field(default_factory=Counter)
    red: list[Candidate] = field(default_factory=list)
    narrow: dict[str, Heap] = field(default_factory=lambda: defaultdict(list))
    crossed: int = 0
    close: int = 0
    skipped: int = 0

    def group(self, agent: str) -> str:
        """Return the group of an agent."""
        return ALL if self.plan.per_agent is None else agent

    @property
    def sizes(self) -> Counter[str]:
        """How many calls each group has."""
        sizes: Counter[str] = Counter()
        for (agent, _), count in self.available.items():
            sizes[self.group(agent)] += count
        return sizes

    @property
    def wanted(self) -> int:
        """How many calls are asked for in all, besides red lines."""
        plan, every = self.plan, self.available.total()
        if plan.share is not None:
            return ceil(plan.share * every)
        return every if plan.total is None else min(plan.total, every)


def survey(calls: Iterable[Candidate], plan: Plan) -> Survey:
    """Count calls, and keep those that have to be drawn whatever chance says."""
    seen = Survey(plan)
    per_agent = plan.margins if plan.per_agent is None else min(plan.margins, plan.per_agent)
    for call in calls:
        if call.skipped:
            seen.skipped += 1
            continue
        seen.available[call.agent, stratum_of(call, plan.by)] += 1
        seen.crossed += bool(call.red_lines)
        seen.close += call.margin is not None
        if must(call, plan):
            seen.red.append(call)
        elif per_agent and call.margin is not None:
            heap, points = seen.narrow[seen.group(call.agent)], abs(call.margin.points)
            if beaten(heap, per_agent, points):
                continue
            keep(heap, per_agent, (points, *place(plan.seed, call)), call)
    return seen


def must(call: Candidate, plan: Plan) -> bool:
    """Tell whether a call is drawn for its red lines."""
    return plan.red_lines and bool(call.red_lines)


def rooms(seen: Survey, drawn: Iterable[Candidate]) -> tuple[dict[str, int], int]:
    """Return how many calls may still be drawn of each group, and in all, besides red lines."""
    taken = Counter(seen.group(call.agent) for call in drawn)
    quota = seen.plan.per_agent
    most = {group: size if quota is None else quota for group, size in seen.sizes.items()}
    left = {group: max(0, many - taken[group]) for group, many in most.items()}
    return left, max(0, seen.wanted - taken.total())


def narrowest(seen: Survey) -> list[Candidate]:
    """Return the calls with the narrowest margins; each heap is no longer than its quota."""
    _, left = rooms(seen, ())
    entries = sorted(entry for heap in seen.narrow.values() for entry in lowest(heap))
    return [call for _, call in entries[: min(seen.plan.margins, left)]]
