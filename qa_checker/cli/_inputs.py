"""Inputs as several commands take them: checked, read with a progress bar, set aside aloud."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from qa_checker import remote
from qa_checker.call import Call
from qa_checker.cli._progress import on_terminal
from qa_checker.problem import BadInput
from qa_checker.readers import Options, SetAside, read
from qa_checker.readers.about.metadata import row_about
from qa_checker.reports.remarks import aside_line
from qa_checker.reports.text import printable
from qa_checker.reports.words import plural, speaker
from qa_checker.wording import LANGUAGES

if TYPE_CHECKING:
    from qa_checker.reports.summary.ground import SetAside as Refusal

FEW = 5  # rows named


def check_inputs(inputs: tuple[str, ...]) -> None:
    """Refuse a path that was typed and is not there, before anything is written."""
    for each in inputs:
        if each == "-" or any(sign in each for sign in "*?["):
            continue
        if not (remote.exists(each) if remote.is_remote(each) else os.path.lexists(each)):
            raise BadInput(f"{each}: no such file or folder; check the path")


def shown(inputs: tuple[str, ...], how: Options, aside: list[SetAside]) -> Iterator[Call]:
    """Read the calls; on a terminal with a progress bar, in a pipe without a word."""
    stdin = sys.stdin.buffer if "-" in inputs else None
    calls = read(*inputs, options=how, set_aside=aside.append, stdin=stdin)
    calls = matched(calls, how) if how.metadata else calls
    if not on_terminal():
        yield from calls
        return
    with click.progressbar(
        calls, label="qa-checker", file=sys.stderr, show_pos=True, length=None
    ) as bar:
        yield from bar


def matched(calls: Iterator[Call], how: Options) -> Iterator[Call]:
    """Yield the calls; say at the end which rows of --metadata are about none of them."""
    names = []
    for call in calls:
        names.append((call.call_id, call.source))
        yield call
    tell_rows(how, names)


def tell_rows(how: Options, names: Iterable[tuple[str, str]]) -> None:
    """Say which rows of --metadata are about no call; `names` are call ids with their files."""
    rows = {id(row): key for key, row in how.metadata.items()}
    alone = 0
    for call_id, source in names:
        row = row_about(how.metadata, call_id, source)
        rows.pop(id(row), None)
        alone += row is None
    if rows or alone:
        few = ", ".join(list(map(printable, rows.values()))[:FEW])
        listed = f" ({few}{', …' if len(rows) > FEW else ''})" if few else ""
        told = f"{plural(len(rows), 'row')} about no call 没有对应通话的行{listed}"
        without = f"{plural(alone, 'call')} without a row 表中没有的通话"
        click.echo(f"--metadata: {told}; {without}", err=True)


ALL_IN = "sheet 07 of the summary has all {}汇总的 07 表列出全部"
ALL_LATER = (
    "qa-checker report writes a summary, whose sheet 07 has all {}用 report 出报表后见 07 表"
)


def tell_aside(
    aside: Sequence[Refusal], language: str, most: int | None = None, all_in: str = ALL_IN
) -> None:
    """Print what was set aside, in the language of the reports; in both where that is "".

    It is where no call was read. Of more than `most` only the first; `all_in`
    says where all are.
    """
    for each in aside[:most]:
        for spoken in [language] if language else reversed(LANGUAGES):
            click.echo(f"set aside 未能读取: {aside_line(speaker(spoken), each)}", err=True)
    if most is not None and len(aside) > most:
        more = len(aside) - most
        said = f"{more} more, {all_in.format(f'另有 {more} 个，')}"
        click.echo(f"set aside 未能读取: {said}", err=True)
