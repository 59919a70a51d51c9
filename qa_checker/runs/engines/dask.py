"""Dask: processes of this machine, or a scheduler that is there already (`dask://host:port`).

A task whose worker dies is given to another one by Dask itself. One that kills several workers
is looked at here, in a process of its own, as the local run does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from qa_checker.problem import BadInput
from qa_checker.runs.engines import Numbered, Result
from qa_checker.runs.engines._task import attempt, lacked, lacking, library, result
from qa_checker.runs.engines.local import alone
from qa_checker.runs.job import Job
from qa_checker.store.keys import engine as program

AHEAD = 1000
"""Tasks that are known to the scheduler at a time, so that it may ask for more workers."""

SELDOM = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
"""Dask looks at its workers every 10 and 20 ms, which is work as well; nobody asks for it here."""


def run(shards: Iterable[Numbered], job: Job, workers: int, address: str = "") -> Iterator[Result]:
    """Yield the result of every shard."""
    distributed = library("distributed", "dask")
    each, running = iter(shards), dict[str, Numbered]()
    with connected(distributed, workers, address) as client:
        ready = distributed.as_completed()
        while True:
            for one in islice(each, AHEAD - len(running)):
                future = client.submit(attempt, one[1], job, program(), pure=False)
                running[future.key] = one
                ready.add(future)
            if not running:
                return
            future = next(ready)
            number, shard = running.pop(future.key)
            if isinstance(future.exception(), distributed.KilledWorker):
                yield Result(number, tuple(alone(shard, job)))
            else:
                yield result(number, future.result())


@contextmanager
def connected(distributed: Any, workers: int, address: str) -> Iterator[Any]:
    """Connect to a scheduler, or to one of our own with a process for each core to use."""
    if address:
        try:
            client = distributed.Client(address.replace("dask://", "tcp://"))
        except OSError:
            raise BadInput(f"{address}: no Dask scheduler answers there") from None
        with client:
            if nodes := without_us(client):
                raise lacking(address, "qa_checker", nodes)
            try:
                yield client
            except Exception as error:
                if what := lacked(error):
                    raise lacking(address, what) from error
                raise
        return
    # a worker is one core's worth; Dask lets each have one thread for OpenMP and BLAS as well
    with (
        library("dask.config", "dask").set(SELDOM),
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",  # any port: 8787 may be taken
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def without_us(client: Any) -> list[str]:
    """Return the nodes of a cluster that lack qa_checker: such a worker ends at its first task."""
    versions = client.get_versions(packages=["qa_checker"])
    nodes = {"the scheduler": versions["scheduler"], **versions["workers"]}
    return [name for name, node in nodes.items() if not node["packages"].get("qa_checker")]
