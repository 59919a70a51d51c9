"""A sample added up: how many of how many, for each kind, stratum and agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from qa_checker.reports.sampling.drawn import MARGIN, RED_LINE, Drawn, Sample, Stratum

Name = TypeVar("Name", str, Stratum)


@dataclass(frozen=True, slots=True)
class Line:
    """How many calls were drawn of how many, and how many of each kind."""

    available: int
    kinds: Mapping[str, int]

    @property
    def drawn(self) -> int:
        """How many were drawn in all."""
        return sum(self.kinds.values())

    @property
    def counted(self) -> int:
        """How many of them count towards a quota."""
        return self.drawn - self.kinds.get(RED_LINE, 0)


def by_agent(sample: Sample) -> dict[str, Line]:
    """Return a line for each agent, by name."""
    return lines(sample, lambda agent, _: agent, lambda one: one.call.agent)


def by_stratum(sample: Sample) -> dict[Stratum, Line]:
    """Return a line for each stratum over all agents, in order."""
    return lines(sample, lambda _, stratum: stratum, lambda one: one.stratum)


def lines(
    sample: Sample, of_cell: Callable[[str, Stratum], Name], of_call: Callable[[Drawn], Name]
) -> dict[Name, Line]:
    """Return a line for each name that calls go by."""
    available: Counter[Name] = Counter()
    for (agent, stratum), count in sample.available.items():
        available[of_cell(agent, stratum)] += count
    kinds: dict[Name, Counter[str]] = {name: Counter() for name in available}
    for one in sample.drawn:
        kinds[of_call(one)][one.kind] += 1
    return {name: Line(available[name], kinds[name]) for name in sorted(available)}


def every(sample: Sample) -> Line:
    """Return the line of the whole sample."""
    return Line(sum(sample.available.values()), Counter(one.kind for one in sample.drawn))


def wanted(sample: Sample) -> int | None:
    """Return how many calls were asked for in all; None if no number was named."""
    plan = sample.plan
    if plan.share is not None:
        return ceil(plan.share * every(sample).available)
    return plan.total


def gaps(sample: Sample) -> Iterator[tuple[str, int]]:
    """Yield what the plan asked for and did not get: message and number."""
    plan, whole, asked = sample.plan, every(sample), wanted(sample)
    agents = by_agent(sample).values()
    if plan.per_agent is not None:
        yield "sampling.agents_short", sum(one.counted < plan.per_agent for one in agents)
    if asked is not None:
        yield "sampling.total_short", max(0, asked - whole.counted)
    yield "sampling.margins_short", max(0, plan.margins - whole.kinds[MARGIN])


def of_kind(sample: Sample, kind: str) -> int:
    """Return how many calls there were that could be drawn for a reason."""
    whole = every(sample)
    if kind == RED_LINE:
        return sample.crossed
    if kind == MARGIN:
        return sample.close
    return whole.available - whole.kinds[RED_LINE] - whole.kinds[MARGIN]
