"""qa-checker test: run the examples that lexicons and rubrics carry."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.cli._results import CACHE, FORMAT, show
from qa_checker.lint.cache import cached
from qa_checker.lint.cases import Ran
from qa_checker.lint.examples import rule_files, run_file
from qa_checker.lint.run import is_mapping
from qa_checker.reports.words import plural
from qa_checker.studies.mutation import Tested
from qa_checker.studies.mutation import mutate as mutations

MAPPING = (
    "a mapping has no examples: qa-checker lint checks it, "
    "qa-checker inspect FILE --mapping tries it"
    "  映射文件没有样例：用 qa-checker lint 检查，用 qa-checker inspect 文件 --mapping 试读"
)


@click.command("test")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--mutate", is_flag=True,
    help="also change the rules, one thing at a time, and tell what no example notices  变异测试",
)  # fmt: skip
@FORMAT
@CACHE
def command(paths: tuple[str, ...], mutate: bool, form: str, use_cache: bool) -> int:
    """Run the examples of lexicons and rubrics (files or folders). 运行规则文件里的样例。"""
    files, mappings = told_apart(rule_files(*paths))
    for path in mappings:
        click.echo(f"{path}: {MAPPING}", err=True)
    ran = [run(path, use_cache) for path in files]
    problems = [problem for each in ran for problem in each.problems]
    failed = any(problem.severity == "error" for problem in problems)
    summary = told(ran)
    if mutate and not failed:
        tested = changed(files, use_cache)
        problems += [problem for each in tested for problem in each.unnoticed]
        summary = "\n".join([*(f"{t.path}: {t.noticed}/{t.made} noticed" for t in tested), summary])
    if mutate and failed:
        said = "nothing was changed: first mend the examples that fail 有样例不通过，未作变异测试"
        click.echo(said, err=True)
    show(form, problems, files, summary, ran)
    if not any(each.expectations for each in ran) and not failed:
        click.echo("no example was run: that proves nothing 没有运行任何样例", err=True)
        return FAILED
    return FAILED if failed else DONE


def told_apart(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files that carry examples, and the mappings among them, which never do."""
    mappings = [path for path in files if is_mapping(path.read_text("utf-8", "replace"))]
    return [path for path in files if path not in mappings], mappings


def told(ran: list[Ran]) -> str:
    """Return in one line what running the examples gave."""
    failed = sum(problem.severity == "error" for each in ran for problem in each.problems)
    known = sum(each.todo for each in ran)
    expected = plural(sum(each.expectations for each in ran), "expectation")
    said = f"{expected} in {plural(len(ran), 'file')}, {failed} failed"
    return said + (f", {plural(known, 'known gap')} (todo)" if known else "")


def changed(files: list[Path], use_cache: bool) -> list[Tested]:
    """Change the rules of some files, one thing at a time, or take what was found last time."""
    if not use_cache:
        return list(mutations(files))
    return cached("mutate", files, list[Tested], lambda: list(mutations(files)))


def run(path: Path, use_cache: bool) -> Ran:
    """Run the examples of one file, or take what was found when it was last run unchanged."""
    if not use_cache:
        return run_file(path)
    return cached("test", [path], Ran, lambda: run_file(path))
