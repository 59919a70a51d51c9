"""JSON lines: an object for each problem and each case, and a summary at the end.

Every object has `version` and `type` (problem, case or summary). Within a version nothing is
removed or renamed; new keys may come.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from qa_checker.lint.cases import Case
from qa_checker.problem import Problem
from qa_checker.reports.ci import Results, as_posix, fingerprints

VERSION = 1


def report(results: Results) -> str:
    """Return the results as JSON lines."""
    return "".join(json.dumps(each, ensure_ascii=True) + "\n" for each in objects(results))


def objects(results: Results) -> Iterator[dict[str, Any]]:
    """Yield what stands in each line."""
    prints = fingerprints(results.problems)
    for problem, mark in zip(results.problems, prints, strict=True):
        yield {"version": VERSION, "type": "problem", **told(problem), "fingerprint": mark}
    for case in results.cases:
        yield {"version": VERSION, "type": "case", **outcome(case)}
    found = Counter(problem.severity for problem in results.problems)
    yield {
        "version": VERSION,
        "type": "summary",
        "files": len(results.files),
        "cases": len(results.cases),
        "errors": found["error"],
        "warnings": found["warning"],
        "infos": found["info"],
    }


def told(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data."""
    return {
        "path": as_posix(problem.path),
        "line": problem.line,
        "column": problem.column,
        "end_column": problem.column + problem.length,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "help": problem.help,
        "where": problem.where,
        "text": problem.text,
    }


def outcome(case: Case) -> dict[str, Any]:
    """Return a case as plain data."""
    return {
        "path": as_posix(case.path),
        "name": case.name,
        "outcome": "skipped" if case.todo else "failed" if case.problems else "passed",
    }
