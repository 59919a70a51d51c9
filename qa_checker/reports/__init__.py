"""Scorecards for people: Excel workbooks, and the ledger of one call as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa_checker.reports.judged import Aside, Judged, Miss, Misses, Sentences
from qa_checker.reports.results import DETAILS, LISTED, Results, held
from qa_checker.reports.text import why

if TYPE_CHECKING:
    from qa_checker.reports.shares import HandOut
    from qa_checker.reports.summary.ground import SetAside

__all__ = ["Aside", "Judged", "Miss", "Misses", "Results", "Sentences", "held", "why", "write"]

NOTHING: Mapping[str, str] = {}


def write(
    out: Path,
    results: Results,
    aside: Sequence[SetAside],
    language: str,
    sentences: Sentences,
    misses: Misses | None = None,
    details: int = DETAILS,
    listed: int = LISTED,
    before: Mapping[str, str] = NOTHING,
    hand_out: HandOut | None = None,
    told: Callable[[Path, str], object] = lambda *_: None,
) -> list[Path]:
    """Write OUT/summary.xlsx and OUT/scorecards/AGENT.xlsx; return the paths, summary first.

    `results` may be longer than memory. `aside` are the files that could not be read.
    `language` is zh or en, "" for the first language of each rubric. `sentences` gives a
    rule as a sentence, `misses` the nearest miss of items not found.
    `details` is how many calls of an agent have items and transcripts in the workbook,
    `listed` how many the summary lists; where there are more, the workbooks say so.
    `before` are the SHA-256 of the workbooks that are there as they were written, by their
    names below OUT: those that have them still need not be read for what people wrote.
    `hand_out` has the workbooks of agents written by other processes. `told` hears of each
    workbook that people wrote in or that did not open, and what became of it: reviewed.put.
    Every file is replaced in one step; equal input gives equal bytes. Raises OSError if
    a file cannot be written; the one that was there is then unharmed.
    """
    # openpyxl takes a quarter of a second that judging and `why` need not spend
    from qa_checker.reports.excel import write_workbooks

    *agents, summary = write_workbooks(
        out, results, aside, language, sentences, misses, details, listed,
        before=before, hand_out=hand_out,
    )  # fmt: skip
    for book in agents:
        if book.fate:
            told(book.path, book.fate)
    return [summary.path, *(book.path for book in agents)]
