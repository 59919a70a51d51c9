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
    agents: defaultdict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0


def open_spool(folder: Path) -> Spool:
    """Open an empty spool in a folder; close its `file` when done."""
    return Spool(tempfile.TemporaryFile(dir=folder))


def keep(spool: Spool, judged: Judged) -> None:
    """Append a call."""
    rubric = next((n for n, r in enumerate(spool.rubrics) if r is judged.rubric), None)
    if rubric is None:
        rubric = len(spool.rubrics)
        spool.rubrics.append(judged.rubric)
    # a mappingproxy, which is what a Call's empty metadata is, cannot be pickled
    call = replace(judged.call, metadata=dict(judged.call.metadata))
    kept = Kept(spool.size, spool.file.tell(), judged.call.started_at)
    pickle.dump((rubric, call, plain_card(judged.card)), spool.file, pickle.HIGHEST_PROTOCOL)
    spool.agents[judged.card.agent or judged.call.agent].append(kept)
    spool.size += 1


def calls(spool: Spool, agent: str) -> Iterator[Judged]:
    """Yield the calls of an agent by their start, or as they came where a start is unknown."""
    for kept in ordered(spool.agents[agent]):
        yield load(spool, kept)


def ordered(kept: list[Kept]) -> list[Kept]:
    """Return the calls of an agent in the order of their workbook."""
    if all(one.started_at for one in kept):
        return sorted(kept, key=lambda one: (one.started_at, one.number))
    return kept


def load(spool: Spool, kept: Kept) -> Judged:
    """Read one call back."""
    spool.file.seek(kept.offset)
    rubric, call, card = pickle.load(spool.file)
    return Judged(call, card, spool.rubrics[rubric])


def plain_card(card: Scorecard) -> Scorecard:
    """Return a card whose texts by language are plain dictionaries."""
    verdicts = tuple(one._replace(title=dict(one.title)) for one in card.verdicts)
    signals = tuple(replace(one, title=dict(one.title)) for one in card.signals)
    return replace(card, verdicts=verdicts, signals=signals)
