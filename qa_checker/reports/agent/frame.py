"""What the sheets of one agent's workbook share: who stands in which row of which sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from qa_checker.reports.cells import Link, Range, Word
from qa_checker.reports.judged import Judged, Misses, Sentences
from qa_checker.reports.sheet import FIRST, HEADER, ROWS, place, title_of
from qa_checker.reports.spool import Kept, Spool, load, ordered
from qa_checker.reports.words import Say
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Item, Rubric, Section

NEAR = 400  # calls of an agent kept in memory between sheets
Rules = Mapping[str, tuple[Section, Item]]


@dataclass(frozen=True, slots=True)
class Visit:
    """One call in a workbook: its number from 1, and where its rows begin, from 0."""

    number: int
    kept: Kept
    item: int
    turn: int


@dataclass(frozen=True)
class Frame:
    """One agent's workbook before it is written.

    `items` and `turns` are the rows of data of those sheets, `sections` numbers every
    section met, `limit` is the number of rows of a worksheet.
    """

    agent: str
    language: str
    say: Say
    spool: Spool
    sentences: Sentences
    misses: Misses | None
    visits: tuple[Visit, ...]
    items: int
    turns: int
    sections: Mapping[tuple[int, str], int]
    limit: int = ROWS
    near: Mapping[int, Judged] = field(default_factory=dict)
    told: dict[tuple[int, str], str] = field(default_factory=dict)

    def calls(self) -> Iterator[tuple[Visit, Judged]]:
        """Yield every call in the order of the workbook."""
        for visit in self.visits:
            yield visit, self.near.get(visit.number) or load(self.spool, visit.kept)

    def title(self, sheet: str) -> str:
        """Return the title of a sheet by its short name."""
        return self.say(f"sheet.agent.{sheet}")

    def link(self, sheet: str, index: int) -> Link:
        """Return a link to a row of data of a sheet."""
        number, row = place(index, self.limit)
        return Link(title_of(self.title(sheet), number), row)

    def ranges(self, sheet: str, column: str, count: int) -> list[Range]:
        """Return a column of a sheet with `count` rows of data, worksheet by worksheet."""
        size = self.limit - HEADER
        return [
            Range(column, FIRST, HEADER + min(size, count - start), title_of(self.title(sheet), n))
            for n, start in enumerate(range(0, max(count, 1), size))
        ]

    def word(self, key: str) -> Word:
        """Return a word of ours for a formula."""
        return Word(self.say(key))

    def sentence(self, rubric: Rubric, item: Item) -> str:
        """Return an item's rule in words, made once."""
        key = (id(rubric), item.id)
        if key not in self.told:
            self.told[key] = self.sentences(rubric, item, self.language)
        return self.told[key]

    def rubric_number(self, rubric: Rubric) -> int:
        """Return the number under which the spool knows a rubric."""
        return next(n for n, known in enumerate(self.spool.rubrics) if known is rubric)

    @cached_property
    def rules(self) -> list[Rules]:
        """The items of every rubric by id, with their sections."""
        return [{item.id: (section, item) for section, item in r.items} for r in self.spool.rubrics]

    @cached_property
    def entries(self) -> list[Mapping[str, Entry]]:
        """The entries of every rubric by full name."""
        return [rubric.entries for rubric in self.spool.rubrics]

    @cached_property
    def bands(self) -> list[list[tuple[Fraction, str]]]:
        """The bands of every rubric, lowest first: their lowest scores and names."""
        return [sorted((low, name) for name, low in r.bands.items()) for r in self.spool.rubrics]


def lay_out(
    agent: str,
    say: Say,
    language: str,
    spool: Spool,
    sentences: Sentences,
    misses: Misses | None,
    limit: int = ROWS,
) -> Frame:
    """Go over the calls of an agent once and give each of them its rows."""
    visits, sections = [], dict[tuple[int, str], int]()
    near: dict[int, Judged] = {}
    items = turns = 0
    rubrics = {id(rubric): number for number, rubric in enumerate(spool.rubrics)}
    for number, kept in enumerate(ordered(spool.agents[agent]), 1):
        judged = load(spool, kept)
        visits.append(Visit(number, kept, items, turns))
        if number <= NEAR:
            near[number] = judged
        items += len(judged.card.verdicts)
        turns += 1 + len(judged.call.turns)
        for verdict in judged.card:
            key = (rubrics[id(judged.rubric)], verdict.section)
            sections.setdefault(key, len(sections) + 1)
    return Frame(
        agent,
        language,
        say,
        spool,
        sentences,
        misses,
        tuple(visits),
        items,
        turns,
        sections,
        limit,
        near,
    )
