"""The calls of a finished run as candidates: only the columns a sample needs, group by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.reports.sampling.drawn import Candidate, Margin
from qa_checker.rules.rubric import Rubric
from qa_checker.store import manifest as manifests
from qa_checker.store import parts
from qa_checker.store.columns import values
from qa_checker.store.manifest import Manifest
from qa_checker.studies.sampling.margins import margin_of

COLUMNS = (
    "call_id", "source", "agent", "queue", "started_at", "score", "band", "failed_by",
    "provisional", "skipped", "rule",
)  # fmt: skip
Edges = dict[tuple[str, float | None], Margin | None]


def candidates(out: str, manifest: Manifest, rubrics: Mapping[str, Rubric]) -> Iterator[Candidate]:
    """Yield every call of a run; `rubrics` are those it was judged by, by id@version#hash."""
    known: Edges = {}
    for place in manifests.live(out, manifest):
        for table in parts.tables(place, COLUMNS):
            # the columns come in the order of the file
            columns = [values(table.column(name)) for name in COLUMNS]
            for row in zip(*columns, strict=True):
                yield candidate(row, known, rubrics)


def candidate(row: tuple[Any, ...], known: Edges, rubrics: Mapping[str, Rubric]) -> Candidate:
    """Return a row as a candidate; `known` keeps the margins that were worked out."""
    call_id, source, agent, queue, started_at, score, band, crossed, open_items, skipped, rule = row
    if (rule, score) not in known:
        known[rule, score] = margin_of(score, rubrics[rule])
    return Candidate(
        call_id=call_id,
        source=source,
        agent=agent,
        queue=queue,
        started_at=started_at,
        score=score,
        band=band,
        margin=known[rule, score],
        red_lines=tuple(crossed),
        provisional=open_items,
        skipped=skipped,
        rule=rule,
    )
