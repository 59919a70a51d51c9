"""Who is measured: one module each, with `prepare(rubric, language)`.

`prepare` returns a function that judges calls one after the other; `outline(result)` tells the
score and, for each item, the verdict and the number of violations, to compare the contenders by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from qa_checker.call import Call

NAMES = ("ours", "call_by_call", "plain_spacy", "naive")
TITLES = {
    "ours": "qa_checker, calls in batches",
    "call_by_call": "qa_checker `judge`",
    "plain_spacy": "plain spaCy pipeline",
    "naive": "naive loop",
    "scan": "the automaton alone",
}
"""All of NAMES give verdicts; the scan only shows how far the others are from it."""

Outline = dict[str, tuple[str, int]]
"""Verdict and number of violations by item."""
Judge = Callable[[Iterable[Call]], Iterator[Any]]
"""What judges calls: yields a result for each."""


class Contender(Protocol):
    """What the module of a contender holds."""

    def prepare(self, rubric: Path, language: str) -> Judge:
        """Read the rules and return what judges calls."""

    def outline(self, result: Any) -> tuple[float | None, Outline]:
        """Return the score and the verdicts of a result."""


def contender(name: str) -> Contender:
    """Return a contender by its name."""
    found: Any = import_module(f"{__name__}.{name}")
    return found  # type: ignore[no-any-return]
