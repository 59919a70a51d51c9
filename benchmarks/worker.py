"""One contender in a process of its own: does what it is told, line by line, in JSON.

    python -m benchmarks.worker ours 300 2000 zh

`round` judges all calls and answers with the seconds of processor time; `results` answers
with scores, verdicts and hits; `memory` with the most memory the process ever had, in MB.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.contenders import contender
from benchmarks.generate import calls
from benchmarks.rulebook import write_rules

KILOBYTES = 1024 if sys.platform != "darwin" else 1024 * 1024


class Worker:
    """A contender with its rules and its calls."""

    def __init__(self, name: str, number: int, phrases: int, language: str) -> None:
        self.contender = contender(name)
        with tempfile.TemporaryDirectory() as folder:
            rubric = write_rules(Path(folder), language, phrases)
            self.judge = self.contender.prepare(rubric, language)
        self.calls = list(calls(number, language, phrases))
        self.judge(self.calls[0])

    def round(self) -> float:
        """Judge all calls; return the seconds it took."""
        start = process_time()
        for call in self.calls:
            self.judge(call)
        return process_time() - start

    def results(self) -> list[dict[str, Any]]:
        """Return score, verdicts and, where the contender tells them, hits of each call."""
        told = []
        for call in self.calls:
            result = self.judge(call)
            score, items = self.contender.outline(result)
            told.append({"score": score, "items": items, "found": getattr(result, "found", {})})
        return told

    def memory(self) -> float:
        """Return the peak memory of this process in MB."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES


def main(name: str, number: str, phrases: str, language: str) -> None:
    """Answer each line of the input with one of the output."""
    worker = Worker(name, int(number), int(phrases), language)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(getattr(worker, line.strip())()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
