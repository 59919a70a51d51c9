"""How each kind of check is judged, one file each, named as in rules.checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from qa_checker.judging.look import Look
from qa_checker.judging.outcome import Outcome
from qa_checker.rules.checks import Check
from qa_checker.rules.checks import kinds as shapes


@cache
def kinds() -> dict[str, ModuleType]:
    """Return the judges by the key that begins a check."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def judges() -> dict[type[Check], Callable[[Check, Look], Outcome]]:
    """Return what judges a check by the check's type."""
    return {shapes()[name].Check: module.judge for name, module in kinds().items()}


def judge_check(check: Check, look: Look) -> Outcome:
    """Judge one check on one call."""
    return judges()[type(check)](check, look)
