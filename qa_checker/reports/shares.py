"""A run's agents dealt out to processes, each of which writes the workbooks of some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from qa_checker.reports.reviewed import put


@dataclass(frozen=True)
class Share:
    """Some agents of a run: all that whoever writes their workbooks has to know of the others.

    `language` is what was asked for, `details` and `limit` are those of `write_workbooks`,
    `before` is that of `reports.write`. `files` are the names of the workbooks in `folder`, by
    agent, `summary` is the language of the summary, `rules` are the rubrics of the run
    (id@version#hash) as they are numbered.
    """

    folder: Path
    language: str
    details: int
    limit: int
    before: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    rules: tuple[str, ...] = ()

    def put(self, agent: str, write: Callable[[Path], object]) -> Placed:
        """Have the workbook of an agent written; return where, and what became of the other."""
        path = self.folder / self.files[agent]
        ours = self.before.get(f"{self.folder.name}/{path.name}", "")
        return Placed(path, put(path, ours, write))


class Placed(NamedTuple):
    """A workbook, and what became of the one that was there: see `reviewed.put`."""

    path: Path
    fate: str = ""


class Written(NamedTuple):
    """What became of a share: workbooks by agent, and labels of calls by their numbers."""

    books: dict[str, Placed]
    labels: list[tuple[int, str]]


HandOut = Callable[[Share], AbstractContextManager[Iterable[Written]]]
"""Has the workbooks of all agents written by several processes, beginning at once.

It is given a share without `files`, `summary` and `rules`, which it finds out by itself.
"""


def dealt(share: Share, sizes: Mapping[str, int], count: int) -> Sequence[Share]:
    """Cut a share into at most `count` with about as many calls; `sizes` are those of agents."""
    hands: list[dict[str, str]] = [{} for _ in range(count)]
    loads = [0] * count
    for agent in sorted(share.files, key=lambda one: (-sizes[one], one)):
        least = loads.index(min(loads))
        loads[least] += sizes[agent]
        hands[least][agent] = share.files[agent]
    return [replace(share, files=files) for files in hands if files]
