"""Which hits survive the faults of recognition: `python -m benchmarks.asr_noise samples`.

The calls are judged as they are, then with faults: characters that sound the same, fillers put
in and left out, marks left out, segments cut in two, digits as they are spoken; each kind alone,
then all together. A hit survives if its entry is found in the same turn again. Prints Markdown:
for each lexicon the hits in the clean calls and the share that survives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import click

from benchmarks.accuracy import put_between
from benchmarks.noise import NOISES, noisy
from qa_checker import read
from qa_checker.call import Call
from qa_checker.judging.look import language_of
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.rules.load import load_lexicons
from qa_checker.text.plain import plain

ALL = "all"
MARKS = ("<!-- noise: begin -->\n", "<!-- noise: end -->\n")
TITLES = {"zh": "Chinese", "en": "English"}
Hits = Counter[tuple[str, int]]
"""How often each entry is hit in each turn."""


@cache
def plan(language: str) -> Plan:
    """Return the plan of all shipped entries of a language."""
    lexicons = load_lexicons([f"{language}/"])
    return compile_plan([entry for each in lexicons for entry in each.entries], language)


def hits(call: Call, language: str) -> Hits:
    """Count the hits of every shipped entry in every turn of a call."""
    texts = [turn.text for turn in call.turns]
    found = find(plan(language), plain(texts), texts, [turn.role for turn in call.turns])
    return Counter((name, hit.turn) for name, each in found.items() for hit in each)


def by_lexicon(found: Hits) -> Counter[str]:
    """Add up hits by the lexicon of the entry."""
    summed: Counter[str] = Counter()
    for (name, _), times in found.items():
        summed[name.partition(".")[0]] += times
    return summed


def survivors(
    calls: Iterable[Call], language: str, rates: Mapping[str, Mapping[str, float]], seeds: range
) -> tuple[Counter[str], dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return by lexicon: the clean hits, those of each way that survive, and those that are new.

    Counts are summed over the seeds.
    """
    before: Counter[str] = Counter()
    after: dict[str, Counter[str]] = {way: Counter() for way in rates}
    new: dict[str, Counter[str]] = {way: Counter() for way in rates}
    for call in calls:
        clean = hits(call, language)
        for seed in seeds:
            before += by_lexicon(clean)
            for way, chosen in rates.items():
                found = hits(noisy(call, dict(chosen), language, str(seed)), language)
                after[way] += by_lexicon(clean & found)
                new[way] += by_lexicon(found - clean)
    return before, after, new


def table(calls: list[Call], language: str, rates: Mapping[str, float], seeds: range) -> str:
    """Return the table of one language."""
    rates = {kind: rate for kind, rate in rates.items() if language in NOISES[kind].languages}
    ways = {**{kind: {kind: rate} for kind, rate in rates.items()}, ALL: rates}
    before, after, new = survivors(calls, language, ways, seeds)
    for counts in (before, *after.values(), *new.values()):
        counts[ALL] = counts.total()
    rows = [f"| lexicon | clean hits | {' | '.join(ways)} | new with all |", "|---|---:|"]
    rows[1] += "---:|" * (len(ways) + 1)
    for name in [*sorted(before.keys() - {ALL}), ALL]:
        kept = (f"{after[way][name] / before[name]:.2f}" for way in ways)
        shown = (f"{before[name] / len(seeds):g}", *kept, f"{new[ALL][name] / len(seeds):.1f}")
        rows.append(f"| {name} | {' | '.join(shown)} |")
    return "\n".join(rows)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--rate", "given", multiple=True, metavar="KIND=RATE", help="e.g. sounds=0.1")
@click.option("--seed", default=0, help="the first seed (0)")
@click.option("--rounds", default=20, help="how many seeds (20)")
@click.option("--write", type=click.Path(exists=True, path_type=Path), help="a page with the marks")
def main(
    paths: tuple[Path, ...], given: tuple[str, ...], seed: int, rounds: int, write: Path | None
) -> None:
    """Tell which hits in the calls in PATHS survive the faults of recognition."""
    rates = {kind: noise.rate for kind, noise in NOISES.items()}
    for each in given:
        kind, _, rate = each.partition("=")
        if kind not in rates:
            raise click.BadParameter(f'no kind "{kind}"; kinds: {", ".join(rates)}')
        rates[kind] = float(rate)
    told = ", ".join(f"{kind} {rate:g}" for kind, rate in rates.items())
    parts = [f"\nRates: {told}; seeds {seed} to {seed + rounds - 1}."]
    calls = list(read(*paths))
    for language, title in TITLES.items():
        chosen = [call for call in calls if language_of(call) == language]
        if chosen:
            shown = table(chosen, language, rates, range(seed, seed + rounds))
            parts.append(f"### {title}: {len(chosen)} calls\n\n{shown}")
    text = "\n\n".join(parts) + "\n\n"
    if write:
        put_between(write, text, MARKS)
    else:
        click.echo(text)


if __name__ == "__main__":
    main()
