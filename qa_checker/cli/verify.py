"""qa-checker verify: whether what a run left is still what it wrote."""

from __future__ import annotations

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.runs.verify import CHANGED, DAMAGED, MISSING, OLD, STRAY, verify

SAID = {
    MISSING: "missing 缺失",
    DAMAGED: "damaged: its bytes are not those that were written 已损坏",
    CHANGED: "changed since it was written, and whole (people write in them) 写出后有人改过",
    STRAY: "of no finished run; the next audit removes it 不属于任何完成的运行",
    OLD: "made from an earlier run: qa-checker report makes it again 报表早于结果",
}


@click.command("verify")
@click.argument("out", metavar="OUT")
def command(out: str) -> int:
    """Check the results and workbooks of OUT against their hashes. 校验结果文件。"""
    looked_at, found = verify(out)
    for each in found:
        click.echo(f"{each.name}: {SAID[each.what]}", err=not each.harmless)
    harm = sum(not each.harmless for each in found)
    if harm:
        said = f"{harm} of {looked_at} files are not as they were written"
        click.echo(f"{said}; audit (results) or report (workbooks) again 请重新质检或重出报表")
        return FAILED
    click.echo(f"{looked_at} files checked, none missing or damaged 校验无误")
    return DONE
