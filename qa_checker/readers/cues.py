"""Which unknown speaker is the agent, by what they say; never by how long they talk.

Each speaker's score is agent cues minus customer cues (`cues.txt`), the first three
segments counting double. The highest is the agent if it leads by at least 2; with two
speakers the other is then the customer. Anything closer stays unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Segment
from qa_checker.readers.words import sections

MARGIN = 2
Who = tuple[str, str]


def decide(segments: Sequence[Segment]) -> tuple[Mapping[Who, str], list[str]]:
    """Return the role of each (role, speaker) that cue words settle, and notes on it."""
    people = [AGENT, CUSTOMER, UNKNOWN]
    scores = score([segment for segment in segments if segment.role in people])
    unknown = sorted({who for who in scores if who[0] == UNKNOWN}, key=lambda who: who[1])
    if not unknown:
        return {}, []
    best, margin = _leader(scores)
    against = best[0] == CUSTOMER or (best[0] == UNKNOWN and AGENT in {role for role, _ in scores})
    if len(scores) < 2 or margin < MARGIN or against:
        return {}, [_undecided(unknown, len(scores), margin)]
    found = {best: AGENT} | {who: CUSTOMER for who in unknown if _customer(who, best, scores)}
    found = {who: role for who, role in found.items() if who[0] == UNKNOWN}
    return found, [_decided(found, unknown, margin)]


def score(segments: Sequence[Segment]) -> dict[Who, int]:
    """Return agent cues minus customer cues of every speaker."""
    spoken: dict[Who, int] = defaultdict(int)
    points: dict[Who, int] = defaultdict(int)
    for segment in segments:
        who, text = (segment.role, segment.speaker), segment.text.casefold()
        weight = 2 if spoken[who] < 3 else 1
        spoken[who] += 1
        points[who] += weight * (_count("agent", text) - _count("customer", text))
    return dict(points)


def _count(side: str, text: str) -> int:
    return len(set(_pattern(side).findall(text)))


@cache
def _pattern(side: str) -> re.Pattern[str]:
    phrases = sorted(sections("cues.txt")[side], key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(re.escape(phrase) for phrase in phrases))


def _leader(scores: Mapping[Who, int]) -> tuple[Who, int]:
    order = sorted(scores, key=lambda who: (-scores[who], who))
    margin = scores[order[0]] - scores[order[1]] if len(order) > 1 else 0
    return order[0], margin


def _customer(who: Who, agent: Who, scores: Mapping[Who, int]) -> bool:
    return who != agent and (len(scores) == 2 or scores[who] <= -MARGIN)


def _label(speaker: str) -> str:
    return speaker or "(no label)"


def _undecided(unknown: Sequence[Who], speakers: int, margin: int) -> str:
    names = ", ".join(_label(speaker) for _, speaker in unknown[:6])
    why = f"cue words are too close, margin {margin}" if speakers > 1 else "only one speaker label"
    return f"roles unknown for {names}: {why}; name them with roles"


def _decided(found: Mapping[Who, str], unknown: Sequence[Who], margin: int) -> str:
    parts = [f"{_label(who[1])} = {found.get(who, UNKNOWN)}" for who in unknown[:6]]
    return f"roles by cue words: {', '.join(parts)} (margin {margin})"
