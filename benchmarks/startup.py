"""How long a start takes: `python -m benchmarks.startup`, a fresh process to its first call.

Each process imports qa_checker, loads a rubric (then it is ready), reads one call and judges
it: without a cache, and with a cache that an earlier process has filled. `--beside FOLDER`
measures another checkout in the same rounds, one process at a time, in turns. Prints medians
of processor time as Markdown, with the time on the clock and the most memory ever held.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

import click

from benchmarks.reading import jsonl
from benchmarks.rulebook import write_rules

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "contract" / "support_en.rubric.yaml"
START = """
import json, resource, sys, time
from qa_checker import judge, load_rubric, read
rubric = load_rubric(sys.argv[1])
ready = time.process_time()
for call in read(sys.argv[2]):
    judge(rubric, call)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([ready, time.process_time(), memory]))
"""
Figures = list[float]
"""Processor seconds until ready and with the first call, MB, seconds on the clock."""


def start(checkout: Path, rubric: str, call: Path, cache: str) -> Figures:
    """Start one process and return its figures."""
    env = {**os.environ, "PYTHONPATH": str(checkout), "QA_CHECKER_CACHE": cache}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, too
    command = [sys.executable, "-c", START, rubric, str(call)]
    began = perf_counter()
    done = subprocess.run(command, env=env, cwd=checkout, capture_output=True, check=True)
    return [*json.loads(done.stdout), perf_counter() - began]


def measured(
    rubric: str, call: Path, ways: Mapping[str, tuple[Path, str]], rounds: int
) -> dict[str, Figures]:
    """Return the medians of each way to start: a checkout and a cache, by name."""
    for checkout, cache in ways.values():
        start(checkout, rubric, call, cache)
    found: dict[str, list[Figures]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (checkout, cache) in ways.items():
            found[name].append(start(checkout, rubric, call, cache))
    return {name: list(map(median, zip(*each, strict=True))) for name, each in found.items()}


def row(name: str, way: str, figures: Figures) -> str:
    """Return one row of the table."""
    ready, first, memory, clock = figures
    return f"| {name} | {way} | {ready:.2f} | {first:.2f} | {clock:.2f} | {memory:.0f} |"


@click.command()
@click.option("--phrases", default=20_000, help="how many phrases the largest rubric has")
@click.option("--rounds", default=5, help="processes of each kind, the median is shown")
@click.option("--beside", type=click.Path(exists=True, path_type=Path), help="another checkout")
def main(phrases: int, rounds: int, beside: Path | None) -> None:
    """Measure how long a start takes."""
    print("| rubric | start | ready, s | first call, s | on the clock, s | MB |")
    print("|---|---|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for lang in ("zh", "en"):
            jsonl(folder / f"{lang}.jsonl", 1, lang)
        rubrics = {
            "complaint_zh": ("complaint_zh", "zh"),
            "support_en": ("support_en", "en"),
            "a small one": (str(SMALL), "en"),
            f"{phrases:,} phrases": (str(write_rules(folder, "zh", phrases)), "zh"),
        }
        ways = {"without a cache": (ROOT, "off"), "with a cache": (ROOT, str(folder / "cache"))}
        if beside is not None:
            ways = {"the other checkout": (beside.resolve(), str(folder / "other")), **ways}
        for title, (rubric, lang) in rubrics.items():
            for way, figures in measured(rubric, folder / f"{lang}.jsonl", ways, rounds).items():
                print(row(title, way, figures), flush=True)


if __name__ == "__main__":
    main()
