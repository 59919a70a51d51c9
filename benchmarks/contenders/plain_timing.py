"""Interruptions, silences and talk share in plain Python, as the rubric asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.contenders.phrasebook import Span
from qa_checker.call import AGENT, Call, Segment

NOD = re.compile(r"(?:[嗯对好的是哦行]|mm-hm|right|okay|yeah|yes|sure|uh huh|\W)+", re.IGNORECASE)
SOON = 15.0


def interruptions(call: Call) -> int:
    """Count how often the agent cuts into what the customer has said for a second."""
    count = 0
    latest: dict[str, list[Segment]] = {}
    for said in utterances(call):
        role = said[0].role
        for talk in [each for other, each in latest.items() if other != role]:
            started, ends = said[0].start or 0.0, talk[-1].end or 0.0
            overlap = round(min(said[-1].end or 0.0, ends) - started, 3)
            if overlap > 0.5 and started - (talk[0].start or 0.0) >= 1:
                count += role == AGENT and not all(NOD.fullmatch(s.text) for s in said)
        latest[role] = said
    return count


def utterances(call: Call) -> list[list[Segment]]:
    """Return what each side says without a pause of half a second, by its start."""
    said: dict[str, list[list[Segment]]] = {}
    for segment in sorted(call.segments, key=lambda s: s.start or 0.0):
        own = said.setdefault(segment.role, [])
        if own and (segment.start or 0.0) - (own[-1][-1].end or 0.0) <= 0.5:
            own[-1].append(segment)
        else:
            own.append([segment])
    return sorted((each for own in said.values() for each in own), key=lambda u: u[0].start or 0.0)


def silences(call: Call, texts: Sequence[str], holds: Sequence[Span]) -> int:
    """Count the pauses of five seconds that end with the agent and were not asked for."""
    said = [time_of(call, texts, hit) for hit in holds]
    pieces = sorted(call.segments, key=lambda segment: segment.start or 0.0)
    count, last = 0, pieces[0]
    for piece in pieces[1:]:
        ended = last.end or 0.0
        if round((piece.start or 0.0) - ended, 3) > 5 and piece.role == AGENT:
            count += not any(ended - SOON <= time <= ended for time in said)
        if (piece.end or 0.0) >= ended:
            last = piece
    return count


def time_of(call: Call, texts: Sequence[str], hit: Span) -> float:
    """Return about when a hit ends."""
    turn, share = call.turns[hit[0]], hit[2] / len(texts[hit[0]])
    started, ended = turn.start or 0.0, turn.end or 0.0
    return started + share * (ended - started)


def talk_share(call: Call) -> float:
    """Return the agent's share of the seconds spoken, in percent."""
    spoken = {AGENT: 0.0, "customer": 0.0}
    for segment in call.segments:
        spoken[segment.role] += round((segment.end or 0.0) - (segment.start or 0.0), 3)
    return round(100 * spoken[AGENT] / sum(spoken.values()), 9)
