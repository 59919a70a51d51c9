"""Hits as evidence: quoted, numbered and timed for people."""

from __future__ import annotations

from collections.abc import Iterable

from qa_checker.call import Turn
from qa_checker.hit import Hit
from qa_checker.judging.look import Look
from qa_checker.scorecard import Evidence, maker

made = maker(Evidence)


def evidence(look: Look, hits: Iterable[tuple[str, Hit]]) -> tuple[Evidence, ...]:
    """Return hits, each with the kind of evidence that it is, as evidence."""
    turns = look.call.turns
    return tuple([shown(turns[hit.turn], kind, hit) for kind, hit in hits])


def shown(turn: Turn, kind: str, hit: Hit) -> Evidence:
    """Return a hit in a turn as evidence of one kind."""
    name, _, start, end, role, phrase, via, _, _, detail, _ = hit
    segments = turn.segments
    segment, offset = (segments[0], 0) if len(segments) == 1 else turn.segment_at(start)
    time, quote = segment.time_at(start - offset), turn.text[start:end]
    number, line = turn.number, segment.line
    return made((kind, name, number, role, start, end, quote, phrase, via, time, line, detail))
