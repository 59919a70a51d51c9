"""Check call transcripts, turn by turn, against lexicons and rubrics that are plain YAML.

from qa_checker import read, load_rubric, judge

rubric = load_rubric("complaint_zh")
for call in read("samples"):
    print(judge(rubric, call))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa_checker.judging.compiled import load_rubric as load_rubric
    from qa_checker.judging.verdicts import judge as judge
    from qa_checker.readers import read as read

__version__ = "0.1.0"

API = {
    "read": "qa_checker.readers",
    "load_rubric": "qa_checker.judging.compiled",
    "judge": "qa_checker.judging.verdicts",
    "Call": "qa_checker.call",
    "Segment": "qa_checker.call",
    "Turn": "qa_checker.call",
    "Scorecard": "qa_checker.scorecard",
    "BadFile": "qa_checker.problem",
    "BadInput": "qa_checker.problem",
}
__all__ = sorted(API)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: starting stays quick."""
    if name not in API:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(API[name]), name)
