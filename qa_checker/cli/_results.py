"""How lint and test say what they found: the option, and the one place that prints it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qa_checker.lint.cases import Ran
from qa_checker.problem import SEVERITIES, Problem
from qa_checker.reports.ci import Results, outputs

FORMAT = click.option(
    "--format", "form", type=click.Choice(sorted(outputs())), default="text", show_default=True,
    help="what to print: for people, or for a build server  输出格式",
)  # fmt: skip
CACHE = click.option(
    "--cache/--no-cache", "use_cache", default=True,
    help="keep what was found until a file changes  缓存结果",
)  # fmt: skip
Command = Callable[..., Any]


def show(
    form: str,
    problems: list[Problem],
    files: list[Path],
    summary: str,
    ran: list[Ran] | None = None,
    more: str = "",
) -> None:
    """Print results in a form; a job summary goes to $GITHUB_STEP_SUMMARY as well.

    `more` is Markdown for people, which follows a table and a job summary.
    """
    results = Results(
        problems=tuple(problems),
        files=tuple(map(str, files)),
        cases=tuple(case for each in ran or () for case in each.cases),
        summary=summary,
        colour=bool(sys.stdout and sys.stdout.isatty()) and not os.environ.get("NO_COLOR"),
    )
    # a path that is no Unicode must not keep the rest from being printed
    written = outputs()[form].report(results) + (f"\n{more}\n" if more and form == "md" else "")
    click.echo(written.encode("utf-8", "replace").decode(), nl=False)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and page:
        with Path(page).open("a", encoding="utf-8", errors="replace") as file:
            file.write(outputs()["md"].report(results) + (f"\n{more}\n" if more else ""))


def failing(problems: list[Problem], strict: bool) -> bool:
    """Tell whether any problem fails the run."""
    grave = SEVERITIES[: 1 + strict]
    return any(problem.severity in grave for problem in problems)
