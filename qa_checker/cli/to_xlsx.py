"""qa-checker to-xlsx: rules as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.cli import DONE
from qa_checker.exchange.rulebook.files import rule_files
from qa_checker.exchange.rulebook.making import write
from qa_checker.problem import BadInput


@click.command("to-xlsx")
@click.argument("rubric")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="the new workbook  新工作簿",
)
def command(rubric: str, out: Path) -> int:
    """Write a rubric and the lexicons beside it as a workbook. 把规则写成可编辑的工作簿。

    Shipped lexicons are left out. A lexicon alone can be named too. Edit, then: from-xlsx.
    """
    if out.exists():
        raise BadInput(f"{out}: is there already; name a new file with -o")
    files = rule_files(rubric)
    with replacing(out) as made:
        write(files, made)
    click.echo(f"{out}: {', '.join(file.name for file in files)}")
    return DONE
