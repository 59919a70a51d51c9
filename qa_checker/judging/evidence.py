"""Hits as evidence: quoted, numbered and timed for people."""

from __future__ import annotations

from qa_checker.hit import Hit
from qa_checker.judging.look import Look
from qa_checker.scorecard import Evidence


def evidence(look: Look, kind: str, hit: Hit) -> Evidence:
    """Return a hit as evidence of one kind."""
    name, index, start, end, role, phrase, via, _, _, detail, _ = hit
    turn = look.call.turns[index]
    segments = turn.segments
    segment, offset = (segments[0], 0) if len(segments) == 1 else turn.segment_at(start)
    time = segment.time_at(start - offset)
    quote = turn.text[start:end]
    return Evidence(
        kind, name, turn.number, role, start, end, quote, phrase, via, time, segment.line, detail
    )
