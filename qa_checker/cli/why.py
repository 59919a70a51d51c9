"""qa-checker why: where every point of a call went, and the words that cost it."""

from __future__ import annotations

import click

from qa_checker.cli import DONE
from qa_checker.cli._options import LANGUAGE, reading
from qa_checker.judging.verdicts import judge
from qa_checker.problem import BadInput
from qa_checker.readers import Options, read
from qa_checker.reports.judged import Judged
from qa_checker.reports.text import why
from qa_checker.runs.misses import misses
from qa_checker.runs.usual import load_once, rubric_for


@click.command("why")
@click.argument("call")
@click.option("-r", "--rubric", help="a rubric file, or a shipped name  评分表")
@click.option("--item", help="only this item  只看这一项")
@click.option("--call-id", help="which call, if the file holds several  文件里的哪一通")
@LANGUAGE
@reading
def command(
    call: str,
    rubric: str | None,
    item: str | None,
    call_id: str | None,
    language: str | None,
    how: Options,
) -> int:
    """Print the ledger of the calls in CALL (a file). 逐分说明扣分原因和原话。"""
    if rubric:
        load_once(rubric)
    found = []
    for one in read(call, options=how):
        found.append(one.call_id)
        if call_id is not None and one.call_id != call_id:
            continue
        compiled = rubric_for(one, rubric or "")
        judged = Judged(one, judge(compiled, one), compiled.rubric)
        known = [each.id for _, each in judged.rubric.items]
        if item is not None and item not in known:
            raise click.BadParameter(
                f'no item "{item}"; items: {", ".join(known)}', param_hint="--item"
            )
        spoken = language or judged.rubric.languages[0]
        near = misses(compiled, judged)
        click.echo(why(judged.rubric, judged.call, judged.card, spoken, item, near))
    if call_id is not None and call_id not in found:
        raise BadInput(f'{call}: no call "{call_id}"; calls: {", ".join(found)}')
    return DONE
