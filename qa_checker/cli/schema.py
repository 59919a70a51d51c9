"""qa-checker schema: the languages as JSON Schema, for editors."""

from __future__ import annotations

import json

import click

from qa_checker import events
from qa_checker.cli import DONE
from qa_checker.rules.schema import schema_of


@click.command("schema")
@click.argument("kind", type=click.Choice(["lexicon", "rubric"]))
def command(kind: str) -> int:
    """Print the JSON Schema of lexicons or rubrics. 输出词库或评分表的 JSON Schema。

    Editors with a YAML plugin complete and check files that begin with
    "# yaml-language-server: $schema=PATH".
    """
    settings = {name: event.Settings for name, event in events.kinds().items()}
    click.echo(json.dumps(schema_of(kind, settings), ensure_ascii=False, indent=2))
    return DONE
