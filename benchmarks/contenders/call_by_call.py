"""qa_checker as those use it who have one call at a time: `judge`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.contenders import Judge
from benchmarks.contenders.ours import outline
from qa_checker import judge, load_rubric

__all__ = ["outline", "prepare"]


def prepare(rubric: Path, language: str) -> Judge:
    """Return `judge` with the rubric, for each call."""
    return partial(map, partial(judge, load_rubric(rubric)))
