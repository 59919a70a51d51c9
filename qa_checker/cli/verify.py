"""qa-checker verify: whether what a run left is still what it wrote."""

from __future__ import annotations

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.reports.words import plural
from qa_checker.runs.verify import (
    ALTERED,
    APART,
    CHANGED,
    DAMAGED,
    FOREIGN,
    MISSING,
    OLD,
    PENDING,
    REVIEWED,
    SAVED,
    STRAY,
    SURPLUS,
    UNFINISHED,
    UNOPENED,
    verify,
)

SAID = {
    MISSING: "missing 缺失",
    DAMAGED: "damaged: its bytes are not those that were written 已损坏，内容与写出时不同",
    UNOPENED: "damaged: it does not open 已损坏，打不开",
    SURPLUS: "damaged: there is more in the file than the workbook 已损坏，文件首尾有多余的内容",
    ALTERED: "changed where it is not for people to write (rows by sheet) "
    "不该填写的单元格被改过（各表行数）",
    REVIEWED: "people wrote verdicts or notes in it, nothing else changed "
    "有人工判定或备注，其余未变",
    SAVED: "saved again, nothing in it changed 另存过，内容未变",
    CHANGED: "changed since it was written, and whole; what changed cannot be told "
    "写出后改过，文件完好，改了什么无法比对",
    PENDING: "made, but not in its place: the run was killed, or is just ending; audit or report "
    "puts it there 已生成但未就位",
    STRAY: "of no finished run; queries would count its calls too; audit again, which takes it "
    "up or removes it 不属于任何完成的运行，查询会重复计数",
    FOREIGN: "not of qa-checker; queries read all that is in this folder, move it away "
    "不是本程序写的，查询会读到它，请移走",
    APART: "of a run that has not ended; the next audit takes it up 属于尚未完成的运行",
    UNFINISHED: "being written, or not finished: report writes all of them again "
    "工作簿没有写完，请运行 report",
    OLD: "made from an earlier run: qa-checker report makes it again 报表早于结果",
}


@click.command("verify")
@click.argument("out", metavar="OUT")
def command(out: str) -> int:
    """Check the results and workbooks of OUT against their hashes. 校验结果文件。"""
    looked_at, found = verify(out)
    for each in found:
        where = f": {each.where}" if each.where else ""
        click.echo(f"{each.name}: {SAID[each.what]}{where}", err=not each.harmless)
    harm = sum(not each.harmless for each in found)
    if harm:
        said = f"{plural(looked_at, 'file')} checked, {harm} not as they should be"
        click.echo(f"{said}; audit (results) or report (workbooks) again 请重新质检或重出报表")
        return FAILED
    click.echo(f"{plural(looked_at, 'file')} checked, none missing or damaged 校验无误")
    return DONE
