"""Examples that were run: what each of them gave, and each file."""

from __future__ import annotations

from dataclasses import dataclass

from qa_checker.problem import Problem


@dataclass(frozen=True, slots=True)
class Case:
    """One example that was run: an example call, or a sentence ("entry/hit/1")."""

    path: str
    name: str
    problems: tuple[Problem, ...] = ()
    todo: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """What running the examples of one file gave: how many expectations held, which did not,
    and how many known gaps (todo) there are.
    """

    path: str
    expectations: int
    problems: tuple[Problem, ...]
    todo: int = 0
    cases: tuple[Case, ...] = ()
