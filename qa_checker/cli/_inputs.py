"""Inputs as several commands take them: checked, read with a progress bar, set aside aloud."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import click

from qa_checker.call import Call
from qa_checker.problem import BadInput
from qa_checker.readers import Options, SetAside, read
from qa_checker.reports.remarks import aside_line
from qa_checker.reports.words import speaker


def check_inputs(inputs: tuple[str, ...]) -> None:
    """Refuse a path that was typed and is not there, before anything is written."""
    for each in inputs:
        if each != "-" and not any(sign in each for sign in "*?[") and not os.path.lexists(each):
            raise BadInput(f"{each}: no such file or folder; check the path")


def shown(inputs: tuple[str, ...], how: Options, aside: list[SetAside]) -> Iterator[Call]:
    """Read the calls; on a terminal with a progress bar, in a pipe without a word."""
    stdin = sys.stdin.buffer if "-" in inputs else None
    calls = read(*inputs, options=how, set_aside=aside.append, stdin=stdin)
    if not sys.stderr.isatty():
        yield from calls
        return
    with click.progressbar(
        calls, label="qa-checker", file=sys.stderr, show_pos=True, length=None
    ) as bar:
        yield from bar


def tell_aside(aside: Iterable[SetAside], language: str) -> None:
    """Print what was set aside, in the language of the reports."""
    for each in aside:
        click.echo(f"set aside 未能读取: {aside_line(speaker(language), each)}", err=True)
