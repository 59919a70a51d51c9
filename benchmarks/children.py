"""What a command uses, with every process that it starts: seconds, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psutil

ROOT = Path(__file__).parents[1]
PAUSE = 0.1
"""Seconds between two looks at the processes; at most so much of their time is missed."""
UNIT = 1024 if sys.platform != "darwin" else 1
"""Bytes in which the system counts the memory of a process."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a command used: seconds on the clock, of the processors, and MB at most.

    `processor` is the sum of all processes, `largest` the peak of the largest of them,
    `together` the most that all of them held at the same time (what they share is counted
    for each). `others` is the share of all processors that others took meanwhile; while it is
    not small, seconds mean little. `told` is what the command printed.
    """

    seconds: float
    processor: float
    largest: float
    together: float
    others: float
    told: str


class Watch:
    """Looks at a process and all that come from it, again and again."""

    def __init__(self, process: int) -> None:
        self.root = psutil.Process(process)
        self.processor: dict[int, float] = {}
        self.largest = self.together = 0.0
        self.over = Event()

    def __call__(self) -> None:
        """Look until told that it is over."""
        while not self.over.wait(PAUSE):
            try:
                self.look([self.root, *self.root.children(recursive=True)])
            except psutil.NoSuchProcess:
                return

    def look(self, processes: Sequence[psutil.Process]) -> None:
        """Note time and memory of each process."""
        held = []
        for each in processes:
            try:
                with each.oneshot():
                    times, memory = each.cpu_times(), each.memory_info()
            except psutil.Error:  # ended in the meantime
                continue
            self.processor[each.pid] = times.user + times.system
            held.append(memory.rss / 2**20)
        self.largest = max(self.largest, *held, 0.0)
        self.together = max(self.together, sum(held))


def used(*arguments: object, answers: Sequence[int] = (0,)) -> Used:
    """Run Python with these arguments; exit if its exit code is none of `answers`.

    A process that its parent waits for is counted to its last moment; others (the daemons
    of an engine) to the last look at them.
    """
    command = [sys.executable, *map(str, arguments)]
    # an installed program is compiled: without this variable only its first run here compiles it
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start, taken = time.perf_counter(), worked()
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=err)
        watch = Watch(child.pid)
        thread = Thread(target=watch)
        thread.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds, taken = time.perf_counter() - start, worked() - taken
        child.returncode = os.waitstatus_to_exitcode(status)
        watch.over.set()
        thread.join()
        for file in (out, err):
            file.seek(0)
        if child.returncode not in answers:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}\n{err.read()[-2000:]}")
        told = out.read()
    processor = max(usage.ru_utime + usage.ru_stime, sum(watch.processor.values()))
    return Used(
        seconds=seconds,
        processor=processor,
        largest=max(usage.ru_maxrss * UNIT / 2**20, watch.largest),
        together=watch.together,
        others=max(0.0, taken - processor) / (seconds * (os.cpu_count() or 1)),
        told=told,
    )


def worked() -> float:
    """Return the seconds that all processors together have worked since the machine started."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))
