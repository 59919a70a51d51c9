"""qa-checker inspect: how transcripts are read, before anybody is judged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

import click

from qa_checker.call import Call
from qa_checker.cli import ASIDE, DONE
from qa_checker.cli._inputs import check_inputs, shown, tell_aside
from qa_checker.cli._options import LANGUAGE, reading
from qa_checker.judging.look import language_of
from qa_checker.readers import Options, SetAside
from qa_checker.reports.inspection import counted, facts, inspection, rest
from qa_checker.reports.words import speaker


@click.command("inspect")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--all", "every", is_flag=True, help="every call of a file, not only the first  逐通显示"
)
@click.option("--json", "as_json", is_flag=True, help="print it as JSON  以 JSON 输出")
@LANGUAGE
@reading
def command(
    inputs: tuple[str, ...], every: bool, as_json: bool, language: str | None, how: Options
) -> int:
    """Show how transcripts are read: format, roles, times, remarks. 查看文件是怎样读入的。"""
    check_inputs(inputs)
    aside: list[SetAside] = []
    calls = shown(inputs, how, aside)
    if as_json:
        found = [facts(call) for call in calls]
        reasons = [
            {"source": a.source, "line": a.line, "reason": a.reason, "help": a.help} for a in aside
        ]
        click.echo(json.dumps({"calls": found, "aside": reasons}, ensure_ascii=False, indent=2))
        return ASIDE if aside or not found else DONE
    spoken = tell(calls, every, language or "")
    tell_aside(aside, spoken or language or "")
    return ASIDE if aside or not spoken else DONE


def tell(calls: Iterable[Call], every: bool, language: str) -> str:
    """Print the calls file by file; return the language that was spoken, "" without a call."""
    spoken = ""
    for source, group in groupby(calls, key=lambda call: call.source):
        more: Counter[str] = Counter()
        for number, call in enumerate(group):
            spoken = language or spoken or language_of(call)
            if number and not every:
                more += counted(call)
                continue
            click.echo("\n".join(inspection(speaker(spoken), call)))
        if more:
            click.echo(rest(speaker(spoken), source, more))
    return spoken
