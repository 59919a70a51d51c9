"""qa-checker rule: the page of a lint code."""

from __future__ import annotations

import click

from qa_checker.cli import DONE
from qa_checker.lint.manual import pages
from qa_checker.rules.source import did_you_mean


@click.command("rule")
@click.argument("code", required=False)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    help="language of the page  语言",
)
def command(code: str | None, language: str) -> int:
    """Explain a lint CODE with a wrong and a right example, or list all codes. 解释检查代码。"""
    known = pages()
    if code is None:
        for page in known.values():
            click.echo(f"{page.code}  {page.severity:7}  {page.title[language]}")
        return DONE
    wanted = code.upper()
    if wanted not in known:
        near = did_you_mean(wanted, known)
        raise click.BadParameter(f'no code "{code}"; {near}'.rstrip("; "), param_hint="CODE")
    click.echo(known[wanted].shown(language), nl=False)
    return DONE
