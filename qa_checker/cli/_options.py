"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from qa_checker.readers import Options, load_metadata
from qa_checker.rules.mapping import load_mapping

Command = Callable[..., Any]


def pairs(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str]:
    """Read `0=agent,1=customer` as a mapping."""
    found = {}
    for part in (value or "").split(",") if value else ():
        left, sign, right = part.partition("=")
        if not sign or not left.strip() or not right.strip():
            raise click.BadParameter(f'"{part}" is not name=value (several: a=b,c=d)')
        found[left.strip()] = right.strip()
    return found


def reading(command: Command) -> Command:
    """Add the options that say how transcripts are read; the command gets them as `how`."""

    @wraps(command)
    def packed(**given: Any) -> Any:
        chosen = {name: given.pop(name) for name in READING}
        return command(how=options(**chosen), **given)

    for option in reversed(READING.values()):
        packed = option(packed)
    return packed


READING = {
    "roles": click.option(
        "--roles", callback=pairs, metavar="LABEL=ROLE,…",
        help="who is who, by label or channel, e.g. 0=agent,1=customer  说话人对应的角色",
    ),
    "swap_roles": click.option(
        "--swap-roles", is_flag=True,
        help="agent and customer are the wrong way round  对调坐席和客户",
    ),
    "columns": click.option(
        "--columns", callback=pairs, metavar="FIELD=COLUMN,…",
        help="where tables keep things, e.g. text=话术,role=角色  表格列名",
    ),
    "mapping": click.option(
        "--mapping", metavar="FILE",
        help="where things are in JSON and tables of others (docs/mapping.md)  字段映射文件",
    ),
    "metadata": click.option(
        "--metadata", type=click.Path(path_type=Path), metavar="TABLE",
        help="a CSV or XLSX about the calls, by call id or file name  通话信息表",
    ),
    "filename_pattern": click.option(
        "--filename-pattern", default="", metavar="REGEX",
        help="what file names say, e.g. (?P<agent>[0-9]+)_(?P<date>.+)  文件名里的信息",
    ),
}  # fmt: skip


def options(metadata: Path | None = None, mapping: str | None = None, **given: Any) -> Options:
    """Return how to read transcripts."""
    layout = load_mapping(mapping) if mapping else None
    try:
        about = load_metadata(metadata) if metadata else {}
        return Options(metadata=about, mapping=layout, **given)
    except ValueError as error:
        what = str(error).partition(":")[0]
        raise click.BadParameter(str(error), param_hint=f"--{what.replace(' ', '-')}") from None


def number_of_jobs(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """Return the number of processes, 0 for auto."""
    if value == "auto":
        return 0
    if not value.isascii() or not value.isdecimal() or not int(value):
        raise click.BadParameter(f'"{value}" is neither auto nor a number of processes')
    return int(value)


JOBS = click.option(
    "-j", "--jobs", default="auto", show_default=True, metavar="N|auto", callback=number_of_jobs,
    help="processes to work with; auto: one a core if there is enough to do  进程数",
)  # fmt: skip

LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]),
    help="language of the reports (default: the rubric's)  报告语言",
)  # fmt: skip
