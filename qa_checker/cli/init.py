"""qa-checker init: a repository of rules to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.cli import DONE
from qa_checker.exchange.template import repository
from qa_checker.problem import BadInput


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="language of the calls  通话的语言",
)  # fmt: skip
def command(folder: Path, language: str) -> int:
    """Make a repository of rules, with examples, builds and editor settings. 新建规则仓库。

    Nothing that is there already is overwritten.
    """
    made = repository(language)
    there = [path for path in made if (folder / path).exists()]
    if there:
        raise BadInput(f"{folder / there[0]}: is there already; name a new folder")
    for path, content in made.items():
        with replacing(folder / path) as file:
            file.write(content)
        click.echo(str(folder / path))
    click.echo(f"then 接下来: cd {folder} && qa-checker ci rules")
    return DONE
