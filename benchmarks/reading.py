"""How fast transcripts are read: `python -m benchmarks.reading`, bytes to finished calls.

Writes calls of 60 turns in our own JSON lines, and the same calls as a JSON array, a CSV
with a row a turn and Parquet if pyarrow is there; reads each again and again in a process
of its own; prints MB of file a second of processor time, and the most memory ever held.
The turns of a call are made when somebody first asks for one, which is timed as well.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import click

from benchmarks.generate import calls
from qa_checker.call import Call
from qa_checker.readers import read

PHRASES = 200
DIFFERENT = 500
"""Calls that are made; a larger file repeats them under other ids."""


def records(number: int, lang: str) -> Iterator[dict[str, Any]]:
    """Yield calls in our own form, each with an id of its own."""
    made = [record(call) for call in calls(min(number, DIFFERENT), lang, PHRASES)]
    for each in range(number):
        yield {**made[each % DIFFERENT], "call_id": f"{lang}-{each:07}"}


def record(call: Call) -> dict[str, Any]:
    """Return a call in our own form."""
    turns = [
        {"role": one.role, "text": one.text, "start": one.start, "end": one.end}
        for one in call.segments
    ]
    return {"call_id": call.call_id, "agent": call.agent, "language": "", "turns": turns}


def rows(number: int, lang: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each turn."""
    for each in records(number, lang):
        about = {"call_id": each["call_id"], "agent": each["agent"]}
        yield from (about | turn for turn in each["turns"])


def jsonl(path: Path, number: int, lang: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        for each in records(number, lang):
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def array(path: Path, number: int, lang: str) -> None:
    path.write_text(json.dumps(list(records(number, lang)), ensure_ascii=False), "utf-8")


def table(path: Path, number: int, lang: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["call_id", "agent", "role", "text", "start", "end"])
        writer.writeheader()
        writer.writerows(rows(number, lang))


def parquet(path: Path, number: int, lang: str) -> None:
    from pyarrow import Table
    from pyarrow.parquet import write_table

    write_table(Table.from_pylist(list(rows(number, lang))), path)


FORMS: dict[str, Callable[[Path, int, str], None]] = {
    "JSON lines": jsonl,
    "JSON array": array,
    "CSV, a row a turn": table,
    "Parquet, a row a turn": parquet,
}


def measured(path: Path, rounds: int) -> tuple[float, float, int, float]:
    """Return seconds, seconds with the turns made, calls read, and the most MB held.

    For a fresh process.
    """
    times, made, found = [], [], 0
    for _ in range(rounds):
        start = process_time()
        found = sum(1 for _ in read(path))
        times.append(process_time() - start)
        start = process_time()
        sum(len(call.turns) for call in read(path))
        made.append(process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return median(times), median(made), found, peak


@click.command()
@click.option("--calls", "number", default=3000, show_default=True, help="How many calls.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=5, show_default=True, help="The median of so many is shown.")
def main(number: int, lang: str, rounds: int) -> None:
    """Print how fast each form is read as a Markdown table."""
    print("| form | MB | calls | MB/s | µs a call | with its turns | MB held |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with (
        tempfile.TemporaryDirectory() as folder,
        get_context("spawn").Pool(1, maxtasksperchild=1) as pool,
    ):
        for form, write in FORMS.items():
            if write is parquet and find_spec("pyarrow") is None:
                continue
            path = Path(folder) / "calls"
            write(path, number, lang)
            size = path.stat().st_size / 1e6
            seconds, made, found, peak = pool.apply(measured, (path, rounds))
            each = f"{seconds / found * 1e6:.0f} | {made / found * 1e6:.0f}"
            speed = size / seconds
            print(f"| {form} | {size:.1f} | {found} | {speed:.0f} | {each} | {peak:.0f} |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
