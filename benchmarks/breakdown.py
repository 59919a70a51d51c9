"""Where the time of `judge` goes, stage by stage: `python -m benchmarks.breakdown`.

Each stage runs alone over all calls, with what the stages before it have made; the last
row is `judge` itself, which the stages should add up to.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import click

from benchmarks.generate import calls
from benchmarks.rulebook import write_rules
from qa_checker import judge, load_rubric
from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.points import verdict_on
from qa_checker.judging.verdicts import card, outcome_of
from qa_checker.matching.find import find
from qa_checker.text.plain import Plain, plain


class Stages:
    """The stages of `judge` for some calls, in their order, by name."""

    def __init__(self, rubric: Compiled, corpus: Sequence[Call], language: str) -> None:
        self.rubric, self.corpus, self.language = rubric, corpus, language
        self.plan = rubric.plans[language]
        self.sections = [(s, item) for s in rubric.rubric.sections for item in s.items]
        self.texts = [[turn.text for turn in call.turns] for call in corpus]
        self.roles = [[turn.role for turn in call.turns] for call in corpus]
        self.plains: list[Plain] = []
        self.looks: list[Look] = []
        self.outcomes: list[list[Any]] = []
        self.verdicts: list[tuple[Any, ...]] = []

    def plain_text(self) -> None:
        """Turns into comparable text."""
        self.plains = [plain(texts) for texts in self.texts]

    def automaton(self) -> None:
        """One scan for all literals."""
        for text in self.plains:
            for each in self.plan.automata:
                each.finder.find_matches_as_indexes(text.text, overlapping=True)

    def matching(self) -> None:
        """The scan again, and candidates confirmed as hits."""
        for args in zip(self.plains, self.texts, self.roles, strict=True):
            find(self.plan, *args)

    def events(self) -> None:
        """Interruptions and silences."""
        for look in self.looks:
            for name, over in look.found:
                if name.startswith("event."):
                    look.event(name.removeprefix("event."), over)

    def checks(self) -> None:
        """Windows and verdicts over hits that are known."""
        self.outcomes = [
            [outcome_of(item, look) for _, item in self.sections] for look in self.looks
        ]

    def points(self) -> None:
        """Evidence and ledger."""
        self.verdicts = [
            tuple(
                verdict_on(look, section, item, outcome)
                for (section, item), outcome in zip(self.sections, found, strict=True)
            )
            for look, found in zip(self.looks, self.outcomes, strict=True)
        ]

    def scorecard(self) -> None:
        """Sums, band, signals."""
        for look, found in zip(self.looks, self.verdicts, strict=True):
            card(self.rubric, look, found)

    def judge(self) -> None:
        """All of it, as users call it."""
        for call in self.corpus:
            judge(self.rubric, call)

    def prepare(self) -> None:
        """Judge each call once, so that later stages find what earlier ones made."""
        self.looks = [Look(self.rubric, call, self.language) for call in self.corpus]
        self.plain_text()
        self.checks()
        self.points()


def measured(stage: Callable[[], None], rounds: int, count: int) -> float:
    """Return the median microseconds that a stage takes for one call."""
    times = []
    for _ in range(rounds):
        start = process_time()
        stage()
        times.append((process_time() - start) / count * 1e6)
    return median(times)


def rows(stages: Stages, rounds: int) -> dict[str, tuple[float, str]]:
    """Return microseconds and meaning of each stage; matching less the scan in it."""
    count = len(stages.corpus)
    found = {}
    for name in ("plain_text", "automaton", "matching", "events", "checks", "points", "scorecard"):
        stage = getattr(stages, name)
        found[name] = (measured(stage, rounds, count), stage.__doc__ or "")
    scan = found["automaton"][0]
    found["matching"] = (max(0.0, found["matching"][0] - scan), "Candidates confirmed as hits.")
    found["judge"] = (measured(stages.judge, rounds, count), Stages.judge.__doc__ or "")
    return found


@click.command()
@click.option("--calls", "number", default=300, show_default=True, help="How many calls.")
@click.option("--phrases", default=2000, show_default=True, help="How many phrases.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--rounds", default=7, show_default=True, help="The median of so many is shown.")
def main(number: int, phrases: int, lang: str, rounds: int) -> None:
    """Print where the time of judge goes as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        rubric = load_rubric(write_rules(Path(folder), lang, phrases))
    stages = Stages(rubric, list(calls(number, lang, phrases)), lang)
    stages.prepare()
    found = rows(stages, rounds)
    whole = found["judge"][0]
    print("| stage | µs a call | share | what it does |\n|---|---:|---:|---|")
    for name, (micros, about) in found.items():
        print(f"| {name.replace('_', ' ')} | {micros:.0f} | {micros / whole:.0%} | {about} |")


if __name__ == "__main__":
    main()
