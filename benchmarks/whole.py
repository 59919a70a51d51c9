"""`qa-checker audit` as people run it: `python -m benchmarks.whole [--calls N ...] [--jobs N ...]`.

Writes calls as JSON lines and audits them, start and reports included, with one worker and
with two, in turns. Prints Markdown: medians of the rounds on the clock, processor time and
memory of all processes together and of the largest. Needs some 9 kB of disk a call, and as
much again for the results.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from shutil import rmtree
from statistics import median

import click

from benchmarks.children import Used, used
from benchmarks.corpus import calls_file, rules, workplace
from benchmarks.machine import busy, machine, wait_until_quiet

Runs = dict[tuple[int, int], list[Used]]
"""What each round used, by the number of calls and of jobs."""
HEAD = """\
| calls | jobs | seconds | calls/s | processor s | calls a processor s | \
MB, largest process | MB, all processes | processors taken by others |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def audit(calls: Path, rubric: Path, out: Path, *options: object) -> Used:
    """Audit a file and check that every call in it was judged."""
    command = ("-m", "qa_checker", "audit", calls, "-r", rubric, "-o", out, "--json", *options)
    found = used(*command)
    with calls.open("rb") as file:
        number = sum(1 for _ in file)
    assert json.loads(found.told)["judged"] == number, found.told
    return found


def in_turns(rounds: int, jobs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (round, jobs), every second round the other way round."""
    for turn in range(rounds):
        yield from ((turn, each) for each in (jobs if turn % 2 == 0 else jobs[::-1]))


def row(number: int, jobs: int, runs: Sequence[Used]) -> str:
    """Return a row of the table."""
    seconds = median(run.seconds for run in runs)
    processor = median(run.processor for run in runs)
    others = median(run.others for run in runs)
    largest, together = max(run.largest for run in runs), max(run.together for run in runs)
    return (
        f"| {number:,} | {jobs} | {seconds:.1f} | {number / seconds:,.0f} | {processor:.1f} "
        f"| {number / processor:,.0f} | {largest:.0f} | {together:.0f} | {others:.0%} |"
    )


def ratios(runs: Runs) -> Iterator[str]:
    """Yield what the rows say of each other."""
    sizes, jobs = sorted({size for size, _ in runs}), sorted({each for _, each in runs})
    for size, several in product(sizes, jobs[1:]):
        pairs = list(zip(runs[size, jobs[0]], runs[size, several], strict=True))
        times = median(one.seconds / more.seconds for one, more in pairs)
        work = median(more.processor / one.processor for one, more in pairs)
        yield (
            f"{size:,} calls: {several} jobs {times:.2f} times as quick as {jobs[0]} on the clock, "
            f"with {work:.2f} times the processor time."
        )
    for each, large in product(jobs, sizes[1:]):
        least, most = (max(u.largest for u in runs[size, each]) for size in (sizes[0], large))
        yield (
            f"{large:,} calls take {most / least:.2f} times the memory of {sizes[0]:,} "
            f"({each} jobs, largest process)."
        )
    for each in jobs if len(sizes) > 1 else ():
        less, more = (median(u.seconds for u in runs[size, each]) for size in sizes[-2:])
        speed = (sizes[-1] - sizes[-2]) / (more - less)
        yield f"Between {sizes[-2]:,} and {sizes[-1]:,} calls: {speed:,.0f} calls/s ({each} jobs)."


@click.command()
@click.option("--calls", "sizes", default=[1000, 10_000, 100_000], multiple=True, show_default=True)
@click.option("--jobs", default=[1, 2], show_default=True, multiple=True)
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=3, show_default=True, help="How many rounds each.")
@click.option("--no-report", is_flag=True, help="Judge and store, without the workbooks.")
@click.option("--quiet", default=0.0, help="Wait so many seconds for a quiet moment, each run.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where there is room.")
def main(
    sizes: Sequence[int],
    jobs: Sequence[int],
    phrases: int,
    lang: str,
    rounds: int,
    no_report: bool,
    quiet: float,
    folder: Path | None,
) -> None:
    """Measure whole runs of audit."""
    runs: Runs = {}
    extra = ["--no-report"] * no_report
    print(f"{' '.join(['qa-checker audit', *extra])}, {lang}, {phrases:,} phrases, ", end="")
    print(f"median of {rounds} rounds, memory at most.\n\n{HEAD}")
    with workplace(folder) as place:
        rubric = rules(place, lang, phrases)
        for size in sizes:
            calls = calls_file(place, size, lang, phrases)
            for turn, each in in_turns(rounds, jobs):
                out = place / f"{size}-{turn}-{each}"
                wait_until_quiet(quiet)
                found = audit(calls, rubric, out, "--jobs", each, *extra)
                runs.setdefault((size, each), []).append(found)
                rmtree(out)
            for each in jobs:
                print(row(size, each, runs[size, each]), flush=True)
            calls.unlink()
    print("\n" + "\n".join(f"- {line}" for line in ratios(runs)))
    print(f"\n{machine()}{busy(max(jobs))}")


if __name__ == "__main__":
    main()
