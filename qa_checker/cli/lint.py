"""qa-checker lint: what is wrong with rule files, before any example is run."""

from __future__ import annotations

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.cli._results import CACHE, FORMAT, failing, show
from qa_checker.lint.cache import cached
from qa_checker.lint.examples import rule_files
from qa_checker.lint.run import lint
from qa_checker.problem import Problem
from qa_checker.reports.ci import counted


@click.command("lint")
@click.argument("paths", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="warnings fail too  有警告也算失败")
@FORMAT
@CACHE
def command(paths: tuple[str, ...], strict: bool, form: str, use_cache: bool) -> int:
    """Check lexicons and rubrics (files or folders) for mistakes. 检查规则文件。

    `qa-checker rule CODE` explains a code.
    """
    files = rule_files(*paths)

    def work() -> list[Problem]:
        return lint(files)

    found = cached("lint", files, list[Problem], work) if use_cache else work()
    show(form, found, files, counted(found, len(files)))
    if not files:
        click.echo("no rule file was found: that proves nothing 没有找到规则文件", err=True)
        return FAILED
    return FAILED if failing(found, strict) else DONE
