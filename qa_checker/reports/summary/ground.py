"""What the sheets of the summary share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Protocol

from qa_checker.reports.cells import Link
from qa_checker.reports.heights import width
from qa_checker.reports.judged import Sentences
from qa_checker.reports.sheet import Column, place, title_of
from qa_checker.reports.spool import Spool
from qa_checker.reports.summary.lines import Tally
from qa_checker.reports.words import Say, speaker
from qa_checker.scorecard import words

FOLDER = "scorecards"
COUNTED = 30  # columns of counts in a sheet
NARROW, BROAD, LINES = 11, 26, 3  # their least and largest width, and the lines of a title


class SetAside(Protocol):
    """A file that could not be read; readers.SetAside and reports.Aside are such."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def help(self) -> str: ...  # noqa: D102
    @property
    def line(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True)
class Ground:
    """A run added up, and where the workbooks of its agents are.

    `files` and `languages` are by agent, `spool` holds a line for every call, `kept` are
    earlier workbooks that were put by, with the folder that says why, `limit` is the number of
    rows of a worksheet, `listed` the number of calls that a sheet may list, `sentences` tells
    rules in words.
    """

    tally: Tally
    aside: Sequence[SetAside]
    files: Mapping[str, str]
    languages: Mapping[str, str]
    spool: Spool
    kept: Sequence[str]
    limit: int
    listed: int
    sentences: Sentences | None = None

    @property
    def say(self) -> Say:
        """The texts of the report."""
        return self.tally.say

    @property
    def several(self) -> bool:
        """Whether several rubrics gave scores: they compare only within one."""
        return sum(bool(rubric.scores) for rubric in self.tally.rubrics) > 1

    @property
    def counted(self) -> list[str]:
        """What was counted in the calls, as columns; the commonest if there are too many."""
        counts = self.tally.counts
        kept = sorted(counts, key=lambda name: -counts[name])[:COUNTED]
        return [name for name in counts if name in kept]

    def sentence(self, rubric: int, item: str) -> str:
        """Return an item's rule in words; "" if nobody tells, or the rubric has no such item."""
        known = self.tally.rubrics[rubric].rules.items.get(item)
        if known is None or self.sentences is None:
            return ""
        return self.sentences(self.spool.rubrics[rubric], known[1], self.tally.language)

    @cached_property
    def rubrics(self) -> list[str]:
        """What people call the rubrics, by number; the rule where two have one name."""
        names = [
            f"{words(one.title, self.tally.language) or one.id} {one.version}"
            for one in self.spool.rubrics
        ]
        rules = [one.rule for one in self.tally.rubrics]
        pairs = zip(names, rules, strict=True)
        return [name if names.count(name) == 1 else rule for name, rule in pairs]

    def agent(self, agent: str) -> Link:
        """Return a link to the workbook of an agent."""
        sheet = speaker(self.languages[agent])("sheet.agent.overview")
        return Link(sheet, 1, f"{FOLDER}/{self.files[agent]}")

    def link(self, agent: str, index: int) -> Link:
        """Return a link to the row of a call, by its place in its agent's workbook."""
        part, row = place(index, self.limit)
        title = title_of(speaker(self.languages[agent])("sheet.agent.calls"), part)
        return Link(title, row, f"{FOLDER}/{self.files[agent]}")

    def name(self, agent: str) -> str:
        """Return how an agent is shown."""
        return agent or self.say("nobody")


def counts(ground: Ground) -> Iterator[Column]:
    """Yield the columns of what was counted, as broad as their titles need."""
    for name in ground.counted:
        yield Column(name, min(max(NARROW, ceil(width(name) / LINES) + 6), BROAD))
