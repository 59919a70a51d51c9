"""qa-checker measure: how right an entry or an event is on turns that people have labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.call import AGENT, CUSTOMER
from qa_checker.cli import ASIDE, DONE
from qa_checker.cli._options import pairs
from qa_checker.problem import BadInput
from qa_checker.studies.dialogues import ON, Quote, predicted
from qa_checker.studies.errors import false_alarms, misses
from qa_checker.studies.figures import figures
from qa_checker.studies.gold import positives, read_gold
from qa_checker.studies.measurable import listed
from qa_checker.studies.rows import Row
from qa_checker.studies.telling import errors, table


@click.command("measure")
@click.argument("gold", required=False, type=click.Path(path_type=Path))
@click.option("--find", help="entries, groups or events, with commas between  要度量的词条或事件")
@click.option("--label", default="", help="the positive label (default: 1)  正例的标注")
@click.option("--lexicon", "lexicons", multiple=True, help="a lexicon file or folder  词库文件")
@click.option(
    "--role", type=click.Choice([AGENT, CUSTOMER]),
    help="only what this role says (default: anybody; unknown counts as agent)  只看这一方",
)  # fmt: skip
@click.option(
    "--on", type=click.Choice(ON), default="self",
    help="mark the turn of a hit itself, or the one it interrupted  标记命中的话轮或被打断的话轮",
)  # fmt: skip
@click.option(
    "--gold-map", callback=pairs, metavar="FIELD=COLUMN,…",
    help="other names: text=content,label=y; other values: label:yes=1,role:坐席=agent",
)  # fmt: skip
@click.option("--show", default=5, type=click.IntRange(0), help="how many errors to read (5)")
@click.option("--seed", default=0, type=click.IntRange(0), help="of the interval (0)")
@click.option("--predictions", type=click.Path(path_type=Path), help="write {id, pred} rows here")
@click.option("--list", "list_names", is_flag=True, help="what can be measured  可度量的名称")
def command(
    gold: Path | None,
    find: str | None,
    label: str,
    lexicons: tuple[str, ...],
    role: str | None,
    on: str,
    gold_map: dict[str, str],
    show: int,
    seed: int,
    predictions: Path | None,
    list_names: bool,
) -> int:
    """Measure entries or events on the labelled turns in GOLD. 用人工标注度量词条和事件。

    GOLD is JSONL (also .gz) or CSV, a turn a row: text, label, and as far as known id,
    dialogue_id, turn_index, role, speaker, previous_turns, source, language, start, end;
    文本、标签、角色 are known too.
    """
    if list_names:
        click.echo("\n".join(listed(("en", "zh"), lexicons)))
        return DONE
    if gold is None or not find:
        raise click.UsageError("give GOLD and --find NAME, or --list")
    rows = read_gold(gold, gold_map)
    unlabelled = not any(row.label for row in rows)
    truth = [] if unlabelled and predictions else positives(gold, rows, label)
    found = predicted(rows, find, lexicons, role or "", on)
    if predictions:
        write(predictions, rows, found)
    if not truth:
        click.echo(f"{gold}: no row has a label: predictions only 没有标注，只写预测", err=True)
        return ASIDE
    click.echo(table(figures(rows, truth, [row.id in found for row in rows], seed)))
    for line in errors(misses(rows, truth, found), false_alarms(rows, truth, found), show):
        click.echo(line)
    return DONE


def write(path: Path, rows: Sequence[Row], found: Mapping[str, Quote]) -> None:
    """Write a row {id, pred} for each turn, in the order of the gold."""
    if path.is_dir():
        raise BadInput(f"{path}: is a folder; name a file for the predictions")
    with replacing(path) as file:
        for row in rows:
            said = {"id": row.id, "pred": int(row.id in found)}
            file.write(json.dumps(said).encode() + b"\n")
