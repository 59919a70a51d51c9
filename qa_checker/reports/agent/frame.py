"""What the sheets of one agent's workbook share: who stands in which row of which sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from qa_checker.reports.cells import Link, Range, Word
from qa_checker.reports.judged import Judged, Misses, Sentences
from qa_checker.reports.sheet import FIRST, HEADER, ROWS, place, title_of
from qa_checker.reports.spool import Spool, detailed, load
from qa_checker.reports.tallies import AgentTally, Key
from qa_checker.reports.words import Say
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Rubric, Section

NEAR = 100  # calls of an agent kept in memory between sheets
Rules = Mapping[str, tuple[Section, Item]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A call with details: its number in the workbook, from 1, and that in the run, from 0.

    `item` and `turn` are where its rows begin in those sheets, from 0.
    """

    number: int
    in_run: int
    item: int
    turn: int


@dataclass(frozen=True)
class Frame:
    """One agent's workbook before it is written.

    `sums` are over all calls of the agent, `visits` are those of them that have details:
    rows in the sheets of items and transcripts. `items` and `turns` are the rows of data
    of those sheets, `sections` numbers every section met, `limit` is the number of rows of
    a worksheet.
    """

    agent: str
    language: str
    say: Say
    spool: Spool
    sums: AgentTally
    sentences: Sentences
    misses: Misses | None
    visits: Sequence[Visit]
    items: int
    turns: int
    sections: Mapping[Key, int]
    limit: int = ROWS
    near: Mapping[int, Judged] = field(default_factory=dict)
    told: dict[tuple[int, str], str] = field(default_factory=dict)

    def calls(self) -> Iterator[tuple[Visit, Judged]]:
        """Yield every call with details in the order of the workbook."""
        for visit in self.visits:
            yield visit, self.near.get(visit.in_run) or load(self.spool, visit.in_run)

    @property
    def count(self) -> int:
        """How many calls there are, with details or without."""
        return self.sums.calls

    def title(self, sheet: str) -> str:
        """Return the title of a sheet by its short name."""
        return self.say(f"sheet.agent.{sheet}")

    def link(self, sheet: str, index: int) -> Link:
        """Return a link to a row of data of a sheet."""
        number, row = place(index, self.limit)
        return Link(title_of(self.title(sheet), number), row)

    def ranges(self, sheet: str, column: str, count: int, start: int = 0) -> list[Range]:
        """Return rows of data of a sheet, from `start` up to `count`, worksheet by worksheet."""
        size = self.limit - HEADER
        ends = [*range(start - start % size + size, count, size), max(count, 1)]
        return [
            Range(
                column,
                FIRST + first % size,
                FIRST + (end - 1) % size,
                title_of(self.title(sheet), first // size),
            )
            for first, end in zip([start, *ends], ends, strict=False)
        ]

    def word(self, key: str) -> Word:
        """Return a word of ours for a formula."""
        return Word(self.say(key))

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

    def rubric_number(self, judged: Judged) -> int:
        """Return the number of the rubric that judged a call."""
        return self.spool.numbers[judged.card.rule]

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
        """The bands of every rubric, lowest first: their lowest scores and names."""
        return [sorted((low, name) for name, low in r.bands.items()) for r in self.rubrics]


def lay_out(
    agent: str,
    say: Say,
    language: str,
    spool: Spool,
    sums: AgentTally,
    sentences: Sentences,
    misses: Misses | None,
    limit: int = ROWS,
) -> Frame:
    """Go over the calls of an agent that have details once and give each of them its rows."""
    visits, sections = [], dict[Key, int]()
    near: dict[int, Judged] = {}
    items = turns = 0
    for at, in_run in detailed(spool, agent):
        judged = load(spool, in_run)
        visits.append(Visit(at + 1, in_run, items, turns))
        if len(near) < NEAR:
            near[in_run] = judged
        items += len(judged.card.verdicts)
        turns += 1 + len(judged.call.turns)
        for verdict in judged.card:
            key = (spool.numbers[judged.card.rule], verdict.section)
            sections.setdefault(key, len(sections) + 1)
    for key in sums.sections:
        sections.setdefault(key, len(sections) + 1)
    return Frame(
        agent, language, say, spool, sums, sentences, misses, visits, items, turns, sections,
        limit, near,
    )  # fmt: skip
