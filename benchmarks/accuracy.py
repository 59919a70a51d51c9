"""How right the shipped rules are on labelled turns: `python -m benchmarks.accuracy FOLDER`.

FOLDER holds files of labelled turns, rows as `qa-checker measure` reads them; `accuracy.yaml`
says which shipped names answer which label. Prints Markdown, or with `--write PAGE` puts it
between the marks of that page. A file or a name that is not there is told, and the rest goes on;
then the exit code is 3.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml

from qa_checker.problem import BadInput
from qa_checker.studies.dialogues import predicted
from qa_checker.studies.figures import ALL, Figures, figures
from qa_checker.studies.gold import positives, read_gold
from qa_checker.studies.rows import Row
from qa_checker.studies.telling import interval, share

TABLE = Path(__file__).with_name("accuracy.yaml")
MARKS = ("<!-- figures: begin -->\n", "<!-- figures: end -->\n")
COLUMNS = ("task", "measured", "source", "rows", "positive", "precision", "recall", "F1", "95 %")
COLUMNS += ("keywords", "aim")
HEAD = f"| {' | '.join(COLUMNS)} |\n|---|---|---|---:|---:|---:|---:|---:|---|---:|---|"
Task = Mapping[str, Any]


@cache
def gold(path: Path) -> list[Row]:
    """Read a file once, however many tasks it has."""
    return read_gold(path)


def measured(task: Task, folder: Path) -> list[Figures]:
    """Return the figures of a task by source. BadInput if it cannot be measured."""
    path = folder / f"{task['file']}.jsonl.gz"
    rows = gold(path)
    truth = positives(path, rows, task.get("label", ""))
    found = predicted(rows, task["find"], on=task.get("mark", "self"))
    return figures(rows, truth, [row.id in found for row in rows])


def told(task: Task, each: Figures) -> str:
    """Return the figures of one source as a row of the table."""
    aim, floor = task.get("aims", {}).get(each.source), task.get("floors", {}).get(each.source)
    names = task["find"].replace(",", ", ")
    cells = (
        task["task"],
        f"`{names}`",
        each.source,
        f"{each.rows:,}",
        f"{each.positives:,}",
        share(each.precision),
        share(each.recall),
        share(each.f1),
        interval(each),
        "" if floor is None else share(floor),
        "" if aim is None else f"{share(aim)} {reached(each, aim)}",
    )
    return f"| {' | '.join(cells)} |"


def reached(each: Figures, aim: float) -> str:
    """Say whether the aim is reached, in the two decimals that are shown."""
    return "reached" if each.f1 is not None and round(each.f1, 2) >= aim else "missed"


def page(parts: list[Mapping[str, Any]], folder: Path, missing: list[str]) -> Iterator[str]:
    """Yield the lines of the tables; what cannot be measured is noted in `missing`."""
    for part in parts:
        yield f"\n### {part['part']}\n\n{HEAD}"
        for task in part["tasks"]:
            try:
                found = measured(task, folder)
            except BadInput as reason:
                missing.append(f"{task['task']}: {reason}")
                continue
            wanted = {*task.get("aims", ()), *task.get("floors", ())}
            for each in found:
                if each.source != ALL or ALL in wanted or not wanted:
                    yield told(task, each)


def put_between(path: Path, text: str, marks: tuple[str, str]) -> None:
    """Replace what stands between two marks of a page."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        sys.exit(f"{path}: the lines {marks[0].strip()} and {marks[1].strip()} must stand in it")
    path.write_text(before + begin + text + end + after, encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--table", default=TABLE, type=click.Path(exists=True, path_type=Path))
@click.option("--write", type=click.Path(exists=True, path_type=Path), help="a page with the marks")
def main(folder: Path, table: Path, write: Path | None) -> None:
    """Measure every task of the table on the labelled turns in FOLDER."""
    missing: list[str] = []
    parts = yaml.safe_load(table.read_text(encoding="utf-8"))
    text = "\n".join(page(parts, folder, missing)) + "\n\n"
    if write:
        put_between(write, text, MARKS)
    else:
        click.echo(text)
    for reason in missing:
        click.echo(f"not measured: {reason}", err=True)
    sys.exit(3 if missing else 0)


if __name__ == "__main__":
    main()
