"""qa_checker itself: the whole scorecard with evidence, ledger and windows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.contenders import Outline
from qa_checker import judge, load_rubric
from qa_checker.call import Call
from qa_checker.scorecard import Scorecard


def prepare(rubric: Path, language: str) -> Callable[[Call], Scorecard]:
    """Return `judge` with the rubric."""
    return partial(judge, load_rubric(rubric))


def outline(result: Scorecard) -> tuple[float | None, Outline]:
    """Return the score and the verdicts of a scorecard."""
    score = None if result.score is None else round(float(result.score), 6)
    return score, {each.item: (each.verdict, each.violations) for each in result}
