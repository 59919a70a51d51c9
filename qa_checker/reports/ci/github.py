"""Annotations for GitHub Actions: at most ten errors, ten warnings and ten notices.

GitHub shows no more of one step. The last one says how many are left; all of them belong in
the job summary, which is `reports/ci/md.py`, written to $GITHUB_STEP_SUMMARY.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.problem import UNSAFE, Problem
from qa_checker.reports.ci import Results, as_posix

MOST = 10
KINDS = {"error": "error", "warning": "warning", "info": "notice"}


def report(results: Results) -> str:
    """Return the annotations, errors first, and the summary."""
    rows = [row for kind in KINDS for row in annotated(results, kind)]
    return "".join(f"{row}\n" for row in (*rows, *results.summary.split("\n")))


def annotated(results: Results, severity: str) -> Iterator[str]:
    """Yield the annotations of one severity."""
    found = [problem for problem in results.problems if problem.severity == severity]
    more = len(found) - MOST
    for number, problem in enumerate(found[:MOST], 1):
        yield annotation(problem, more if number == MOST else 0)


def annotation(problem: Problem, more: int) -> str:
    """Return one annotation; the last one tells how many `more` there are."""
    said = "\n".join(part for part in (problem.message, problem.help) if part)
    said += f"\n… and {more} more, see summary" if more > 0 else ""
    place: dict[str, object] = {"file": as_posix(problem.path), "title": problem.code}
    if problem.line:
        end = problem.column + problem.length
        place |= {"line": problem.line, "col": problem.column, "endColumn": end}
    properties = ",".join(f"{name}={value(str(written))}" for name, written in place.items())
    return f"::{KINDS[problem.severity]} {properties}::{data(said)}"


def data(text: str) -> str:
    """Escape a message of a workflow command."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return UNSAFE.sub("\ufffd", escaped)


def value(text: str) -> str:
    """Escape a property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
