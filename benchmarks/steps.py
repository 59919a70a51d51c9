"""The first steps of audit, each a whole process: `python -m benchmarks.steps judge CALLS RUBRIC`.

`start` only gets ready, `read` reads the calls as well, `judge` reads and judges them; what
comes of it is thrown away. For benchmarks/stages.py.
"""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

from benchmarks.contenders import ours
from qa_checker import load_rubric
from qa_checker.readers import read


def start(calls: Path, rubric: Path) -> None:
    """Get ready to judge."""
    load_rubric(rubric)


def reading(calls: Path, rubric: Path) -> None:
    """Get ready, and read."""
    load_rubric(rubric)
    deque(read(calls), maxlen=0)


def judging(calls: Path, rubric: Path) -> None:
    """Read and judge."""
    judge = ours.prepare(rubric, "")
    deque(judge(read(calls)), maxlen=0)


STEPS = {"start": start, "read": reading, "judge": judging}

if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
