"""Interruptions, silences and talk share in plain Python, as the rubric asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.contenders.phrasebook import Span
from qa_checker.call import AGENT, Call, Segment

NOD = re.compile(r"(?:[嗯对好的是哦行]|mm-hm|right|okay|yeah|yes|sure|uh huh|\W)+", re.IGNORECASE)
NEAR, SHORT = 60, {"zh": 8, "en": 20}


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


def silences(call: Call, texts: Sequence[str], holds: Sequence[Span], language: str) -> int:
    """Count the pauses of five seconds that end with the agent and were not asked for."""
    pieces = [(turn, s) for turn, whole in enumerate(call.turns) for s in whole.segments]
    pieces.sort(key=lambda piece: piece[1].start or 0.0)
    count, last = 0, pieces[0]
    for piece in pieces[1:]:
        pause = round((piece[1].start or 0.0) - (last[1].end or 0.0), 3)
        if pause > 5 and piece[1].role == AGENT:
            count += not asked(last[0], texts, holds, SHORT[language])
        if (piece[1].end or 0.0) >= (last[1].end or 0.0):
            last = piece
    return count


def asked(turn: int, texts: Sequence[str], holds: Sequence[Span], short: int) -> bool:
    """Tell whether a turn, or the one before a short reply, ends with a request to wait."""
    turns = [turn] if len(texts[turn]) > short or not turn else [turn, turn - 1]
    return any(hit[0] == t and hit[2] >= len(texts[t]) - NEAR for t in turns for hit in holds)


def talk_share(call: Call) -> float:
    """Return the agent's share of the seconds spoken, in percent."""
    spoken = {AGENT: 0.0, "customer": 0.0}
    for segment in call.segments:
        spoken[segment.role] += round((segment.end or 0.0) - (segment.start or 0.0), 3)
    return round(100 * spoken[AGENT] / sum(spoken.values()), 9)
