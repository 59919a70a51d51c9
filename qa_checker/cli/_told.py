"""What is said when a run or a report has ended: lines for people, plain data for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from qa_checker.cli._inputs import ALL_IN, ALL_LATER, tell_aside
from qa_checker.reports.text import printable
from qa_checker.reports.words import plural
from qa_checker.runs.counts import below
from qa_checker.runs.stored import lowest

if TYPE_CHECKING:
    from qa_checker.runs.audit import Ended

MOST = 10  # lines on what was set aside
FEW = 5  # names shown
FATES = {
    "left": "that people wrote in left in place, as nothing else would change "
    "有人填写、其余未变，原样保留",
    "reviewed": "that people wrote in put by in scorecards/reviewed, new ones are in their place "
    "有人填写，旧的移到 scorecards/reviewed，原处是新的",
    "damaged": "that did not open put by in scorecards/damaged, new ones are in their place "
    "打不开，旧的移到 scorecards/damaged，原处是新的",
}


def below_limit(out: str, ended: Ended, limit: float | None) -> list[tuple[float, str]]:
    """Return score and call id of the few calls furthest below a limit, if any are."""
    if limit is None or not below(ended.counts, limit):
        return []
    return lowest(out, ended.manifest, limit, FEW)


def too_low(limit: float, count: int, low: list[tuple[float, str]]) -> str:
    """Return which calls are below the limit as one line, the lowest first."""
    few = ", ".join(f"{printable(name)} {score:g}" for score, name in low)
    more = ", …" if count > len(low) else ""
    return f"--fail-under {limit:g}: {plural(count, 'call')} below 低于此分的通话: {few}{more}"


def limited(limit: float | None, low: list[tuple[float, str]]) -> dict[str, Any]:
    """Return a limit and the few calls furthest below it as plain data."""
    few = [{"call_id": name, "score": score} for score, name in low]
    return {"limit": limit, "lowest_below_limit": few}


def as_data(
    counts: dict[str, Any], ended: Ended, written: list[str], fates: dict[str, list[str]]
) -> dict[str, Any]:
    """Return the summary as plain data."""
    reasons = [{"source": a.source, "reason": a.reason, "help": a.help} for a in ended.aside]
    return {
        **counts,
        "judged_now": ended.made,
        "no_longer_there": list(ended.gone),
        "left_alone": ended.older,
        "aside": reasons,
        "files": written,
        "earlier_workbooks": fates,
    }


def tell(
    counts: dict[str, Any], ended: Ended, out: str, written: list[str], chosen: bool, language: str
) -> None:
    """Print what became of the calls; what was set aside in the language of the reports."""
    tell_aside(ended.aside, language, MOST, ALL_IN if written else ALL_LATER)
    if chosen and counts["rubrics"]:
        used = ", ".join(counts["rubrics"])
        click.echo(f"no rubric named; used what ships 未指定评分表，使用内置: {used}")
    click.echo(sentence(counts, ended))
    if ended.gone:
        few = ", ".join(ended.gone[:FEW]) + (", …" if len(ended.gone) > FEW else "")
        click.echo(
            f"{plural(len(ended.gone), 'file')} of the last run no longer among the inputs, "
            f"results removed 上次有、这次没有的文件，其结果已移除: {few}"
        )
    if written:
        click.echo(where(out, written))


def sentence(counts: dict[str, Any], ended: Ended) -> str:
    """Return what became of the calls as one line."""
    said = f"{plural(counts['judged'], 'call')} judged 已质检"
    before = counts["calls"] - ended.made
    if before:
        said += f", {before} of them before, unchanged 其中此前已检、没有变化的"
    if counts["skipped"]:
        said += f", {counts['skipped']} skipped: the rubric is not for them 评分表不适用"
    if counts["set_aside"]:
        said += f", {counts['set_aside']} set aside 未能读取"
    if counts["without_score"]:
        said += f", {counts['without_score']} without a score 没有分数 (see sheet 06 见 06 表)"
    if ended.older:
        said += f", {plural(ended.older, 'file')} not changed since 没有改动的文件"
    if not counts["calls"] and not ended.aside and not ended.older:
        said += "; no transcripts found 没有找到通话文本"
    if counts["mean_score"] is not None:
        said += f"; mean score 平均分 {counts['mean_score']}"
    elif counts["mean_scores"]:
        each = ", ".join(f"{rule} {mean}" for rule, mean in counts["mean_scores"].items())
        said += f"; mean scores by rubric 各评分表平均分: {each}"
    return said


def where(out: str, written: Sequence[str]) -> str:
    """Return where workbooks are, of which there is one at least, and which to open first."""
    return f"{plural(len(written), 'workbook')} in 报表位置: {out}  (begin with 先看 {written[0]})"


def note(fates: dict[str, list[str]], name: str, fate: str) -> None:
    """Add a workbook to those of its fate."""
    fates.setdefault(fate, []).append(name)


def tell_fates(fates: Mapping[str, Sequence[str]]) -> None:
    """Print what became of the workbooks that people wrote in, and of damaged ones."""
    for fate, names in fates.items():
        few = ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")
        click.echo(f"{plural(len(names), 'workbook')} {FATES[fate]}: {few}")
