"""qa-checker report: the workbooks of a finished run once more, without judging again."""

from __future__ import annotations

from functools import partial

import click

from qa_checker.cli import DONE
from qa_checker.cli._options import JOBS, LANGUAGE
from qa_checker.cli._progress import writing
from qa_checker.cli._told import note, tell_fates, where
from qa_checker.runs.report import report


@click.command("report")
@click.argument("out", metavar="OUT")
@JOBS
@LANGUAGE
def command(out: str, jobs: int, language: str | None) -> int:
    """Write the workbooks of OUT again from its results. 用已有结果重出报表。"""
    writing()
    fates: dict[str, list[str]] = {}
    written = report(out, language or "", jobs, partial(note, fates))
    tell_fates(fates)
    click.echo(where(out, written))
    return DONE
