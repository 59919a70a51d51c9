"""The results of a run as reports go over them: all calls without transcripts, a few with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from unicodedata import normalize

import numpy as np

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
        return Results(self.every, self.whole)

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        """The rubrics by id@version#hash."""
        return {rule: compiled.rubric for rule, compiled in self.rules.items()}

    @cached_property
    def twice(self) -> dict[int, str]:
        """The remark on each call, by its number, whose id was there before."""
        return dict(told_twice(self.out, self.manifest))

    def every(self) -> Iterator[Judged]:
        """Yield every call in the order of the inputs, without its transcript."""
        number = 0
        for place in manifests.live(self.out, self.manifest):
            for table in parts.tables(place, BARE):
                turns = values(table.column("turns"))
                for spoken, pair in zip(turns, judged(table, self.rubrics), strict=True):
                    yield self.of(number, *pair, spoken)
                    number += 1

    def whole(self, numbers: Collection[int]) -> Iterator[tuple[int, Judged]]:
        """Yield the calls of these numbers with their transcripts, ascending."""
        wanted, start = np.array(sorted(numbers), dtype=np.int64), 0
        for part, place in zip(
            self.manifest.parts, manifests.live(self.out, self.manifest), strict=True
        ):
            low, high = np.searchsorted(wanted, [start, start + part.rows])
            here = wanted[low:high].tolist()
            if here:
                found = parts.some(place, [number - start for number in here])
                pairs = (pair for table in found for pair in judged(table, self.rubrics))
                for number, (call, card) in zip(here, pairs, strict=True):
                    yield number, self.of(number, call, card, len(call.turns))
            start += part.rows

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
