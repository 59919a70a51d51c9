"""qa-checker rubrics: what ships."""

from __future__ import annotations

import click

from qa_checker.cli import DONE
from qa_checker.judging.compiled import load_rubric
from qa_checker.rules.load import shipped
from qa_checker.scorecard import words


@click.command("rubrics")
def command() -> int:
    """List the rubrics and lexicons that ship. 列出内置的评分表和词库。"""
    for name in shipped("rubrics"):
        compiled = load_rubric(name)
        rubric = compiled.rubric
        titles = " / ".join(words(rubric.title, language) for language in rubric.languages)
        click.echo(f"{name}  {titles}  ({len(rubric.items)} items, {compiled.rule})")
    click.echo(f"lexicons (for uses:): {', '.join(shipped('lexicons'))}")
    return DONE
