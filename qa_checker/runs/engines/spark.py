"""Spark: on this machine, on a standalone cluster (`spark://host:port`), or under `spark-submit`.

Shards go in as rows and results come out as rows, wave by wave; one shard is one task. Spark
tries a task four times, on this machine too, which by itself it would not. A wave with a shard
that kills each worker fails as a whole; it is run here, as the local run does it.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa

from qa_checker.problem import BadInput
from qa_checker.remote import said
from qa_checker.runs.engines import Numbered, Result, local
from qa_checker.runs.engines._task import attempt, lacked, lacking, library, result
from qa_checker.runs.job import Job
from qa_checker.store.keys import engine as program

LEAST, A_CORE = 64, 16
"""Tasks of a wave: at least, and for each core. The cores are idle for a moment at its end."""

TRIES = 4
DIED = "Python worker exited unexpectedly"
SUBMITTED = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS")
ROW = "number long, pickled binary"


def run(shards: Iterable[Numbered], job: Job, workers: int, address: str = "") -> Iterator[Result]:
    """Yield the result of every shard."""
    sql = library("pyspark.sql", "spark")
    each = iter(shards)
    with connected(sql, workers, address) as session:
        while True:
            cores = session.sparkContext.defaultParallelism
            wave = list(islice(each, max(LEAST, A_CORE * cores)))
            if not wave:
                return
            try:
                found = collected(session, wave, job)
            except Exception as error:  # it says so in words only
                if what := lacked(error):
                    raise lacking(address or "spark", what) from error
                if DIED not in str(error):
                    raise BadInput(f"{address or 'spark'}: {said(error)}") from error
                yield from local.run(wave, job, max(2, workers))
                continue
            for number, came in found:
                yield result(number, pickle.loads(came))


def collected(session: Any, wave: Sequence[Numbered], job: Job) -> list[tuple[int, bytes]]:
    """Return the numbers and pickled results of a wave."""
    rows = [(number, pickle.dumps(shard)) for number, shard in wave]
    each_its_task = session.sparkContext.parallelize(rows, len(rows))
    frame = session.createDataFrame(each_its_task, ROW)
    found = frame.mapInArrow(partial(attempts, job=job, sender=program()), ROW).collect()
    return [tuple(row) for row in found]


def attempts(batches: Iterator[pa.RecordBatch], job: Job, sender: str) -> Iterator[pa.RecordBatch]:
    """Yield the results of batches of shards. Runs on a worker."""
    for batch in batches:
        numbers, shards = batch.columns
        came = [attempt(pickle.loads(each.as_py()), job, sender) for each in shards]
        made = pa.array([pickle.dumps(each) for each in came], pa.binary())
        yield pa.RecordBatch.from_arrays([numbers, made], names=batch.schema.names)


@contextmanager
def connected(sql: Any, workers: int, address: str) -> Iterator[Any]:
    """Open a session: at an address, else as it was submitted, else on this machine."""
    builder = sql.SparkSession.builder.appName("qa_checker")
    builder = builder.config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if address:
        builder = builder.master(address)
    elif not any(name in os.environ for name in SUBMITTED):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = builder.master(f"local[{workers},{TRIES}]")
    try:
        session = builder.getOrCreate()
    except Exception as error:
        raise BadInput(f"{address or 'spark'}: Spark does not start: {said(error)}") from error
    try:
        yield session
    finally:
        session.stop()
