"""qa-checker rubrics: what ships."""

from __future__ import annotations

from collections.abc import Iterator

import click

from qa_checker import cache
from qa_checker.cli import DONE
from qa_checker.resources import shipped


@click.command("rubrics")
def command() -> int:
    """List the rubrics and lexicons that ship. 列出内置的评分表和词库。"""
    folder = cache.folder("rubrics")
    place = folder / "shipped.txt" if folder is not None else None
    files = (*shipped("rubrics").values(), *shipped("lexicons").values())
    key = cache.digest([cache.program(), *map(cache.content, files)])
    click.echo(cache.worked_out(place, key, lambda: "\n".join(lines()).encode()))
    return DONE


def lines() -> Iterator[str]:
    """Yield a line for each rubric, and one for all lexicons."""
    from qa_checker.judging.compiled import load_names
    from qa_checker.scorecard import words

    names = shipped("rubrics")
    for name, (rubric, rule) in zip(names, load_names(names), strict=True):
        titles = " / ".join(words(rubric.title, language) for language in rubric.languages)
        yield f"{name}  {titles}  ({len(rubric.items)} items, {rule})"
    yield f"lexicons (for uses:): {', '.join(shipped('lexicons'))}"
