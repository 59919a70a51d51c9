"""On this machine: one process, or a pool of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context

from qa_checker.runs.engines import Numbered, Result
from qa_checker.runs.shard import Done, Job, audit_shard


def run(shards: Iterable[Numbered], job: Job, workers: int, address: str = "") -> Iterator[Result]:
    """Yield the result of every shard."""
    if workers < 2:
        for number, shard in shards:
            yield Result(number, (audit_shard(shard, job),))
        return
    each = iter(shards)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        running: dict[Future[Done], int] = {}
        while True:
            for number, shard in islice(each, workers + 1 - len(running)):
                running[pool.submit(audit_shard, shard, job)] = number
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                yield Result(running.pop(done), (done.result(),))
