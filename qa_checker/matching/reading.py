"""A call while it is searched: its views, its words and its marks, each made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from qa_checker.matching.compile import Plan, Rules
from qa_checker.matching.views import View, Way, view
from qa_checker.text.marked import Marked, marked
from qa_checker.text.plain import Plain
from qa_checker.text.segment import word_ends

Span = tuple[int, int]


class Candidate(NamedTuple):
    """A span of plain text that a pattern allows, and how it was found."""

    start: int
    end: int
    via: str
    written: str


@dataclass
class Reading:
    """One call while it is searched: its views and words are made when first asked for."""

    plan: Plan
    plain: Plain
    texts: Sequence[str]
    roles: Sequence[str]
    views: dict[Way, View] = field(default_factory=dict)
    ends: dict[int, frozenset[int]] = field(default_factory=dict)

    def view(self, way: Way) -> View:
        """Return the call as read in a way."""
        if way not in self.views:
            self.views[way] = view(self.plain, way)
        return self.views[way]

    @cached_property
    def marked(self) -> Marked:
        """The turns as regexes see them."""
        return marked(self.texts)

    def word_ends(self, turn: int) -> frozenset[int]:
        """Return the places of the plain text at which words of a turn end."""
        if turn not in self.ends:
            low, high = self.plain.bounds(turn)
            found = word_ends(self.plain.text[low:high])
            self.ends[turn] = frozenset(low + end for end in found)
        return self.ends[turn]

    def heard(self, rules: Rules, turn: int) -> bool:
        """Tell whether an entry counts the words of this turn's speaker."""
        role = rules.entry.role
        return role == "any" or role == self.roles[turn]


Found = dict[tuple[int, int], list[Candidate]]
"""Candidates by (entry, turn)."""
