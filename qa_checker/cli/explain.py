"""qa-checker explain: a rubric's rules as sentences."""

from __future__ import annotations

import click

from qa_checker.cli import DONE
from qa_checker.events import titles
from qa_checker.judging.compiled import load_rubric
from qa_checker.rules.sentences import item_sentence
from qa_checker.scorecard import words


@click.command("explain")
@click.argument("rubric")
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), help="language of the sentences  语言"
)
@click.option("--item", help="only this item  只看这一项")
def command(rubric: str, language: str | None, item: str | None) -> int:
    """Print each rule of RUBRIC as a sentence. 把每条规则写成一句话。"""
    compiled = load_rubric(rubric)
    rules = compiled.rubric
    spoken = language or rules.languages[0]
    known = [each.id for _, each in rules.items]
    if item is not None and item not in known:
        raise click.BadParameter(
            f'no item "{item}"; items: {", ".join(known)}', param_hint="--item"
        )
    click.echo(f"{words(rules.title, spoken) or rules.id}  ({compiled.rule})")
    last = None
    for section, each in rules.items:
        if item is not None and each.id != item:
            continue
        if section is not last:
            click.echo(f"\n{words(section.title, spoken) or section.id}")
            last = section
        click.echo(f"  [{each.id}] {words(each.title, spoken)}")
        click.echo(f"      {item_sentence(rules, each, spoken, titles())}")
    return DONE
