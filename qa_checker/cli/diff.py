"""qa-checker diff: what a change of rules does to calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.cli import DONE, FAILED
from qa_checker.problem import Problem
from qa_checker.readers import read
from qa_checker.studies.impact_text import exceeded, markdown, text
from qa_checker.studies.review import Review, review, rules_of, shown_as
from qa_checker.studies.revisions import rules_at

SHARE = lazy_re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*%")


def share(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Read `2%` as 0.02."""
    found = SHARE.fullmatch(value) if value is not None else None
    if value is not None and found is None:
        raise click.BadParameter(f'"{value}" is not a share such as 2%')
    return float(found[1]) / 100 if found else None


CORPUS = click.option(
    "--corpus", type=click.Path(exists=True, path_type=Path), required=True,
    help="transcripts to judge by both versions  用于对比的通话",
)  # fmt: skip
MOST = click.option(
    "--max-changed", callback=share, metavar="2%",
    help="exit 1 if more calls change  变动的通话超过此比例则退出码为 1",
)  # fmt: skip


@click.command("diff")
@click.argument("base")
@click.argument("head")
@CORPUS
@click.option(
    "--rules", type=click.Path(path_type=Path), default=Path(),
    help="where the rules are in both versions (default: everywhere)  规则所在目录",
)  # fmt: skip
@MOST
@click.option("--format", "form", type=click.Choice(["text", "md"]), default="text")
def command(
    base: str, head: str, corpus: Path, rules: Path, max_changed: float | None, form: str
) -> int:
    """Compare two versions of rules on calls. 比较规则改动前后的质检结果。

    BASE and HEAD are folders, or revisions of the git repository that holds the rules.
    """
    with rules_at(base, rules) as before, rules_at(head, rules) as after:
        shown = Path(head) / rules if Path(head).is_dir() else rules
        found = review(rules_of([before]), rules_of([after]), lambda: calls(corpus), base)
        failed = False
        for each in found:
            problems = [shown_as(problem, after, shown) for problem in each.problems]
            tell(each, problems, form)
            over = too_many(each, max_changed)
            if over:
                click.echo(f"\n**{over}**" if form == "md" else over)
            failed = failed or bool(over) or unjudged(each) or wrong(problems)
    return FAILED if failed else DONE


def calls(corpus: Path) -> Iterator[Call]:
    """Read the corpus; what cannot be read is told once it is met, and left out."""
    return read(corpus, set_aside=lambda aside: click.echo(f"set aside: {aside}", err=True))


def tell(each: Review, problems: Iterable[Problem], form: str) -> None:
    """Print the review of one rubric."""
    if each.impact is not None:
        click.echo(markdown(each.impact) if form == "md" else text(each.impact))
    elif each.rubric != "lexicons":
        click.echo(each.rubric)
    for problem in problems:
        click.echo(str(problem))


def too_many(each: Review, most: float | None) -> str:
    """Say that more calls change than allowed, "" if not."""
    return exceeded(each.impact, most) if each.impact is not None and most is not None else ""


def unjudged(each: Review) -> bool:
    """Tell whether the corpus gave a rubric no call, and say so."""
    empty = each.impact is not None and not each.impact.calls
    if empty:
        click.echo("no call was judged: that proves nothing 没有任何通话可供比较", err=True)
    return empty


def wrong(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is an error."""
    return any(problem.severity == "error" for problem in problems)
