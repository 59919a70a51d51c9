"""Other engines for literals and regexes: `python -m benchmarks.engines_of_matching`.

Whether hyperscan (`pip install hyperscan`) would find literals, or the turns in which a regex
may match, quicker than what is there; and whether RE2's Set alone would tell the turns. Each
judges the same calls in the same rounds, in turns, and all have to give equal scorecards.
Prints medians of processor time as Markdown.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple
from unittest.mock import patch

import click

from benchmarks.fragments import phrases
from benchmarks.generate import calls
from benchmarks.machine import busy, machine
from benchmarks.other_engines import Lines, Literals, as_it_is, every_turn, hyperscan, set_first
from benchmarks.rulebook import write_rules
from qa_checker.call import Call
from qa_checker.judging.batch import SIZE, judge_each
from qa_checker.judging.compiled import Compiled, load_rubric, load_with_places
from qa_checker.matching import patterns
from qa_checker.matching.automaton import framed
from qa_checker.matching.compile import Plan, Regexes
from qa_checker.matching.reading import Found, Reading
from qa_checker.runs.usual import USUAL
from qa_checker.scorecard import Scorecard
from qa_checker.text.plain import plain

TURNS_BY = {"as it is": as_it_is, "RE2 Set, each turn": every_turn, "RE2 Set first": set_first}
"""How the turns are found in which regexes are tried."""


class Case(NamedTuple):
    """A rubric and calls to judge by it."""

    name: str
    language: str
    rubric: Compiled
    calls: Sequence[Call]

    @property
    def plan(self) -> Plan:
        """The rubric's plan for the calls."""
        return self.rubric.plans[self.language]

    def readings(self) -> Iterator[Reading]:
        """Yield as many calls as are judged together, as they are searched."""
        for first in range(0, len(self.calls), SIZE):
            turns = [turn for call in self.calls[first : first + SIZE] for turn in call.turns]
            texts = [turn.text for turn in turns]
            yield Reading(self.plan, plain(texts), texts, [turn.role for turn in turns])

    def judged(self) -> list[Scorecard]:
        """Judge the calls."""
        return list(judge_each(self.rubric, self.calls))


def cases(language: str, number: int, folder: Path) -> Iterator[Case]:
    """Yield rubrics of our own phrases, and the one that ships."""
    for count in (200, 2_000, 20_000):
        place = folder / f"{language}{count}"
        place.mkdir()
        rubric = load_with_places(write_rules(place, language, count))
        found = list(calls(number, language, count, 1))
        yield Case(f"{language}, {count:,} phrases", language, rubric, found)
    shipped = USUAL[language]
    yield Case(shipped, language, load_rubric(shipped), found)


def with_regexes(case: Case) -> Iterator[Case]:
    """Yield a rubric with its own regexes, if it has any, else with 1, 10 and 100 more."""
    if case.plan.regexes is not None and "phrases" not in case.name:
        yield case._replace(name=f"{case.name}, {len(case.plan.regexes.written)} regexes")
    elif "2,000" in case.name:
        for number in (1, 10, 100):
            entries = tuple(place % len(case.plan.rules) for place in range(number))
            plan = replace(case.plan, regexes=Regexes(entries, written(case.language, number)))
            rubric = replace(case.rubric, plans={case.language: plan})
            yield case._replace(name=f"{case.language}, {number} regexes", rubric=rubric)


