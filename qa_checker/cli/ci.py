"""qa-checker ci: everything a build asks of rules, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.cli._results import CACHE, FORMAT, failing, show
from qa_checker.cli.diff import MOST, calls, too_many, unjudged
from qa_checker.cli.test import run, told, told_apart
from qa_checker.lint.cache import cached
from qa_checker.lint.examples import rule_files
from qa_checker.lint.run import lint
from qa_checker.problem import BadInput, Problem
from qa_checker.reports.ci import counted
from qa_checker.studies.impact_text import markdown, text
from qa_checker.studies.review import Review, review, rules_of
from qa_checker.studies.revisions import rules_at


@click.command("ci")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--base", help="git revision, or folder, to compare with  用来对比的 git 版本或文件夹"
)
@click.option(
    "--corpus", type=click.Path(exists=True, path_type=Path),
    help="transcripts to judge by both versions  用于对比的通话",
)  # fmt: skip
@MOST
@click.option("--strict", is_flag=True, help="warnings fail too  有警告也算失败")
@FORMAT
@CACHE
def command(
    paths: tuple[str, ...],
    base: str | None,
    corpus: Path | None,
    max_changed: float | None,
    strict: bool,
    form: str,
    use_cache: bool,
) -> int:
    """Lint and test rules, and compare them with BASE on the calls of a corpus. 规则的持续集成。"""
    if corpus is not None and not base:
        raise click.UsageError("--corpus needs --base: what to compare with  请同时给出 --base")
    files = rule_files(*paths)
    found = cached("lint", files, list[Problem], lambda: lint(files)) if use_cache else lint(files)
    ran = [run(path, use_cache) for path in told_apart(files)[0]]
    sound = not failing(found, strict=False)
    reviews = reviewed(paths, base, corpus) if base and sound else []
    problems = [
        *found,
        *unseen((problem for each in ran for problem in each.problems), found),
        *(problem for each in reviews for problem in each.problems),
    ]
    over = [said for each in reviews if (said := too_many(each, max_changed))]
    told_impact = [each.impact for each in reviews if each.impact is not None]
    summary = "\n".join(
        [
            *(text(each) for each in told_impact if form == "text"),
            *(each.rubric for each in reviews if each.impact is None and each.rubric != "lexicons"),
            *(over if form == "text" else ()),
            told(ran),
            counted(problems, len(files)),
        ]
    )
    page = [*map(markdown, told_impact), *(f"**{said}**" for said in over)]
    show(form, problems, files, summary, ran, "\n\n".join(page))
    nothing = not any(each.expectations for each in ran)
    if nothing:
        click.echo("no example was run: that proves nothing 没有运行任何样例", err=True)
    unread = corpus is not None and any(map(unjudged, reviews))
    if over and form not in ("text", "md"):
        click.echo("\n".join(over), err=True)
    return FAILED if nothing or unread or over or failing(problems, strict) else DONE


def unseen(problems: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are not among those found, wherever by name they stand."""
    known = {replace(problem, where="") for problem in found}
    return [problem for problem in problems if replace(problem, where="") not in known]


def reviewed(paths: tuple[str, ...], base: str, corpus: Path | None) -> list[Review]:
    """Compare the rules with those of a revision, or of a folder."""
    with ExitStack() as stack:
        before = []
        for path in paths:
            try:
                before.append(stack.enter_context(rules_at(base, Path(path))))
            except BadInput as error:
                if "not in" not in str(error):
                    raise
        head = rules_of(map(Path, paths))
        return list(review(rules_of(before), head, lambda: calls(corpus) if corpus else (), base))
