"""qa-checker fmt: rule files in their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.cli import BAD, DONE, FAILED
from qa_checker.lint.examples import rule_files
from qa_checker.problem import BadFile
from qa_checker.rules.canonical import canonical
from qa_checker.rules.load import open_source
from qa_checker.rules.tree import NotYaml


@click.command("fmt")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--check", is_flag=True, help="change nothing; exit 1 if anything would  只检查，不改动"
)
def command(paths: tuple[str, ...], check: bool) -> int:
    """Put the keys of rule files in order, and tidy lines and quotes. 统一规则文件的格式。

    Comments stay, and what a file says never changes.
    """
    code = DONE
    for path in rule_files(*paths):
        try:
            changed = formatted(path, check)
        except (NotYaml, BadFile) as error:
            click.echo(f"{path}: left as it is: {error}", err=True)
            code = BAD
            continue
        if changed:
            click.echo(f"{path}: {'would change' if check else 'changed'}")
            code = max(code, FAILED) if check else code
    return code


def formatted(path: Path, check: bool) -> bool:
    """Rewrite a file in its canonical form, unless it only is to be checked; tell if it differs."""
    text = open_source(path).text
    made = canonical(text)
    if made != text and not check:
        with replacing(path) as file:
            file.write(made.encode("utf-8"))
    return made != text
