"""The comparison: `python -m benchmarks.run [--calls 300] [--phrases 2000] [--lang zh]`.

Each contender runs in a process of its own and judges the same generated calls by the same
rules; one of them runs at a time, in turns, and the median of the rounds is shown. Prints
Markdown; stops if the verdicts differ for any other reason than agreement.py allows.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import click

from benchmarks.agreement import agreement
from benchmarks.contenders import NAMES, TITLES

ROOT = Path(__file__).parents[1]
PACKAGES = ("ahocorasick_rs", "google-re2", "jieba", "numpy", "rjieba", "spacy")


class Process:
    """A worker that is asked one thing at a time."""

    def __init__(self, name: str, *arguments: object) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", name, *map(str, arguments)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.answer()

    def ask(self, what: str) -> Any:
        """Ask for a round, the results or the memory."""
        assert self.process.stdin is not None
        print(what, file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self) -> Any:
        """Return the next answer; exit if the worker has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"a worker ended: {self.process.args}")
        return json.loads(line)

    def end(self) -> None:
        """Let the worker end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def rounds_of(workers: dict[str, Process], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each round, the workers taking turns and changing their order."""
    seconds: dict[str, list[float]] = {name: [] for name in workers}
    order = list(workers)
    for _ in range(rounds):
        for name in order:
            seconds[name].append(workers[name].ask("round"))
        order.append(order.pop(0))
    return seconds


def table(seconds: dict[str, list[float]], memory: dict[str, float], number: int) -> list[str]:
    """Return the lines of the Markdown table; ratios are medians of the rounds' ratios."""
    lines = [
        "| | calls/s | µs a call | time, ours = 1 | peak memory |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, times in seconds.items():
        each = median(times) / number
        ratios = [time / mine for time, mine in zip(times, seconds["ours"], strict=True)]
        lines.append(
            f"| {TITLES[name]} | {1 / each:,.0f} | {each * 1e6:,.0f} "
            f"| {median(ratios):.1f} | {memory[name]:.0f} MB |"
        )
    return lines


def machine() -> str:
    """Return what it ran on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} virtual cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, {versions}."
    )


def busy() -> str:
    """Return a warning if more runs on the machine than this benchmark."""
    load = os.getloadavg()[0]
    return f" The machine was busy (load {load:.1f})." if load > 1.3 else ""


@click.command()
@click.option("--calls", "number", default=300, show_default=True, help="How many calls.")
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=5, show_default=True, help="How many rounds each.")
def main(number: int, phrases: int, lang: str, rounds: int) -> None:
    """Compare qa_checker, a plain spaCy pipeline and a naive loop."""
    workers = {name: Process(name, number, phrases, lang) for name in NAMES}
    seconds = rounds_of(workers, rounds)
    memory = {name: worker.ask("memory") for name, worker in workers.items()}
    results = {name: worker.ask("results") for name, worker in workers.items()}
    for worker in workers.values():
        worker.end()
    agreed = agreement(results["ours"], results["naive"], results["plain_spacy"])
    print(f"{number} calls of 60 turns ({lang}), {phrases} phrases, median of {rounds} rounds.\n")
    print("\n".join(table(seconds, memory, number)))
    print(f"\n{agreed}\n\n{machine()}{busy()}")


if __name__ == "__main__":
    main()
