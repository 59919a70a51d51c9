"""A run's agents dealt out to processes, each of which writes the workbooks of some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from qa_checker.reports.reviewed import keep_reviewed


@dataclass(frozen=True)
class Share:
    """Some agents of a run: all that whoever writes their workbooks has to know of the others.

    `files` are the names of the workbooks in `folder`, by agent. `language` is what was asked
    for, `summary` that of the summary. `rules` are the rubrics of the run (id@version#hash) as
    they are numbered; `details` and `limit` are those of `write_workbooks`, `before` is that of
    `reports.write`.
    """

    folder: Path
    files: Mapping[str, str]
    language: str
    summary: str
    rules: tuple[str, ...]
    details: int
    limit: int
    before: Mapping[str, str] = field(default_factory=dict)

    def keep_reviewed(self, agent: str) -> Path:
        """Return the place of an agent's workbook, where nothing is that people wrote in."""
        path = self.folder / self.files[agent]
        keep_reviewed(path, self.before.get(f"{self.folder.name}/{path.name}", ""))
        return path


class Written(NamedTuple):
    """What became of a share: workbooks by agent, and labels of calls by their numbers."""

    paths: dict[str, Path]
    labels: list[tuple[int, str]]


HandOut = Callable[[Share, Mapping[str, int], Callable[[], None]], Iterator[Written]]
"""Has a share written by several processes, which get about as many calls each.

It is told how many calls every agent has, and what is to be done while they are at work.
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
