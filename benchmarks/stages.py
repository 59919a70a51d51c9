"""Where the time of `audit` goes: `python -m benchmarks.stages [--calls N ...]`.

Runs audit as far as a stage, each time a whole process with one worker, and subtracts the
stage before; reports are made by `qa-checker report` from what was stored. Processor time of
all processes, medians of the rounds; prints Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from statistics import median

import click

from benchmarks.children import Used, used
from benchmarks.corpus import calls_file, rules, workplace
from benchmarks.machine import busy, machine
from benchmarks.whole import audit

Stages = dict[str, list[Used]]
BEFORE = {"start": "", "reading": "start", "judging": "reading", "storing": "judging"}
"""A stage, and the one that it goes on from; reporting begins anew."""
HEAD = """\
| calls | stage | processor s | µs a call | MB, largest process |
|---:|---|---:|---:|---:|"""


def measured(calls: Path, rubric: Path, out: Path) -> dict[str, Used]:
    """Run as far as each stage, and then report."""
    found = {
        stage: used("-m", "benchmarks.steps", step, calls, rubric)
        for stage, step in (("start", "start"), ("reading", "read"), ("judging", "judge"))
    }
    found["storing"] = audit(calls, rubric, out, "--jobs", 1, "--no-report")
    found["reporting"] = used("-m", "qa_checker", "report", out)
    return found


def rows(number: int, stages: Stages) -> list[str]:
    """Return a row for each stage, less what came before it, and one for all of them."""
    lines, whole = [], 0.0
    for stage, runs in stages.items():
        before = stages.get(BEFORE.get(stage, ""), [])
        less = [run.processor for run in before] or [0.0] * len(runs)
        seconds = median(run.processor - early for run, early in zip(runs, less, strict=True))
        whole += seconds
        lines.append(row(number, stage, seconds, max(run.largest for run in runs)))
    largest = max(run.largest for runs in stages.values() for run in runs)
    return [*lines, row(number, "all", whole, largest)]


def row(number: int, stage: str, seconds: float, largest: float) -> str:
    """Return a row of the table."""
    return (
        f"| {number:,} | {stage} | {seconds:.2f} | {seconds / number * 1e6:,.0f} | {largest:.0f} |"
    )


@click.command()
@click.option("--calls", "sizes", default=[1000, 10_000], multiple=True, show_default=True)
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=3, show_default=True, help="How many rounds each.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where there is room.")
def main(sizes: Sequence[int], phrases: int, lang: str, rounds: int, folder: Path | None) -> None:
    """Measure the stages of audit apart."""
    print(f"{lang}, {phrases:,} phrases, one worker, median of {rounds} rounds.\n\n{HEAD}")
    with workplace(folder) as place:
        rubric = rules(place, lang, phrases)
        for size in sizes:
            calls = calls_file(place, size, lang, phrases)
            stages: Stages = {}
            for _ in range(rounds):
                for stage, run in measured(calls, rubric, place / "out").items():
                    stages.setdefault(stage, []).append(run)
                rmtree(place / "out")
            print("\n".join(rows(size, stages)), flush=True)
            calls.unlink()
    print(f"\n{machine()}{busy()}")


if __name__ == "__main__":
    main()
