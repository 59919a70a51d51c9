"""Where the time of judging goes, stage by stage: `python -m benchmarks.breakdown`.

Each stage runs alone over all calls, as many at once as `audit` judges, with what the stages
before it have made of them; every round takes other calls. The last row is `judge_each`
itself, which the stages should add up to.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import click

from benchmarks.generate import calls
from benchmarks.machine import busy, machine
from benchmarks.rulebook import write_rules
from qa_checker.call import Call
from qa_checker.judging.batch import SIZE, judge_each
from qa_checker.judging.compiled import Compiled, load_with_places
from qa_checker.judging.look import EVENT, Look, look_at
from qa_checker.judging.points import verdict_on
from qa_checker.judging.verdicts import card, judge_look, outcome_of, planned
from qa_checker.matching.automaton import framed
from qa_checker.matching.find import find_each
from qa_checker.runs.engines.local import seldom
from qa_checker.text.plain import Plain, plain

PARTS = {"matching": ("automaton",), "handing back": ("plain text", "matching")}
"""Stages in whose time that of others is; these are subtracted."""


class Stages:
    """The stages of `judge_each` for some calls, in their order, by name."""

    def __init__(self, rubric: Compiled, corpus: Sequence[Call], language: str) -> None:
        self.rubric, self.corpus = rubric, corpus
        self.plan = rubric.plans[language]
        self.items = [
            (section, task)
            for section, _, tasks in planned(rubric.rubric, rubric)
            for task in tasks
        ]
        batches = [corpus[first : first + SIZE] for first in range(0, len(corpus), SIZE)]
        self.texts = [[turn.text for call in some for turn in call.turns] for some in batches]
        self.roles = [[turn.role for call in some for turn in call.turns] for some in batches]
        self.counts = [[len(call.turns) for call in some] for some in batches]
        self.looks = [[Look(rubric, call, language) for call in some] for some in batches]
        known = Look(rubric, corpus[0], language)
        judge_look(rubric, known)
        self.wanted = [(name, over) for name, over in known.found if name.startswith(EVENT)]
        self.plains: list[Plain] = []
        self.outcomes: list[list[Any]] = []
        self.verdicts: list[tuple[Any, ...]] = []

    @property
    def each(self) -> list[Look]:
        """Every call as it is looked at."""
        return [look for some in self.looks for look in some]

    def plain_text(self) -> None:
        """Turns into comparable text."""
        self.plains = [plain(texts) for texts in self.texts]

    def automaton(self) -> None:
        """One scan for all literals."""
        for text in self.plains:
            codes = framed(text.codes)
            for each in self.plan.automata:
                each.finder.find_matches_as_indexes(each.spelled(codes).data, overlapping=True)

    def matching(self) -> None:
        """Candidates confirmed as hits."""
        for args in zip(self.plains, self.texts, self.roles, self.counts, strict=True):
            find_each(self.plan, *args)

    def handing_back(self) -> None:
        """Hits and text to the calls they belong to."""
        for some in self.looks:
            look_at(some)

    def events(self) -> None:
        """Interruptions, silences, and whatever else the rubric asks for."""
        for look in self.each:
            for name, over in self.wanted:
                look.hits(name, over)

    def checks(self) -> None:
        """Windows and verdicts over hits that are known."""
        self.outcomes = [[outcome_of(task, look) for _, task in self.items] for look in self.each]

    def points(self) -> None:
        """Evidence and ledger."""
        self.verdicts = [
            tuple(
                verdict_on(look, section, task.item, outcome)
                for (section, task), outcome in zip(self.items, found, strict=True)
            )
            for look, found in zip(self.each, self.outcomes, strict=True)
        ]

    def scorecard(self) -> None:
        """Sums, band, signals."""
        for look, found in zip(self.each, self.verdicts, strict=True):
            card(self.rubric, look, found)

    def all(self) -> None:
        """All of it, as `audit` does it."""
        deque(judge_each(self.rubric, self.corpus), maxlen=0)


NAMES = tuple(name for name in vars(Stages) if name[0] != "_" and name != "each")


def measured(stage: Callable[[], None], count: int) -> float:
    """Return the microseconds that a stage takes for one call."""
    start = process_time()
    stage()
    return (process_time() - start) / count * 1e6


def rows(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the median microseconds of each stage, less those of other stages in it."""
    found = {name.replace("_", " "): median(one[name] for one in rounds) for name in NAMES}
    less = {name: sum(found[part] for part in parts) for name, parts in PARTS.items()}
    return {name: max(0.0, micros - less.get(name, 0.0)) for name, micros in found.items()}


@click.command()
@click.option("--calls", "number", default=256, show_default=True, help="How many calls a round.")
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=7, show_default=True, help="The median of so many is shown.")
@click.option("--rubric", "name", default="", help="A rubric that ships, or a file, instead.")
def main(number: int, phrases: int, lang: str, rounds: int, name: str) -> None:
    """Print where the time of judging goes as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        rubric = load_with_places(name or write_rules(Path(folder), lang, phrases))
    taken = []
    for seed in range(rounds + 1):
        stages = Stages(rubric, list(calls(number, lang, phrases, seed)), lang)
        with seldom():  # as `audit` does; else all objects are gone through in some one stage
            taken.append({name: measured(getattr(stages, name), number) for name in NAMES})
    found = rows(taken[1:])  # the first round finds nothing warm
    rules = name or f"{phrases:,} phrases"
    print(f"{lang}, {rules}, {number} calls a round, median of {rounds} rounds.\n")
    print("| stage | µs a call | share | what it does |\n|---|---:|---:|---|")
    for name, micros in found.items():
        about = getattr(Stages, name.replace(" ", "_")).__doc__
        print(f"| {name} | {micros:.0f} | {micros / found['all']:.0%} | {about} |")
    print(f"\n{machine()}{busy()}")


if __name__ == "__main__":
    main()
