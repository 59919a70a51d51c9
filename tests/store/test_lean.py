"""pandas is not imported to store a row, and is there for whoever asks pyarrow for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from qa_checker.store.lean import without_pandas
{first}
from qa_checker.store.rows import table
table(())
print("pandas" in sys.modules)
print(table(()).to_pandas().shape[0])
"""


def told(first: str) -> list[str]:
    command = [sys.executable, "-c", PROGRAM.format(first=first)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_pandas_stays_away_until_somebody_wants_it() -> None:
    pytest.importorskip("pandas")
    assert told("") == ["True", "0"], "pyarrow no longer imports pandas: lean.py can go"
    assert told("without_pandas()") == ["False", "0"]
