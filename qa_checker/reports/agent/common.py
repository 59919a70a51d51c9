"""What the workbooks of all agents share in one language."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from qa_checker.reports.judged import Misses, Sentences, titled_bands
from qa_checker.reports.kind import Kind
from qa_checker.reports.sheet import ROWS
from qa_checker.reports.spool import Spool
from qa_checker.reports.words import Say
from qa_checker.reports.workbook import Shells
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Rubric, Section

Rules = Mapping[str, tuple[Section, Item]]


@dataclass(frozen=True)
class Common:
    """The calls and the rules that all workbooks are made from; all rubrics are known by now.

    `limit` is the number of rows of a worksheet; `told`, `shells` and `kinds` fill as they
    are used.
    """

    language: str
    say: Say
    spool: Spool
    sentences: Sentences
    misses: Misses | None
    limit: int = ROWS
    told: dict[tuple[int, str], str] = field(default_factory=dict)
    shells: Shells = field(default_factory=dict)
    kinds: dict[Hashable, Kind] = field(default_factory=dict)

    def sentence(self, rubric: int, item: Item) -> str:
        """Return an item's rule in words, made once."""
        key = (rubric, item.id)
        if key not in self.told:
            self.told[key] = self.sentences(self.rubrics[rubric], item, self.language)
        return self.told[key]

    @property
    def rubrics(self) -> list[Rubric]:
        """The rubrics of the run, by number."""
        return self.spool.rubrics

    @cached_property
    def rules(self) -> list[Rules]:
        """The items of every rubric by id, with their sections."""
        return [{item.id: (section, item) for section, item in r.items} for r in self.rubrics]

    @cached_property
    def entries(self) -> list[Mapping[str, Entry]]:
        """The entries of every rubric by full name."""
        return [rubric.entries for rubric in self.rubrics]

    @cached_property
    def bands(self) -> list[list[tuple[Fraction, str]]]:
        """The bands of every rubric, lowest first: their lowest scores and titles."""
        return [sorted(titled_bands(one, self.language)) for one in self.rubrics]
