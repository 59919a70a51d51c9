"""qa_checker itself, as `audit` uses it: whole scorecards with evidence, ledger and windows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.contenders import Judge, Outline
from qa_checker import load_rubric
from qa_checker.judging.batch import judge_each
from qa_checker.scorecard import Scorecard


def prepare(rubric: Path, language: str) -> Judge:
    """Return what judges many calls, with the rubric."""
    return partial(judge_each, load_rubric(rubric))


def outline(result: Scorecard) -> tuple[float | None, Outline]:
    """Return the score and the verdicts of a scorecard."""
    score = None if result.score is None else round(float(result.score), 6)
    return score, {each.item: (each.verdict, each.violations) for each in result}
