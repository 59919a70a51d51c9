"""How each kind of check is judged, one file each, named as in rules.checks.

A kind is a module with `plan(check, compiled)`, which works out once what can be said without
a call, and returns what judges the check on a call.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome
from qa_checker.rules.checks import Check
from qa_checker.rules.checks import kinds as shapes

Judge = Callable[[Look], Outcome]


@cache
def kinds() -> dict[str, ModuleType]:
    """Return the modules of the kinds by the key that begins a check."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def planners() -> dict[type[Check], Callable[[Check, Compiled], Judge]]:
    """Return what plans a check by the check's type."""
    return {shapes()[name].Check: module.plan for name, module in kinds().items()}


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a check on a call; equal checks share it."""
    if check not in compiled.judges:
        judge = planners()[type(check)](check, compiled)
        often = compiled.asked[check] > 1
        compiled.judges[check] = partial(judged_once, judge) if often else judge
    return compiled.judges[check]


def judged_once(judge: Judge, look: Look) -> Outcome:
    """Judge a check that a rubric asks for more than once; on each call it is judged once."""
    outcome: Outcome | None = look.known.get(judge)
    if outcome is None:
        outcome = look.known[judge] = judge(look)
    return outcome
