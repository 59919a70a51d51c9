"""Calls and scorecards of a run on the disk, in the order of their agents.

A run may have more calls than fit in memory, and an agent's workbook goes over its
calls several times. The file has no name and goes away with the run.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qa_checker.call import Call
from qa_checker.reports.judged import Judged
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import Scorecard


class Kept(NamedTuple):
    """Where a call stands in the spool, and what an index needs of it."""

    number: int
    offset: int
    started_at: str


@dataclass
class Spool:
    """An open spool; `agents` maps each agent to its calls."""

    file: BinaryIO
    rubrics: list[Rubric] = field(default_factory=list)
    agents: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0


def open_spool(folder: Path) -> Spool:
    """Open an empty spool in a folder; close its `file` when done."""
    return Spool(tempfile.TemporaryFile(dir=folder))  # type: ignore[arg-type]


def keep(spool: Spool, judged: Judged) -> None:
    """Append a call."""
    rubric = next((n for n, r in enumerate(spool.rubrics) if r is judged.rubric), None)
    if rubric is None:
        rubric = len(spool.rubrics)
        spool.rubrics.append(judged.rubric)
    # a mappingproxy, which is what a Call's empty metadata is, cannot be pickled
    call = replace(judged.call, metadata=dict(judged.call.metadata))
    card = replace(judged.card, verdicts=tuple(plain(v) for v in judged.card.verdicts))
    kept = Kept(spool.size, spool.file.tell(), judged.call.started_at)
    pickle.dump((rubric, call, card), spool.file, pickle.HIGHEST_PROTOCOL)
    spool.agents[judged.card.agent or judged.call.agent].append(kept)
    spool.size += 1
