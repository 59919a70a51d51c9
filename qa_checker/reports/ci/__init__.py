"""What people and build servers read about rule files: one file an output, found by this folder.

An output is a module named after its `--format`, with

    report(results) -> str

It prints nothing and reads no files. `Results` holds the problems of lint, and of test the
cases as well.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Protocol, cast

from qa_checker.lint.cases import Case
from qa_checker.problem import SEVERITIES, Problem
from qa_checker.reports.words import plural


@dataclass(frozen=True, slots=True)
class Results:
    """What a command found in some `files`.

    `cases` are the examples that were run, none for lint; `summary` is the last line for
    people, `colour` whether they see it on a terminal.
    """

    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    cases: tuple[Case, ...] = ()
    summary: str = ""
    colour: bool = False


class Output(Protocol):
    """What a module of this folder offers."""

    def report(self, results: Results) -> str:
        """Return the results in this form, with a line break at the end."""


@cache
def outputs() -> dict[str, Output]:
    """Return every output by its name, sorted."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: cast(Output, import_module(f"{__name__}.{name}")) for name in names}


def counted(problems: Iterable[Problem], files: int) -> str:
    """Return how many problems there are: 32 errors, 12 warnings in 2 files."""
    found = Counter(problem.severity for problem in problems)
    said = [plural(found["error"], "error"), plural(found["warning"], "warning")]
    said += [plural(found["info"], "remark")] if found["info"] else []
    return f"{', '.join(said)} in {plural(files, 'file')}"


def worst_first(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with the errors first, else in their order."""
    return sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """Return for each problem what stays when lines move: a hash of code, file and way.

    Equal ones are numbered in their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for problem in problems:
        key = (problem.code, as_posix(problem.path), problem.where)
        written = "\n".join((*key, str(seen[key])))
        made.append(hashlib.sha256(written.encode("utf-8", "replace")).hexdigest())
        seen[key] += 1
    return made


def as_posix(path: str) -> str:
    """Return a path with slashes, as build servers want it."""
    return PurePath(path).as_posix()
