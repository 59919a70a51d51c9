"""One agent's workbook: overview, calls, items, transcripts and a key."""

from __future__ import annotations

from pathlib import Path

from qa_checker.reports.agent import calls, items, key, overview, transcript
from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.workbook import save


def write_agent(path: Path, frame: Frame) -> Path:
    """Write the workbook of an agent to `path`; OSError if it cannot be written."""
    sheets = (sheet.sheet(frame) for sheet in (overview, calls, items, transcript, key))
    save(path, sheets, frame.language, frame.limit, frame.common.shells, frame.texts)
    return path
