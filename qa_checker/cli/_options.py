"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from qa_checker.readers import Options

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
    """Add the options that say how transcripts are read."""
    roles = click.option(
        "--roles", callback=pairs, metavar="LABEL=ROLE,…",
        help="who is who, e.g. 0=agent,1=customer  说话人对应的角色",
    )  # fmt: skip
    columns = click.option(
        "--columns", callback=pairs, metavar="FIELD=COLUMN,…",
        help="where tables keep things, e.g. text=话术,role=角色  表格列名",
    )  # fmt: skip
    return roles(columns(command))


def options(roles: Mapping[str, str], columns: Mapping[str, str]) -> Options:
    """Return how to read transcripts."""
    try:
        return Options(roles=roles, columns=columns)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--roles") from None


LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]),
    help="language of the reports (default: the rubric's)  报告语言",
)  # fmt: skip
