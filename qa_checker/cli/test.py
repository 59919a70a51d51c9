"""qa-checker test: run the examples that lexicons and rubrics carry."""

from __future__ import annotations

import click

from qa_checker.cli import BAD, DONE, FAILED
from qa_checker.lint.examples import rule_files, run_file
from qa_checker.problem import BadFile


@click.command("test")
@click.argument("paths", nargs=-1, required=True)
def command(paths: tuple[str, ...]) -> int:
    """Run the examples of lexicons and rubrics (files or folders). 运行规则文件里的样例。"""
    try:
        files = rule_files(*paths)
    except BadFile as bad:
        click.echo(str(bad), err=True)
        return BAD
    ran = [run_file(path) for path in files]
    for problem in [problem for each in ran for problem in each.problems]:
        click.echo(str(problem))
    expectations = sum(each.expectations for each in ran)
    failed = sum(problem.severity == "error" for each in ran for problem in each.problems)
    known = sum(each.todo for each in ran)
    summary = f"{expectations} expectations in {len(ran)} files"
    summary += f", {failed} failed" + (f", {known} known gaps (todo)" if known else "")
    click.echo(summary)
    if not expectations and not failed:
        click.echo("no example was run: that proves nothing", err=True)
        return FAILED
    return FAILED if failed else DONE
