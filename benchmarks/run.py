"""The comparison: `python -m benchmarks.run [--calls 200] [--phrases 2000] [--lang zh]`.

Each contender runs in a process of its own and judges the same generated calls by the same
rules; one of them runs at a time, in turns, and the medians of the rounds are shown: ratios
are medians of the rounds' ratios. Prints Markdown; stops if the verdicts differ for any other
reason than agreement.py allows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import click

from benchmarks.agreement import Agreement, agreement
from benchmarks.contenders import NAMES
from benchmarks.machine import busy, machine

ROOT = Path(__file__).parents[1]
EVERYBODY = (*NAMES, "scan")
HEAD = """\
| language | phrases | µs a call | calls/s | `judge` | spaCy pipeline | naive loop | share of the \
scan's speed | MB | MB, spaCy |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


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


@dataclass(frozen=True)
class Compared:
    """All contenders on the same calls: seconds of each round and MB of memory by name."""

    language: str
    phrases: int
    calls: int
    seconds: dict[str, list[float]]
    memory: dict[str, float]
    agreed: Agreement

    def times(self, name: str) -> float:
        """Return how many times as long as ours a contender takes."""
        pairs = zip(self.seconds[name], self.seconds["ours"], strict=True)
        return median(other / ours for other, ours in pairs)

    def row(self) -> str:
        """Return the row of the table."""
        each = median(self.seconds["ours"]) / self.calls
        ratios = " | ".join(f"{self.times(name):.1f} ×" for name in NAMES[1:])
        return (
            f"| {self.language} | {self.phrases:,} | {each * 1e6:,.0f} | {1 / each:,.0f} "
            f"| {ratios} | {self.times('scan'):.1%} "
            f"| {self.memory['ours']:.0f} | {self.memory['plain_spacy']:.0f} |"
        )


def compared(language: str, phrases: int, number: int, rounds: int) -> Compared:
    """Let everybody judge the same calls, in rounds."""
    workers = {name: Process(name, number, phrases, language) for name in EVERYBODY}
    seconds = rounds_of(workers, rounds)
    memory = {name: worker.ask("memory") for name, worker in workers.items()}
    results = {name: workers[name].ask("results") for name in NAMES}
    for worker in workers.values():
        worker.end()
    assert results["ours"] == results["call_by_call"], "batches change a verdict"
    agreed = agreement(results["ours"], results["naive"], results["plain_spacy"])
    return Compared(language, phrases, number, seconds, memory, agreed)


def rounds_of(workers: dict[str, Process], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each round, the workers taking turns and changing their order."""
    seconds: dict[str, list[float]] = {name: [] for name in workers}
    order = list(workers)
    for _ in range(rounds):
        for name in order:
            seconds[name].append(workers[name].ask("round"))
        order.append(order.pop(0))
    return seconds


def summary(found: Iterable[Compared]) -> str:
    """Return what all contenders agree on."""
    return "\n".join(
        f"- {each.language}, {each.phrases:,} phrases: {each.agreed}" for each in found
    )


@click.command()
@click.option("--calls", "number", default=200, show_default=True, help="How many calls a round.")
@click.option(
    "--phrases", default=[200, 2000, 20_000], show_default=True, multiple=True, help="How many."
)
@click.option("--lang", default=["zh", "en"], show_default=True, multiple=True)
@click.option("--rounds", default=5, show_default=True, help="How many rounds each.")
def main(number: int, phrases: Sequence[int], lang: Sequence[str], rounds: int) -> None:
    """Compare qa_checker, a plain spaCy pipeline, a naive loop and the automaton alone."""
    print(f"{number} calls of 60 turns a round, median of {rounds} rounds; × = times as long.\n")
    print(HEAD)
    found = []
    for language, size in product(lang, phrases):
        found.append(compared(language, size, number, rounds))
        print(found[-1].row(), flush=True)
    print(f"\n{summary(found)}\n\n{machine()}{busy()}")


if __name__ == "__main__":
    main()