def written(language: str, number: int) -> tuple[str, ...]:
    """Return regexes of two kinds: two texts around a gap, and classes without any literal."""
    each = [one.head for one in chain.from_iterable(phrases(language, 2_000).values())]
    step, found = len(each) // number, []
    for place, (one, other) in enumerate(zip(each[::step], each[step // 2 :: step], strict=False)):
        half = len(one) // 2
        classes = "".join(f"[{a}{b}]" for a, b in zip(one, other, strict=False))
        found.append(classes if place % 2 else f"{one[:half]}.{{0,6}}{one[half:]}")
    return tuple(found[:number])


def in_turns(ways: Sequence[Callable[[], Any]], rounds: int, calls: int) -> list[float]:
    """Return the median microseconds of a call for each way; all have to give the same."""
    first = ways[0]()
    if any(way() != first for way in ways[1:]):
        raise SystemExit("the engines do not find the same")
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, times in zip(ways, taken, strict=True):
            start = process_time()
            way()
            times.append((process_time() - start) / calls * 1e6)
    return list(map(median, taken))


def literals(case: Case, rounds: int) -> list[float]:
    """Return the microseconds of the scan and of judging, both by one engine and the other."""
    automata = [each for each in (*case.plan.automata, *case.plan.exceptions) if each.literals]
    engines = [{id(a): a.finder for a in automata}, {id(a): Literals(a) for a in automata}]
    scanned = [
        (each, each.spelled(framed(reading.view(each.way).heard)).data)
        for reading in case.readings()
        for each in case.plan.automata
        if each.literals
    ]

    def scan(engine: Mapping[int, Any]) -> int:
        found = (
            engine[id(one)].find_matches_as_indexes(text, overlapping=True) for one, text in scanned
        )
        return sum(map(len, found))

    def judge(engine: Mapping[int, Any]) -> list[Scorecard]:
        for each in automata:
            each.__dict__["finder"] = engine[id(each)]
        return case.judged()

    scans, judges = ([partial(way, engine) for engine in engines] for way in (scan, judge))
    number = len(case.calls)
    found = in_turns(scans, rounds, number) + in_turns(judges, rounds, number)
    judge(engines[0])
    return found


def regexes(case: Case, rounds: int) -> list[float]:
    """Return the microseconds of all that regexes take in each way, and of judging in the first."""
    assert case.plan.regexes is not None
    readings = list(case.readings())
    ways = {**TURNS_BY, "hyperscan": Lines(case.plan.regexes.written).worth_trying}

    def search(way: Callable[..., Any]) -> list[Found]:
        found: list[Found] = [defaultdict(list) for _ in readings]
        with patch.object(patterns, "worth_trying", way):
            for reading, each in zip(readings, found, strict=True):
                patterns.from_regexes(reading, each)
        return found

    every = [partial(search, way) for way in ways.values()]
    number = len(case.calls)
    return in_turns(every, rounds, number) + in_turns([case.judged], rounds, number)


def show(heads: Sequence[str], rows: Sequence[tuple[str, list[float]]]) -> None:
    """Print a table of microseconds a call."""
    print(f"| {' | '.join(heads)} |\n|---|{'---:|' * (len(heads) - 1)}")
    for name, figures in rows:
        print(f"| {name} | {' | '.join(f'{micros:.1f}' for micros in figures)} |")
    print(flush=True)


@click.command()
@click.option("--calls", "number", default=256, show_default=True, help="How many calls.")
@click.option("--rounds", default=9, show_default=True, help="The median of so many is shown.")
def main(number: int, rounds: int) -> None:
    """Print what other engines would gain, in microseconds a call; needs hyperscan."""
    if hyperscan is None:
        raise click.ClickException("this compares with hyperscan: pip install hyperscan")
    with tempfile.TemporaryDirectory() as folder:
        every = [case for lang in ("zh", "en") for case in cases(lang, number, Path(folder))]
    scans = ("scan, ahocorasick_rs", "hyperscan", "judging, ahocorasick_rs", "hyperscan")
    show(("rubric", *scans), [(case.name, literals(case, rounds)) for case in every])
    found = [(one.name, regexes(one, rounds)) for case in every for one in with_regexes(case)]
    show(("rubric", *TURNS_BY, "hyperscan", "judging as it is"), found)
    print(f"µs a call; {number} calls, median of {rounds} rounds.\n\n{machine()}{busy()}")


if __name__ == "__main__":
    main()
