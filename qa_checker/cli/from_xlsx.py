"""qa-checker from-xlsx: a changed workbook as a small change of the rule files."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.cli import DONE, FAILED
from qa_checker.exchange.rulebook.applying import applied, problems
from qa_checker.exchange.rulebook.files import RuleFile, check_unchanged
from qa_checker.exchange.rulebook.reading import place_of, read
from qa_checker.exchange.rulebook.wanted import BadCell
from qa_checker.problem import BadInput


@click.command("from-xlsx")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path),
    help="folder for the files  存放规则文件的新文件夹",
)  # fmt: skip
@click.option(
    "--into", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="change this rubric, or lexicon, in place  直接修改原规则文件",
)  # fmt: skip
def command(file: Path, out: Path | None, into: Path | None) -> int:
    """Turn a workbook of to-xlsx into rule files again. 把修改后的工作簿写回规则文件。

    Only the lines of what was changed change. Nothing is written unless all of it loads.
    """
    if (out is None) == (into is None):
        raise click.UsageError("say where the files go: -o FOLDER, or --into RUBRIC")
    try:
        files, rows = read(file)
        folder = target(files, out, into)
        made = applied(files, rows)
        bad = list(problems(files, made))
    except BadCell as error:
        bad = [error]
    if bad:
        for each in bad:
            click.echo(told(file, each), err=True)
        return FAILED
    for old, (text, _) in zip(files, made, strict=True):
        save(old, folder / old.name, text)
    return DONE


def target(files: list[RuleFile], out: Path | None, into: Path | None) -> Path:
    """Return the folder that the files go to. Raises BadInput if they may not."""
    if into is not None:
        folder = into.parent
        if into.name != files[0].name:
            raise BadInput(f"{into}: the workbook was made of {files[0].name}")
        check_unchanged(files, folder)
        return folder
    assert out is not None
    for file in files:
        if (out / file.name).exists():
            raise BadInput(f"{out / file.name}: is there already; name a new folder, or use --into")
    return out


def save(old: RuleFile, path: Path, text: str) -> None:
    """Write a file unless it is there already, and say so."""
    content = old.bytes_of(text)
    if path.exists() and content == old.content:
        click.echo(f"{path}: unchanged 未改动")
        return
    with replacing(path) as made:
        made.write(content)
    click.echo(f"{path}: {'written' if content == old.content else 'changed'} 已写入")


def told(file: Path, bad: BadCell) -> str:
    """Return what is wrong with a cell."""
    head = f"{file}: {place_of(bad)}: {bad.message}"
    return f"{head}\n      = help: {bad.help}" if bad.help else head
