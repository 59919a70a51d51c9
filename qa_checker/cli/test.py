"""qa-checker test: run the examples that lexicons and rubrics carry."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.cli import BAD, DONE, FAILED
from qa_checker.cli._results import CACHE, FORMAT, show
from qa_checker.lint.cache import cached
from qa_checker.lint.examples import Ran, rule_files, run_file
from qa_checker.problem import BadFile


@click.command("test")
@click.argument("paths", nargs=-1, required=True)
@FORMAT
@CACHE
def command(paths: tuple[str, ...], form: str, use_cache: bool) -> int:
    """Run the examples of lexicons and rubrics (files or folders). 运行规则文件里的样例。"""
    try:
        files = rule_files(*paths)
    except BadFile as bad:
        click.echo(str(bad), err=True)
        return BAD
    ran = [run(path, use_cache) for path in files]
    problems = [problem for each in ran for problem in each.problems]
    expectations = sum(each.expectations for each in ran)
    failed = sum(problem.severity == "error" for problem in problems)
    known = sum(each.todo for each in ran)
    summary = f"{expectations} expectations in {len(ran)} files"
    summary += f", {failed} failed" + (f", {known} known gaps (todo)" if known else "")
    show(form, problems, files, summary, ran)
    if not expectations and not failed:
        click.echo("no example was run: that proves nothing", err=True)
        return FAILED
    return FAILED if failed else DONE


def run(path: Path, use_cache: bool) -> Ran:
    """Run the examples of one file, or take what was found when it was last run unchanged."""
    if not use_cache:
        return run_file(path)
    return cached("test", [path], Ran, lambda: run_file(path))
