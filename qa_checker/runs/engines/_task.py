"""What engines share: a task that brings its mistakes home, and a word on what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from qa_checker import lazy_re
from qa_checker.problem import BadFile, BadInput
from qa_checker.runs.engines import Result
from qa_checker.runs.engines.local import seldom
from qa_checker.runs.job import Job
from qa_checker.runs.shard import Done, audit_shard
from qa_checker.runs.shards import Shard
from qa_checker.store.keys import engine as program

Came = Done | BadFile | BadInput | OSError
LACKING = lazy_re.compile(r"No module named '([\w.]+)'")
MOST = 3
"""Nodes that are named."""


def attempt(shard: Shard, job: Job, sender: str) -> Came:
    """Return the part of a shard, or what is wrong with it. Runs on a worker.

    A mistake is returned, not raised: engines try again what raises, and wrap it. `sender`
    is the program (keys.engine) of the run, which has to be the worker's as well.
    """
    try:
        if program() != sender:
            raise BadInput("a worker has another qa_checker, or other libraries; install the same")
        with seldom():
            return audit_shard(shard, job)
    except (BadFile, BadInput, OSError) as error:
        return error


def result(number: int, came: Came) -> Result:
    """Return the result of a shard. Raises what was wrong."""
    if isinstance(came, Exception):
        raise came
    return Result(number, (came,))


def lacking(address: str, what: str, nodes: Sequence[str] = ()) -> BadInput:
    """Return what to say where some nodes of a cluster (not all are known) lack a module."""
    where = f" on {', '.join(nodes[:MOST])}{' …' if len(nodes) > MOST else ''}" if nodes else ""
    return BadInput(f"{address}: no {what} there{where}; install the same qa_checker on every node")


def lacked(error: BaseException | None) -> str:
    """Return the module that an error says is not there, "" if it says nothing of the kind."""
    while error is not None:
        if found := LACKING.search(str(error)):
            return found[1].partition(".")[0]
        error = error.__cause__ or error.__context__
    return ""


def library(name: str, engine: str) -> Any:
    """Return the module an engine is made of. Raises BadInput if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        how = f"pip install 'qa_checker[{engine}]'"
        raise BadInput(f"--engine {engine} needs {name}, which is not installed: {how}") from None
