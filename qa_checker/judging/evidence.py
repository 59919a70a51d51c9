"""Hits as evidence: quoted, numbered and timed for people."""

from __future__ import annotations

from qa_checker.hit import Hit
from qa_checker.judging.look import Look
from qa_checker.scorecard import Evidence


def evidence(look: Look, kind: str, hit: Hit) -> Evidence:
    """Return a hit as evidence of one kind."""
    turn = look.call.turns[hit.turn]
    segment, offset = turn.segment_at(hit.start)
    return Evidence(
        kind,
        hit.name,
        turn.number,
        hit.role,
        hit.start,
        hit.end,
        turn.text[hit.start : hit.end],
        hit.phrase,
        hit.via,
        segment.time_at(hit.start - offset),
        segment.line,
        hit.detail,
    )
