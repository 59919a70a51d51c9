"""qa-checker sample: the calls of a finished run that a person should hear."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from qa_checker.cli import ASIDE, DONE
from qa_checker.cli._options import LANGUAGE
from qa_checker.problem import BadInput
from qa_checker.reports.sampling import tally, write
from qa_checker.reports.sampling.data import as_data
from qa_checker.reports.sampling.drawn import KINDS, Plan, Sample
from qa_checker.reports.sampling.why import Titles
from qa_checker.reports.words import Say, plural, speaker
from qa_checker.rules.rubric import Rubric
from qa_checker.runs.finished import finished
from qa_checker.runs.report import rubric
from qa_checker.runs.usual import spoken_in
from qa_checker.runs.verify import sound
from qa_checker.scorecard import titled, words
from qa_checker.studies.sampling.draw import draw
from qa_checker.studies.sampling.results import candidates
from qa_checker.studies.sampling.strata import keys
from qa_checker.wording import LANGUAGES

USUAL = 5  # calls of an agent, where nobody says how many


def part(context: click.Context, parameter: click.Parameter, value: str | None) -> Fraction | None:
    """Read a share: 5% or 0.05."""
    if value is None:
        return None
    try:
        share = Fraction(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise click.BadParameter(f'"{value}" is no share; write 5% or 0.05')
    return share


@click.command("sample")
@click.argument("out", metavar="OUT")
@click.option(
    "-o",
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="the new workbook  新工作簿",
)
@click.option(
    "--per-agent",
    type=click.IntRange(0),
    metavar="N",
    help=f"calls of one agent ({USUAL}, unless a number in all is given)  每位坐席抽几通",
)
@click.option("--total", type=click.IntRange(0), metavar="N", help="calls in all  总共抽几通")
@click.option("--share", callback=part, metavar="P", help="of all calls: 5% or 0.05  抽取比例")
@click.option(
    "--by",
    default="band,queue,month",
    show_default=True,
    callback=lambda _, __, v: keys(v),
    metavar="KEYS",
    help="strata: agent, band, queue, month, week, day  分层依据",
)
@click.option(
    "--margins",
    default=10,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="of these, calls nearest to a band's edge or the pass mark  其中临界的几通",
)
@click.option(
    "--red-lines/--no-red-lines",
    default=True,
    show_default=True,
    help="besides these, every call that crossed a red line  另抽全部触犯红线的",
)
@click.option("--seed", default=0, show_default=True, type=int, help="of chance  随机种子")
@click.option("--json", "as_json", is_flag=True, help="print the sample as JSON  以 JSON 输出")
@LANGUAGE
def command(
    out: str,
    file: Path,
    as_json: bool,
    language: str | None,
    **asked: Any,
) -> int:
    """Draw the calls of OUT that a person should hear. 从结果中抽取请人听评的通话。

    OUT is the folder of a finished audit. The same results, plan and seed give the same
    calls; docs/sampling.md says how they are drawn.
    """
    plan = planned(asked)
    check(file)
    manifest = sound(out, finished(out))
    rubrics = {rule: rubric(rule, name).rubric for rule, name in manifest.rules.items()}
    sample = draw(lambda: candidates(out, manifest, rubrics), plan)
    spoken = language or spoken_in(manifest)
    write(file, sample, spoken, titles(rubrics, spoken))
    if as_json:
        both = {each: titles(rubrics, each) for each in LANGUAGES}
        said = {**as_data(sample, both), "file": str(file)}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        tell(speaker(spoken), sample, file)
    return DONE if sample.available else ASIDE


def planned(asked: dict[str, Any]) -> Plan:
    """Return the plan that the options make."""
    if asked["total"] is not None and asked["share"] is not None:
        raise click.UsageError("--total and --share are two answers to one question; give one")
    if all(asked[name] is None for name in ("per_agent", "total", "share")):
        asked["per_agent"] = USUAL
    return Plan(**asked)


def check(file: Path) -> None:
    """Refuse a file that people may have written in, or that Excel would not open."""
    if file.suffix.lower() != ".xlsx":
        raise BadInput(f"{file}: the sample is a workbook; name a file that ends in .xlsx")
    if file.exists():
        raise BadInput(f"{file}: is there already; name a new file with -o")


def titles(rubrics: dict[str, Rubric], language: str) -> Titles:
    """Return what people call the items and bands of some rubrics."""
    items = {
        (rule, item.id): words(item.title, language) or item.id
        for rule, each in rubrics.items()
        for _, item in each.items
    }
    bands = {
        name: titled(name, title, language)
        for each in rubrics.values()
        for name, title in each.band_titles.items()
    }
    return Titles(
        item=lambda rule, item: items.get((rule, item), item),
        band=lambda name: bands.get(name, name),
    )


def tell(say: Say, sample: Sample, file: Path) -> None:
    """Print how many calls were drawn of how many, and what the plan did not get."""
    whole = tally.every(sample)
    kinds = ", ".join(f"{say(f'kind.{kind}')} {whole.kinds.get(kind, 0)}" for kind in KINDS)
    click.echo(f"{whole.drawn} of {plural(whole.available, 'call')} drawn 已抽取 ({kinds})")
    for key, count in tally.gaps(sample):
        if count:
            click.echo(f"{say(key)}: {count}")
    click.echo(f"workbook 工作簿: {file}")
