"""What a sample is: the calls to choose from, the plan, and what was drawn for which reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

RED_LINE, MARGIN, RANDOM = KINDS = ("red_line", "margin", "random")
"""Why a call is drawn, in the order in which it is decided and heard."""

Stratum = tuple[str, ...]
"""Values of a plan's strata keys; "" is a call that has none."""


class Margin(NamedTuple):
    """How far a score is from the nearest score at which something changes.

    `points` is negative below the `edge`. `band` begins at the edge; `decides` tells
    whether the edge is also the one between passing and not.
    """

    points: Fraction
    edge: Fraction
    band: str
    decides: bool


class Candidate(NamedTuple):
    """A judged call that a person might hear.

    `started_at` is ISO text or "", `score` is from 0 to 100 as people see it, None
    without one. `red_lines` are the items that were failed and take all points of the
    call or of a section. `skipped` says why the rubric does not apply, "" if it does;
    such calls are counted and never drawn.
    """

    call_id: str
    source: str = ""
    agent: str = ""
    queue: str = ""
    started_at: str = ""
    score: float | None = None
    band: str = ""
    margin: Margin | None = None
    red_lines: tuple[str, ...] = ()
    provisional: bool = False
    skipped: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for.

    `red_lines` asks for every call that crossed one. Besides these, `per_agent` is the most
    calls of one agent and `total` the most of all, or `share` of all, from 0 to 1, in its
    place; of these, `margins` is how many are taken because they are close to an edge. The
    rest is drawn at random, proportionally in the strata that the keys `by` make.
    """

    per_agent: int | None = None
    total: int | None = None
    share: Fraction | None = None
    by: tuple[str, ...] = ()
    margins: int = 0
    red_lines: bool = True
    seed: int = 0


class Drawn(NamedTuple):
    """A call that was drawn, of which kind, and from which stratum.

    Of a call drawn at random, `seats` is how many were drawn of the `pool` of calls of its
    stratum (and its agent, if the plan has a quota for agents) that were left for chance.
    """

    call: Candidate
    kind: str
    stratum: Stratum
    seats: int = 0
    pool: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, in the order to hear it, and of how many.

    `available` counts the calls of each agent and stratum, `crossed` those that failed a
    red line, `close` those that have a margin; `skipped` are the calls left out.
    """

    plan: Plan
    drawn: tuple[Drawn, ...]
    available: Mapping[tuple[str, Stratum], int]
    crossed: int
    close: int
    skipped: int
