"""The results of a run as reports go over them: all calls without transcripts, a few with."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import Any
from unicodedata import normalize

import numpy as np
import pyarrow as pa

from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled
from qa_checker.reports import Judged, Results
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import Scorecard
from qa_checker.store import manifest as manifests
from qa_checker.store import parts
from qa_checker.store.cards import judged
from qa_checker.store.columns import values
from qa_checker.store.manifest import Manifest
from qa_checker.store.parts import Counts
from qa_checker.store.schema import ROW, TRANSCRIPT

KEYS = ("key", "call_hash", "engine")
BARE = [name for name in ROW if name not in (*TRANSCRIPT, *KEYS)]
Rules = Mapping[str, Compiled]


@dataclass(frozen=True)
class Stored:
    """The results of a finished run; `rules` are its rubrics by id@version#hash."""

    out: str
    manifest: Manifest
    rules: Rules

    def results(self) -> Results:
        """Return them for the reports."""
        return Results(self.every, self.whole, lambda: self.column("agent"))

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        """The rubrics by id@version#hash."""
        return {rule: compiled.rubric for rule, compiled in self.rules.items()}

    @cached_property
    def twice(self) -> dict[int, str]:
        """The remark on each call, by its number, whose id was there before."""
        return dict(told_twice(self.out, self.manifest))

    def of_agents(self, agents: Collection[str]) -> tuple[Results, list[int]]:
        """Return the results of some agents, and the numbers that their calls have in the run."""
        wanted = {*agents}
        numbers = [at for at, agent in enumerate(self.column("agent")) if agent in wanted]

        def whole(chosen: Collection[int]) -> Iterator[tuple[int, Judged]]:
            own = sorted(chosen)
            found = self.rows([numbers[one] for one in own])
            return zip(own, (judged for _, judged in found), strict=True)

        def every() -> Iterator[Judged]:
            return (judged for _, judged in self.rows(numbers, BARE))

        def names() -> Iterator[str]:
            return (agent for agent in self.column("agent") if agent in wanted)

        return Results(every, whole, names), numbers

    def column(self, name: str) -> Iterator[Any]:
        """Yield the values of a column, call by call."""
        for place in manifests.live(self.out, self.manifest):
            for table in parts.tables(place, [name]):
                yield from values(table.column(name))

    def every(self) -> Iterator[Judged]:
        """Yield every call in the order of the inputs, without its transcript."""
        start = 0
        for place in manifests.live(self.out, self.manifest):
            for table in parts.tables(place, BARE):
                yield from self.of_table(table, range(start, start + table.num_rows))
                start += table.num_rows

    def whole(self, numbers: Collection[int]) -> Iterator[tuple[int, Judged]]:
        """Yield the calls of these numbers with their transcripts, ascending."""
        return self.rows(sorted(numbers))

    def rows(
        self, numbers: Sequence[int], columns: Sequence[str] | None = None
    ) -> Iterator[tuple[int, Judged]]:
        """Yield the calls of ascending numbers, with all or some of their columns."""
        left, start = iter(numbers), 0
        for part, place in zip(
            self.manifest.parts, manifests.live(self.out, self.manifest), strict=True
        ):
            low, high = (bisect_left(numbers, end) for end in (start, start + part.rows))
            if low < high:
                here = [number - start for number in numbers[low:high]]
                for table in parts.some(place, here, columns):
                    these = list(islice(left, table.num_rows))
                    yield from zip(these, self.of_table(table, these), strict=True)
            start += part.rows

    def of_table(self, table: pa.Table, numbers: Sequence[int]) -> Iterator[Judged]:
        """Yield the calls of a table, whose numbers these are, as reports take them."""
        turns = values(table.column("turns"))
        for number, spoken, pair in zip(numbers, turns, judged(table, self.rubrics), strict=True):
            yield self.of(number, *pair, spoken)

    def of(self, number: int, call: Call, card: Scorecard, turns: int) -> Judged:
        """Return a call as reports take it, with the remark if its id was there before."""
        if number in self.twice:
            note = self.twice[number]
            call = replace(call, notes=(*call.notes, note))
            card = replace(card, notes=(*card.notes, note))
        return Judged(call, card, self.rubrics[card.rule], turns)


def call_names(out: str, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield call id and file of every call of a run."""
    for place in manifests.live(out, manifest):
        for table in parts.tables(place, ["call_id", "source"]):
            yield from zip(*map(values, table.columns), strict=True)


def scores(out: str, manifest: Manifest, counts: Counts) -> dict[str, Counter[str]]:
    """Return the scores of a run as shown, counted, by the rubric that gave them."""
    if len(counts.rules) == 1:
        return {rule: Counter(counts.scores) for rule in counts.rules if counts.scores}
    found: dict[str, Counter[str]] = {}
    for place in manifests.live(out, manifest):
        for table in parts.tables(place, ["rule", "score"]):
            columns = (values(table.column(name)) for name in ("rule", "score"))
            for rule, score in zip(*columns, strict=True):
                if score is not None:
                    found.setdefault(rule, Counter())[str(score)] += 1
    return found


def lowest(out: str, manifest: Manifest, limit: float, most: int) -> list[tuple[float, str]]:
    """Return score and call id of the calls below a limit, lowest first, at most so many."""
    found: list[tuple[float, str]] = []
    for place in manifests.live(out, manifest):
        for table in parts.tables(place, ["score", "call_id"]):
            scored = zip(*map(values, table.columns), strict=True)
            below = ((s, name) for s, name in scored if s is not None and s < limit)
            found = nsmallest(most, [*found, *below])
    return found


def told_twice(out: str, manifest: Manifest) -> Iterator[tuple[int, str]]:
    """Yield number and remark of every call whose id was there before.

    Case and form make no difference. Only eight bytes of every id are held.
    """
    digests = np.fromiter((hash(same(name)) for name, _ in call_names(out, manifest)), np.int64)
    found, counts = np.unique(digests, return_counts=True)
    several = set(found[counts > 1].tolist())
    first: dict[str, str] = {}
    for number, (name, source) in enumerate(call_names(out, manifest) if several else ()):
        key = same(name)
        if hash(key) in several and key in first:
            other = first[key] != source
            yield number, f"call id also in {first[key]}" if other else "call id twice in file"
        elif hash(key) in several:
            first[key] = source


def same(call_id: str) -> str:
    """Return an id as people compare it."""
    return normalize("NFKC", call_id).casefold()
