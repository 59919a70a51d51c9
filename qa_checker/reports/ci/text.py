"""For people: each problem with its line, a caret and help; a summary at the end."""

from __future__ import annotations

import click

from qa_checker import lazy_re
from qa_checker.reports.ci import Results

COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
HEAD = lazy_re.compile(r"(?P<place>.*?): (?P<code>(?P<severity>error|warning|info)\[QA\d+\]) ")
CARETS = lazy_re.compile(r"^ +\| [ \t\u3000]*[\^＾]+$")


def report(results: Results) -> str:
    """Return the problems as people read them."""
    rows = [row for problem in results.problems for row in str(problem).split("\n")]
    if results.colour:
        rows = [coloured(row) for row in rows]
    return "".join(f"{row}\n" for row in (*rows, *results.summary.split("\n")))


def coloured(row: str) -> str:
    """Return a row with its code, or its carets, in colour."""
    head = HEAD.match(row)
    if head:
        colour = COLOURS[head["severity"]]
        code = click.style(head["code"], fg=colour, bold=True)
        return f"{click.style(head['place'], bold=True)}: {code} {row[head.end() :]}"
    return click.style(row, fg="green") if CARETS.match(row) else row
