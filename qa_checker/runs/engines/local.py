"""On this machine: one process, or a pool of them.

A worker that dies takes the whole pool with it. The shards it may have had are run again one by
one, each in a process of its own; one that kills that process too is cut into smaller ones, file
by file and then line by line, until what kills it stands alone and is set aside.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from qa_checker.runs.ctrl_c import FROM_TERMINAL, held_back
from qa_checker.runs.cutting import halves
from qa_checker.runs.engines import Numbered, Result
from qa_checker.runs.job import Job
from qa_checker.runs.pulse import share, shared
from qa_checker.runs.shard import Done, audit_shard, lost
from qa_checker.runs.shards import Shard
from qa_checker.store.lean import without_pandas

T = TypeVar("T")
SELDOM = (50_000, 20, 50)
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def run(shards: Iterable[Numbered], job: Job, workers: int, address: str = "") -> Iterator[Result]:
    """Yield the result of every shard."""
    if workers < 2:
        without_pandas()
        with seldom():
            for number, shard in shards:
                yield Result(number, (audit_shard(shard, job),))
        return
    left = iter(shards)
    while True:
        suspects: list[Numbered] = []
        yield from pooled(left, job, workers, suspects)
        if not suspects:
            return
        for number, shard in suspects:
            yield Result(number, tuple(alone(shard, job)))


def pooled(
    left: Iterator[Numbered], job: Job, workers: int, suspects: list[Numbered]
) -> Iterator[Result]:
    """Yield results until nothing is left, or a worker dies: then fill `suspects`."""
    running: dict[Future[Done], Numbered] = {}
    try:
        with pool(workers) as executor:
            while True:
                # one waits, so that no worker does
                for each in islice(left, workers + 1 - len(running)):
                    suspects.append(each)  # until it is in the pool, which may break just now
                    running[submit(executor, audit_shard, each[1], job)] = suspects.pop()
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done = future.result()
                    yield Result(running.pop(future)[0], (done,))
    except BrokenProcessPool:
        suspects += running.values()


def alone(shard: Shard, job: Job) -> Iterator[Done]:
    """Yield the parts of a shard that may have killed a worker, run in a process of its own."""
    done = once(shard, job)
    if done is not None:
        yield done
        return
    smaller = halves(shard)
    if len(smaller) < 2:
        yield lost(shard, job)
        return
    for each in smaller:
        yield from alone(each, job)


def once(shard: Shard, job: Job) -> Done | None:
    """Return the part of a shard, None if the process died."""
    try:
        with pool(1) as executor:
            return submit(executor, audit_shard, shard, job).result()
    except BrokenProcessPool:
        return None


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool; whatever ends it early, no process of it is left.

    Let a BrokenProcessPool through: a process that was just being started when another died is
    one that the pool waits for without end.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")  # a worker is one core's worth
    with held_back():  # a process that cleans up behind the pool begins here
        executor = ProcessPoolExecutor(workers, get_context("spawn"), begin, (shared(),))
    try:
        yield executor
    except BaseException:
        for process in active_children():
            process.kill()
        executor.shutdown(wait=True, cancel_futures=True)
        raise
    executor.shutdown()


def submit(executor: ProcessPoolExecutor, work: Callable[..., T], *given: object) -> Future[T]:
    """Give work to a pool, which may start a process for it."""
    with held_back():
        return executor.submit(work, *given)


@contextmanager
def seldom() -> Iterator[None]:
    """Let the garbage collector run seldom: scorecards have no cycles, and there are many."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def begin(number: Any) -> None:
    """Prepare a worker: Ctrl-C is its parent's business, and it does not outlive its parent."""
    without_pandas()
    share(number)
    gc.set_threshold(*SELDOM)
    for one in FROM_TERMINAL:
        signal.signal(one, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the parent to end, and end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
