"""Ray: processes of this machine, or a cluster that is there already (`ray://host:port`).

A task whose worker dies is given to another one by Ray itself. One that kills several workers
is looked at here, in a process of its own, as the local run does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from qa_checker.problem import BadInput
from qa_checker.remote import said
from qa_checker.runs.engines import Numbered, Result
from qa_checker.runs.engines._task import attempt, lacked, lacking, library, result
from qa_checker.runs.engines.local import alone
from qa_checker.runs.job import Job
from qa_checker.store.keys import engine as program

AHEAD = 1000
"""Tasks that are known to the cluster at a time, so that it may ask for more workers."""

TOKEN = "; one that asks for a token needs RAY_AUTH_MODE=token here"
STORE = 128 * 1024 * 1024
"""Bytes for what tasks are given and give back: parts do not pass through it."""


def run(shards: Iterable[Numbered], job: Job, workers: int, address: str = "") -> Iterator[Result]:
    """Yield the result of every shard."""
    ray = library("ray", "ray")
    each, running = iter(shards), dict[Any, Numbered]()
    with connected(ray, workers, address):
        task, given = ray.remote(num_cpus=1, max_retries=3)(attempt), ray.put(job)
        while True:
            for one in islice(each, AHEAD - len(running)):
                running[task.remote(one[1], given, program())] = one
            if not running:
                return
            for ready in ray.wait([*running], num_returns=1)[0]:
                number, shard = running.pop(ready)
                try:
                    yield result(number, ray.get(ready))
                except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError):
                    yield Result(number, tuple(alone(shard, job)))


@contextmanager
def connected(ray: Any, workers: int, address: str) -> Iterator[None]:
    """Connect to a cluster, or to one of our own with a process for each core to use."""
    # Ray tells its makers about every cluster unless it is told not to
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    own = {"num_cpus": workers, "object_store_memory": STORE, "include_dashboard": False}
    try:
        ray.init(
            address or "local",
            logging_level="ERROR",
            log_to_driver=False,
            **({} if address else own),
        )
    except (ConnectionError, OSError):
        token = "" if "RAY_AUTH_MODE" in os.environ else TOKEN
        raise BadInput(f"{address or 'ray'}: no Ray cluster answers there{token}") from None
    except RuntimeError as error:  # another Ray or another Python there
        raise BadInput(f"{address or 'ray'}: {said(error)}") from None
    try:
        yield
    except Exception as error:
        if what := lacked(error):
            raise lacking(address or "ray", what) from error
        raise
    finally:
        ray.shutdown()
