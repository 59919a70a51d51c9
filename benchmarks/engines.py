"""Engines against the local pool: `python -m benchmarks.engines [--calls N N] [--engine E ...]`.

Audits the same calls with each engine in turns, without reports, on this machine. An engine
starts once however many calls there are, so two sizes are measured: the speed between them
is what remains on long runs. Prints Markdown; engines that are not installed are named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from shutil import rmtree, which
from statistics import median

import click

from benchmarks.children import Used
from benchmarks.corpus import calls_file, rules, workplace
from benchmarks.machine import busy, machine, wait_until_quiet
from benchmarks.whole import audit

Runs = dict[tuple[str, int], list[Used]]
"""What each round used, by engine and number of calls."""
LOCAL = "local"
NEEDS = {LOCAL: "", "dask": "distributed", "ray": "ray", "spark": "pyspark"}
"""The package that an engine needs."""
HEAD = """\
| engine | seconds, {} calls | seconds, {} calls | calls/s between | of the local pool's | \
of its speed by processor time | MB, all processes | processors taken by others |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def missing(engine: str) -> str:
    """Return what an engine lacks here, "" if it can run."""
    if NEEDS[engine] and find_spec(NEEDS[engine]) is None:
        return f"{engine} is left out: {NEEDS[engine]} is not installed"
    if engine == "spark" and not (os.environ.get("JAVA_HOME") or which("java")):
        return "spark is left out: there is no Java"
    return ""


def between(runs: Runs, engine: str, sizes: tuple[int, int], field: str) -> list[float]:
    """Return what the further calls of the larger size took in each round, seconds or processor."""
    pairs = zip(runs[engine, sizes[0]], runs[engine, sizes[1]], strict=True)
    return [getattr(more, field) - getattr(less, field) for less, more in pairs]


def share(runs: Runs, engine: str, sizes: tuple[int, int], field: str) -> str:
    """Return the speed beside that of the local pool; the median of the rounds."""
    pairs = zip(*(between(runs, each, sizes, field) for each in (LOCAL, engine)), strict=True)
    found = [local / mine for local, mine in pairs if local > 0 and mine > 0]
    return f"{median(found):.0%}" if found else "too much noise"


def rows(runs: Runs, engines: Sequence[str], sizes: tuple[int, int]) -> Iterator[str]:
    """Yield a row for each engine."""
    for engine in engines:
        few, many = (runs[engine, size] for size in sizes)
        further = median(between(runs, engine, sizes, "seconds"))
        speed = f"{(sizes[1] - sizes[0]) / further:,.0f}" if further > 0 else "too much noise"
        yield (
            f"| {engine} | {median(u.seconds for u in few):.1f} "
            f"| {median(u.seconds for u in many):.1f} | {speed} "
            f"| {share(runs, engine, sizes, 'seconds')} "
            f"| {share(runs, engine, sizes, 'processor')} "
            f"| {max(u.together for u in many):.0f} | {median(u.others for u in many):.0%} |"
        )


@click.command()
@click.option("--calls", "sizes", default=(2000, 20_000), nargs=2, type=int, show_default=True)
@click.option("--engine", "wanted", default=list(NEEDS), multiple=True, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=3, show_default=True, help="How many rounds each.")
@click.option("--quiet", default=0.0, help="Wait so many seconds for a quiet moment, each run.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where there is room.")
def main(
    sizes: tuple[int, int],
    wanted: Sequence[str],
    jobs: int,
    phrases: int,
    lang: str,
    rounds: int,
    quiet: float,
    folder: Path | None,
) -> None:
    """Compare the engines with the local pool."""
    engines = [LOCAL, *(each for each in wanted if each != LOCAL and not missing(each))]
    runs: Runs = {}
    with workplace(folder) as place:
        rubric = rules(place, lang, phrases)
        files = {size: calls_file(place, size, lang, phrases) for size in sizes}
        for _, engine, size in product(range(rounds), engines, sizes):
            how = ("--engine", engine, "--jobs", jobs, "--no-report")
            wait_until_quiet(quiet)
            found = audit(files[size], rubric, place / "out", *how)
            runs.setdefault((engine, size), []).append(found)
            rmtree(place / "out")
    print(f"{lang}, {phrases:,} phrases, {jobs} workers, median of {rounds} rounds.\n")
    print(HEAD.format(*(f"{size:,}" for size in sizes)))
    print("\n".join(rows(runs, engines, sizes)))
    print("".join(f"\n- {missing(each)}." for each in wanted if missing(each)))
    print(f"\n{machine()}{busy(jobs)}")


if __name__ == "__main__":
    main()
