"""A Markdown table, for a job summary or a comment; cut at what GitHub takes."""

from __future__ import annotations

from qa_checker.problem import UNSAFE, Problem
from qa_checker.reports.ci import Results, as_posix, worst_first

MOST_BYTES = 900_000
"""GitHub refuses a job summary of more than 1 MiB."""
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-!|<>~"})


def report(results: Results) -> str:
    """Return the summary, and a row for each problem, errors first."""
    text = results.summary.replace("\n", "  \n") + "\n"
    problems = worst_first(results.problems)
    if problems:
        text += "\n| Place | Code | What is wrong | What to do |\n|---|---|---|---|\n"
    size = len(text.encode())
    for number, problem in enumerate(problems):
        line = row(problem)
        size += len(line.encode("utf-8", "replace"))
        if size > MOST_BYTES:
            return f"{text}\n… and {len(problems) - number} more\n"
        text += line
    return text


def row(problem: Problem) -> str:
    """Return the row of one problem."""
    place = f"{as_posix(problem.path)}:{problem.line}:{problem.column}"
    code = f"{problem.severity} {problem.code}"
    cells = (place, code, problem.message, problem.help)
    return f"| {' | '.join(map(cell, cells))} |\n"


def cell(text: str) -> str:
    """Escape the text of a cell."""
    return UNSAFE.sub("\ufffd", text).translate(SPECIAL).replace("\n", "<br>")
