"""Why a call was drawn, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from qa_checker.reports.sampling.drawn import MARGIN, RANDOM, RED_LINE, Drawn, Margin, Plan, Stratum
from qa_checker.reports.words import Say
from qa_checker.scorecard import text


class Titles(NamedTuple):
    """What people call things in one language.

    `item` leads from a rule (id@version#hash) and an item of it to the item's question, `band`
    from the name of a band to its title.
    """

    item: Callable[[str, str], str]
    band: Callable[[str], str]


def reasons(say: Say, plan: Plan, drawn: Drawn, titles: Titles) -> Iterator[str]:
    """Yield each reason for which a call was drawn."""
    call = drawn.call
    if drawn.kind == RED_LINE:
        for item in call.red_lines:
            yield say("sampling.red_line", title=titles.item(call.rule, item))
    if drawn.kind == MARGIN and call.margin is not None:
        yield distance(say, call.margin, titles)
    if drawn.kind == RANDOM:
        key = "sampling.of_all" if plan.per_agent is None else "sampling.of_agent"
        name = stratum(say, plan, drawn.stratum, titles)
        yield say(key, stratum=name, seats=drawn.seats, pool=drawn.pool)
        yield say("sampling.by_chance", seed=plan.seed)


def distance(say: Say, margin: Margin, titles: Titles) -> str:
    """Return how far a score is from an edge, and which edge that is."""
    edge = text(margin.edge)
    if margin.decides:
        named = say("sampling.pass_mark", edge=edge)
    else:
        named = say("sampling.band_edge", band=titles.band(margin.band), edge=edge)
    if not margin.points:
        return say("sampling.exactly", edge=named)
    key = "sampling.above" if margin.points > 0 else "sampling.below"
    return say(key, edge=named, points=text(abs(margin.points)))


def stratum(say: Say, plan: Plan, values: Stratum, titles: Titles) -> str:
    """Return a stratum as "Queue=vip, Month=2026-11"."""
    shown = [
        titles.band(value) if key == "band" else value
        for key, value in zip(plan.by, values, strict=True)
    ]
    named = [
        say("sampling.one", name=say(f"column.{key}"), value=value or blank(say, key))
        for key, value in zip(plan.by, shown, strict=True)
    ]
    return say("list").join(named) or say("sampling.whole")


def blank(say: Say, key: str) -> str:
    """Return what stands for a value that calls of a stratum have none of."""
    return say("nobody") if key == "agent" else say(NONE.get(key, "sampling.no_value"))


NONE = {"band": "sampling.no_score"}
