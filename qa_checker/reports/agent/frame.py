"""What the sheets of one agent's workbook share: who stands in which row of which sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from qa_checker.reports.agent.common import Common
from qa_checker.reports.cells import Link, Range, Texts, Word
from qa_checker.reports.judged import Judged
from qa_checker.reports.sheet import FIRST, HEADER, place, title_of
from qa_checker.reports.spool import detailed, load
from qa_checker.reports.tallies import AgentTally, Key
from qa_checker.reports.words import Say

NEAR = 100  # calls of an agent kept in memory between sheets


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
    of those sheets, `sections` numbers every section met, `near` are some calls that are
    still in memory. `texts` are those that the workbook holds once; they fill with the rows.
    """

    agent: str
    common: Common
    sums: AgentTally
    visits: Sequence[Visit]
    items: int
    turns: int
    sections: Mapping[Key, int]
    near: Mapping[int, Judged]
    texts: Texts = field(default_factory=dict)

    @cached_property
    def rubrics(self) -> list[int]:
        """The numbers of the rubrics that judged this agent's calls."""
        return sorted({rubric for rubric, _ in self.sections})

    @cached_property
    def band_rows(self) -> dict[int, int]:
        """The row of the key sheet in which the bands of each of these rubrics begin."""
        counts = [len(self.common.bands[rubric]) for rubric in self.rubrics]
        return dict(zip(self.rubrics, accumulate(counts, initial=FIRST), strict=False))

    def calls(self) -> Iterator[tuple[Visit, Judged]]:
        """Yield every call with details in the order of the workbook."""
        for visit in self.visits:
            yield visit, self.near.get(visit.in_run) or load(self.common.spool, visit.in_run)

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

    def rubric_number(self, judged: Judged) -> int:
        """Return the number of the rubric that judged a call."""
        return self.common.spool.numbers[judged.card.rule]

    @property
    def language(self) -> str:
        """The language of the workbook."""
        return self.common.language

    @property
    def say(self) -> Say:
        """The texts of the workbook."""
        return self.common.say

    @property
    def limit(self) -> int:
        """The number of rows of a worksheet."""
        return self.common.limit


def lay_out(agent: str, common: Common, sums: AgentTally) -> Frame:
    """Go over the calls of an agent that have details once and give each of them its rows."""
    spool = common.spool
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
    for (rubric, _), item in sums.points.items.items():
        sections.setdefault((rubric, item.section), len(sections) + 1)
    return Frame(agent, common, sums, visits, items, turns, sections, near)
