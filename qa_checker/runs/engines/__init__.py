"""One file an engine: who runs `audit_shard` on the shards, found by this folder.

    def run(shards, job, workers, address) -> Iterator[Result]

`shards` are numbered, in order; results come as they are ready, each with its shard's number.
An engine adds nothing to what `audit_shard` does: the parts are the same whoever makes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from qa_checker.problem import BadInput
from qa_checker.runs.job import Job
from qa_checker.runs.shard import Done
from qa_checker.runs.shards import Shard

Numbered = tuple[int, Shard]


class Result(NamedTuple):
    """What became of a shard: its part; several if it had to be cut because a worker died."""

    number: int
    done: tuple[Done, ...]


class Engine(Protocol):
    """What a module of this folder offers."""

    def run(
        self, shards: Iterable[Numbered], job: Job, workers: int, address: str
    ) -> Iterator[Result]:
        """Yield the result of every shard, in any order."""


def named(text: str) -> tuple[str, str]:
    """Return the name of an engine and its address: of dask://host:port both, of dask no address.

    Raises BadInput if there is no such engine.
    """
    name, sign, _ = text.partition("://")
    engine(name)
    return name, text if sign else ""


def engine(name: str) -> Engine:
    """Return an engine by its name. Raises BadInput if there is none."""
    known = sorted(found.name for found in iter_modules(__path__) if found.name[0] != "_")
    if name not in known:
        raise BadInput(f"no engine {name}; there are {', '.join(known)}")
    return cast(Engine, import_module(f"{__name__}.{name}"))
