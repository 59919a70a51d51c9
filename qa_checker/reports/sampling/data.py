"""A sample as plain data for programs, with its reasons in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa_checker.reports.sampling import tally
from qa_checker.reports.sampling.drawn import KINDS, Drawn, Plan, Sample
from qa_checker.reports.sampling.why import Titles, reasons
from qa_checker.reports.words import speaker


def as_data(sample: Sample, titles: Mapping[str, Titles]) -> dict[str, Any]:
    """Return a sample as plain data; `titles` are what people call things, by language."""
    plan, whole = sample.plan, tally.every(sample)
    return {
        "plan": {
            "per_agent": plan.per_agent,
            "total": tally.wanted(sample),
            "by": list(plan.by),
            "margins": plan.margins,
            "red_lines": plan.red_lines,
            "seed": plan.seed,
        },
        "available": whole.available,
        "skipped": sample.skipped,
        "drawn": {kind: whole.kinds.get(kind, 0) for kind in KINDS},
        "missing": {key.removeprefix("sampling."): count for key, count in tally.gaps(sample)},
        "calls": [call(plan, one, titles) for one in sample.drawn],
    }


def call(plan: Plan, drawn: Drawn, titles: Mapping[str, Titles]) -> dict[str, Any]:
    """Return a call that was drawn as plain data."""
    one = drawn.call
    why = {
        language: list(reasons(speaker(language), plan, drawn, named))
        for language, named in titles.items()
    }
    return {
        "call_id": one.call_id,
        "source": one.source,
        "agent": one.agent,
        "queue": one.queue,
        "started_at": one.started_at,
        "score": one.score,
        "band": one.band,
        "margin": None if one.margin is None else float(one.margin.points),
        "rule": one.rule,
        "drawn_as": drawn.kind,
        "why": why,
    }
