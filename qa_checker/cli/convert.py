"""qa-checker convert: transcripts in, the same calls out in another form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from qa_checker.call import Call
from qa_checker.cli import ASIDE, DONE
from qa_checker.cli._inputs import check_inputs, shown, tell_aside
from qa_checker.cli._losses import LOSSES, losses
from qa_checker.cli._options import LANGUAGE, reading
from qa_checker.judging.look import language_of
from qa_checker.problem import BadInput
from qa_checker.readers import Options, SetAside
from qa_checker.readers.strict_json import Refusal
from qa_checker.reports.words import plural
from qa_checker.writers import known_writers, write_calls
from qa_checker.writers.vtt import made_up

MADE_UP = (
    "turns without an end in {calls}: a caption lasts until the next one "
    "有 {count} 通缺少结束时间，字幕的结束时间取自下一句"
)
LOST = "not in {to}: {english}; jsonl keeps everything  {to} 里没有：{chinese}；jsonl 完整无损"


@click.command("convert")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="a file for jsonl, csv, xlsx; a folder for the others  输出文件或文件夹",
)
@click.option(
    "--to",
    required=True,
    type=click.Choice(list(known_writers())),
    help="what to write; jsonl keeps everything  目标格式（jsonl 完整无损）",
)
@LANGUAGE
@reading
def command(inputs: tuple[str, ...], out: Path, to: str, language: str | None, how: Options) -> int:
    """Convert transcripts to another form: jsonl, csv, xlsx, txt, vtt, vcon. 转换格式。"""
    check_inputs(inputs)
    if not known_writers()[to].MANY and out.exists() and not out.is_dir():
        raise BadInput(f"{out}: is a file; name a folder, {to} has a file for each call")
    aside: list[SetAside] = []
    count, ends, spoken = 0, 0, language or ""
    lost: Counter[str] = Counter()

    def refused(call: Call, why: Refusal) -> None:
        aside.append(SetAside(call.source, f"call {call.call_id}: {why.reason}", why.help))

    def counted() -> Iterator[Call]:
        nonlocal count, ends, spoken
        for call in shown(inputs, how, aside):
            count, spoken = count + 1, spoken or language_of(call)
            ends += to == "vtt" and made_up(call)
            lost.update(losses(call, known_writers()[to].LOSES))
            yield call

    files = sum(1 for _ in write_calls(counted(), out, to, refused))
    tell_aside(aside, spoken)
    if ends:
        click.echo(MADE_UP.format(calls=plural(ends, "call"), count=ends), err=True)
    if lost:
        click.echo(_told(lost, to), err=True)
    click.echo(
        f"{plural(count, 'call')} read 已读取, {plural(files, 'file')} written 已写出: {out}"
    )
    return ASIDE if aside or not count else DONE


def _told(lost: Counter[str], to: str) -> str:
    """Return in one line what a target does not keep, and of how many calls."""
    kinds = [kind for kind in LOSSES if kind in lost]
    english = ", ".join(f"{LOSSES[kind].english} ({plural(lost[kind], 'call')})" for kind in kinds)
    chinese = "、".join(f"{LOSSES[kind].chinese}（{lost[kind]} 通）" for kind in kinds)
    return LOST.format(to=to, english=english, chinese=chinese)
