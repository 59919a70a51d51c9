"""qa-checker audit: transcripts in, Excel scorecards out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qa_checker.cli import ASIDE, DONE, FAILED
from qa_checker.cli._inputs import check_inputs, shown, tell_aside
from qa_checker.cli._options import LANGUAGE, reading
from qa_checker.judging.compiled import load_rubric
from qa_checker.problem import BadInput
from qa_checker.readers import Options, SetAside
from qa_checker.reports import held, write
from qa_checker.runs.audit import Tally, judged_calls, misses, sentence


@click.command("audit")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-r", "--rubric", help="a rubric file, or a shipped name  评分表（缺省按通话语言选内置的）"
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="folder for the scorecards  输出文件夹",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    help="exit 1 if any call scores below  低于此分则退出码为 1",
)
@click.option("--json", "as_json", is_flag=True, help="print the summary as JSON  以 JSON 输出汇总")
@LANGUAGE
@reading
def command(
    inputs: tuple[str, ...],
    rubric: str | None,
    out: Path,
    fail_under: float | None,
    as_json: bool,
    language: str | None,
    how: Options,
) -> int:
    """Audit transcripts (files, folders, patterns, zips, - for standard input). 批量质检。"""
    check_inputs(inputs)
    compiled = load_rubric(rubric) if rubric else None
    prepare(out)
    aside: list[SetAside] = []
    tally = Tally()
    calls = shown(inputs, how, aside)
    judged = judged_calls(calls, compiled, tally, fail_under)
    spoken = language or (compiled.rubric.languages[0] if compiled else "")
    results = held(judged)
    written = write(out, results, aside, spoken, sentence, lambda each: misses(tally, each))
    summary = tally.summary(len(aside))
    if as_json:
        names = [str(path) for path in written]
        reasons = [{"source": a.source, "reason": a.reason, "help": a.help} for a in aside]
        said = {**summary, "aside": reasons, "files": names}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        tell(summary, aside, out, len(written), rubric is None, spoken or first_language(tally))
    return exit_code(tally, aside, fail_under)


def prepare(out: Path) -> None:
    """Make the output folder before anything is read."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise BadInput(f"{out}: is a file; name a folder for the scorecards with -o") from None


def first_language(tally: Tally) -> str:
    """Return the language of the summary if no rubric is named: the first call's, else en."""
    rubrics = tally.rubrics.values()
    return next((compiled.rubric.languages[0] for compiled in rubrics), "en")


def tell(
    summary: dict[str, object],
    aside: list[SetAside],
    out: Path,
    files: int,
    chosen: bool,
    language: str = "en",
) -> None:
    """Print what became of the calls; what was set aside in the language of the reports."""
    tell_aside(aside, language)
    rubrics = summary["rubrics"]
    assert isinstance(rubrics, list)
    if chosen and rubrics:
        click.echo(f"no rubric named; used what ships 未指定评分表，使用内置: {', '.join(rubrics)}")
    said = f"{summary['judged']} calls judged 已质检"
    if summary["skipped"]:
        said += f", {summary['skipped']} skipped: the rubric is not for them 评分表不适用"
    if summary["set_aside"]:
        said += f", {summary['set_aside']} set aside 未能读取"
    if summary["without_score"]:
        said += f", {summary['without_score']} without a score 没有分数 (see sheet 06 见 06 表)"
    if not summary["calls"] and not aside:
        said += "; no transcripts found 没有找到通话文本"
    if summary["mean_score"] is not None:
        said += f"; mean score 平均分 {summary['mean_score']}"
    click.echo(said)
    click.echo(f"{files} workbooks in 报表位置: {out}  (begin with 先看 {out / 'summary.xlsx'})")


def exit_code(tally: Tally, aside: list[SetAside], fail_under: float | None) -> int:
    """Return 1 for scores below the limit, 3 for what could not be judged, else 0.

    A call without a score is no call above the limit.
    """
    if fail_under is not None and tally.below:
        return FAILED
    unsure = fail_under is not None and tally.unscored
    return ASIDE if aside or unsure or not tally.scored else DONE
