"""One contender in a process of its own: does what it is told, line by line, in JSON.

    python -m benchmarks.worker ours 300 2000 zh

`round` judges calls that were not judged before and answers with the seconds of processor
time; `results` answers with scores, verdicts and hits; `memory` with the most memory the
process ever had, in MB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections import deque
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.contenders import contender
from benchmarks.generate import calls
from benchmarks.rulebook import write_rules

KILOBYTES = 1024 if sys.platform != "darwin" else 1024 * 1024


class Worker:
    """A contender with its rules."""

    def __init__(self, name: str, number: int, phrases: int, language: str) -> None:
        self.contender = contender(name)
        self.wanted = (number, language, phrases)
        self.seed = 0
        with tempfile.TemporaryDirectory() as folder:
            rubric = write_rules(Path(folder), language, phrases)
            self.judge = self.contender.prepare(rubric, language)
        deque(self.judge(self.given()), maxlen=0)

    def given(self) -> list[Any]:
        """Return the calls of the round, as the contender wants them.

        Every round has others, so that nobody profits from what was kept of them.
        """
        made = list(calls(*self.wanted, seed=self.seed))
        return getattr(self.contender, "given", list)(made)  # type: ignore[no-any-return]

    def round(self) -> float:
        """Judge as many calls as wanted; return the seconds it took."""
        self.seed += 1
        ready = self.given()
        start = process_time()
        deque(self.judge(ready), maxlen=0)
        return process_time() - start

    def results(self) -> list[dict[str, Any]]:
        """Return score, verdicts and, where the contender tells them, hits of each call."""
        self.seed = 0
        told = []
        for result in self.judge(self.given()):
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
    os.environ["QA_CHECKER_CACHE"] = "off"  # rules in a folder that goes are not worth keeping
    main(*sys.argv[1:])
