"""qa-checker coverage: which parts of the practice the rules cover, and which they do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from qa_checker.cli import DONE, FAILED
from qa_checker.readers import read
from qa_checker.resources import yaml_below
from qa_checker.studies.coverage import (
    COLUMNS,
    LANGUAGES,
    Counts,
    coverage,
    holes,
    rules_in,
    shipped_rules,
    topics,
)
from qa_checker.studies.telling import aligned


@click.command("coverage")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), help="what no rule of this language covers"
)
@click.option("--json", "as_json", is_flag=True, help="print it for programs  输出 JSON")
def command(paths: tuple[Path, ...], language: str | None, as_json: bool) -> int:
    """Show which ids of the practice (docs/domain.md) the rules cover. 规则覆盖了哪些要求。

    PATHS are lexicons, rubrics and transcripts, files or folders; without rules among them,
    those that ship. An id that nothing covers, though it could be checked, gives exit code 1.
    """
    files = [path for path in paths if holds_rules(path)]
    calls = read(*(path for path in paths if path not in files))
    counts = coverage(rules_in(files) if files else shipped_rules(), calls)
    missing = holes(counts, (language,) if language else LANGUAGES)
    click.echo(as_data(counts, missing) if as_json else "\n".join(as_table(counts, missing)))
    return FAILED if missing else DONE


def holds_rules(path: Path) -> bool:
    """Tell whether a path is a YAML file, or a folder with one."""
    return bool(yaml_below(path)) if path.is_dir() else path.suffix == ".yaml"


def as_data(counts: Counts, missing: list[str]) -> str:
    """Return the counts as JSON."""
    rows = {
        topic.id: {
            "title": topic.title,
            **{each: {name: counts[each][topic.id][name] for name in COLUMNS} for each in counts},
            "not_checkable": topic.not_checkable or None,
        }
        for topic in topics()
    }
    return json.dumps({"ids": rows, "holes": missing}, ensure_ascii=False, indent=2)


def as_table(counts: Counts, missing: list[str]) -> Iterator[str]:
    """Yield the counts as a table, then the holes."""
    head = ["id", "what it is about 内容"]
    rows = [[*head, *(f"{each} {name}" for each in counts for name in COLUMNS), ""]]
    for topic in topics():
        known = [str(counts[each][topic.id][name] or "–") for each in counts for name in COLUMNS]
        remark = "not checkable" if topic.not_checkable else "HOLE" if topic.id in missing else ""
        rows.append([topic.id, f"{topic.title['en']} {topic.title['zh']}", *known, remark])
    yield from aligned(rows)
    listed = ", ".join(missing)
    yield f"not covered 未覆盖: {listed}" if missing else "nothing is missing 没有遗漏"
