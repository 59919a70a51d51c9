"""How long lint and test take: `python -m benchmarks.linting [--files 100] [--phrases 20000]`.

Writes a folder of lexicons and rubrics (a rubric for nine lexicons, in a folder with them), and
runs the commands on it as people do, in processes of their own: with nothing kept, again with
nothing changed, and after one phrase was changed. Prints Markdown; times are wall-clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import yaml

from benchmarks.fragments import Phrase, phrases
from benchmarks.machine import busy, machine

ROOT = Path(__file__).parents[1]
LEXICONS_EACH = 9
"""Lexicons that each rubric uses."""
PHRASES_EACH = 10
"""Phrases in each entry."""
RUNS = {"first run": False, "again": False, "one phrase changed": True}


def write_folder(folder: Path, files: int, number: int) -> None:
    """Write rule files of `number` phrases in all."""
    rubrics = files // (LEXICONS_EACH + 1)
    lexicons = files - rubrics
    half = [phrase for found in phrases("zh", number // 2).values() for phrase in found]
    # the words make no more than some 19,000 phrases; the second half begins with another word
    said = [*half, *(replace(p, written=f"那么{p.written}", head=f"那么{p.head}") for p in half)]
    size = -(-len(said) // lexicons)
    for count, part in enumerate(pieces(said, size)):
        group = folder / f"g{min(count // LEXICONS_EACH, rubrics - 1)}"
        group.mkdir(exist_ok=True)
        dump(group / f"l{count}.yaml", lexicon(f"l{count}", part))
    for group in sorted(folder.iterdir()):
        names = sorted(path.stem for path in group.glob("l*.yaml"))
        dump(group / "rubric.yaml", rubric(group.name, names))


def pieces(said: Sequence[Phrase], size: int) -> Iterator[Sequence[Phrase]]:
    """Cut phrases into pieces of a size."""
    for start in range(0, len(said), size):
        yield said[start : start + size]


def dump(path: Path, data: dict[str, Any]) -> None:
    """Write plain data as YAML."""
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def lexicon(id: str, said: Sequence[Phrase]) -> dict[str, Any]:
    """Return a lexicon of some phrases, with an example for every third of them."""
    entries = [
        {
            "id": f"e{number}",
            "polarity": ("neutral", "prefer", "avoid")[number % 3],
            "role": "agent",
            "phrases": [phrase.written for phrase in part],
            "instead": ["我帮您看看可以怎么处理"],
            "examples": {"hit": [p.head + p.tail for p in part[::3]], "miss": ["喂"]},
        }
        for number, part in enumerate(pieces(said, PHRASES_EACH))
    ]
    head = {"qa_checker": "lexicon/v1", "id": id, "version": "1.0.0", "languages": ["zh"]}
    return {**head, "source": "benchmark", "entries": entries}


def rubric(id: str, lexicons: Sequence[str]) -> dict[str, Any]:
    """Return a rubric with an item for each of some lexicons, and two example calls."""
    names = [f"{name}.e0" for name in lexicons]
    items = [
        {"id": f"i{n}", "title": name, "points": 10, "check": {"find": name, "role": "agent"}}
        for n, name in enumerate(names)
    ]
    turns = "客服: 喂\n客户: 喂\n客服: 嗯\n客户: 好\n"
    expect = dict.fromkeys((str(item["id"]) for item in items), "fail")
    head = {"qa_checker": "rubric/v1", "id": id, "version": "1.0.0", "languages": ["zh"]}
    return {
        **head,
        "title": id,
        "uses": [f"{name}.yaml" for name in lexicons],
        "total": 10 * len(items),
        "bands": {"good": 80, "poor": 0},
        "sections": [{"id": "all", "title": "all", "items": items}],
        "examples": [{"name": "nothing said", "turns": turns, "expect": expect}],
    }


def measure(command: str, folder: Path, cache: Path) -> Iterator[tuple[str, float, str]]:
    """Yield how long each run of a command took, and its last line."""
    for name, changes in RUNS.items():
        if changes:
            path = sorted(folder.glob("*/l*.yaml"))[0]
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
        environment = {**os.environ, "QA_CHECKER_CACHE": str(cache)}
        began = perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "qa_checker", command, str(folder)],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        yield name, perf_counter() - began, done.stdout.splitlines()[-1]


@click.command()
@click.option("--files", default=100, show_default=True)
@click.option("--phrases", "number", default=20_000, show_default=True)
def main(files: int, number: int) -> None:
    """Measure lint and test, and print a table."""
    print(f"{machine()}{busy()}\n")
    print("| command | run | seconds | said |\n|---|---|---:|---|")
    for command in ("lint", "test"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "rules"
            folder.mkdir()
            write_folder(folder, files, number)
            for what, seconds, said in measure(command, folder, Path(name) / "cache"):
                print(f"| {command} | {what} | {seconds:.1f} | {said} |", flush=True)


if __name__ == "__main__":
    main()
