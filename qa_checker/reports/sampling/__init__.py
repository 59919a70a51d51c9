"""A sample of calls as a workbook for the people who hear them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qa_checker.reports.words import speaker

if TYPE_CHECKING:
    from qa_checker.reports.sampling.drawn import Sample
    from qa_checker.reports.sampling.why import Titles

__all__ = ["write"]


def write(path: Path, sample: Sample, language: str, titles: Titles) -> None:
    """Write a sample to `path` in one step; OSError if it cannot be written.

    `language` is zh or en; `titles` are what people call things in that language.
    """
    # openpyxl takes a quarter of a second that drawing need not spend
    from qa_checker.reports.sampling import calls, plan
    from qa_checker.reports.workbook import save

    say = speaker(language)
    save(path, [plan.sheet(say, sample, titles), calls.sheet(say, sample, titles)], language)
