"""The summary workbook: dashboard, agents, calls, items, words, and what is missing."""

from __future__ import annotations

from pathlib import Path

from qa_checker.reports.summary import (
    agents,
    aside,
    calls,
    dashboard,
    items,
    phrases,
    unjudged,
)
from qa_checker.reports.summary.ground import Ground
from qa_checker.reports.workbook import save

SHEETS = (dashboard, agents, calls, items, phrases, unjudged, aside)


def write_summary(path: Path, ground: Ground) -> Path:
    """Write the summary to `path`; OSError if it cannot be written."""
    save(path, (sheet.sheet(ground) for sheet in SHEETS), ground.tally.language, ground.limit)
    return path
