"""The rubric's checks in plain Python over hits, for the contenders without a rule language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.contenders.phrasebook import Found, Span, leftmost_longest
from benchmarks.contenders.plain_timing import interruptions, silences, talk_share
from benchmarks.rulebook import CHECKS
from qa_checker.call import AGENT, Call

Verdict = tuple[str, int]
"""The verdict, and the number of violations."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a plain contender says of a call: enough to compare, and its hits."""

    score: float | None
    items: dict[str, Verdict]
    found: Found


def checks(call: Call, texts: Sequence[str], found: Found) -> Result:
    """Judge all items of the rubric."""
    agent = [place for place, turn in enumerate(call.turns) if turn.role == AGENT]
    avoided = leftmost_longest([s for n, spans in found.items() if n[:5] == "avoid" for s in spans])
    items = {
        "greeting": at_least_one([s for s in found["greeting"] if s[0] in agent[:2]]),
        "flow": in_order([found[name] for name in ("greeting", "identity", "closing")]),
        "closing": at_least_one([s for s in found["closing"] if s[0] in agent[-2:]]),
        "paraphrase": at_least_one(found["paraphrase"]),
        "empathy": answered(found["anger"], found["empathy"], agent),
        "soft_words": at_most(len(avoided), 0),
        "promise": at_most(len(found["promise"]), 0),
        "callback": promised(found["complaint"], found["callback"], agent),
        "interrupting": at_most(interruptions(call), 2),
        "silence": at_most(silences(call, texts, found["hold"]), 0),
        "talk_share": ("pass", 0) if talk_share(call) <= 58 else ("fail", 1),
    }
    return Result(score(items), items, found)


def at_least_one(spans: Sequence[Span]) -> Verdict:
    """Something must be said."""
    return ("pass", 0) if spans else ("fail", 1)


def at_most(count: int, allowed: int) -> Verdict:
    """Something may be said so many times."""
    return ("fail", count - allowed) if count > allowed else ("pass", 0)


def in_order(steps: Sequence[Sequence[Span]]) -> Verdict:
    """The first occurrences of the steps must follow each other."""
    firsts = [spans[0] for spans in steps if spans]
    if len(firsts) < 2:
        return "na", 0
    return at_most(sum(late < early for early, late in pairwise(firsts)), 0)


def answered(anchors: Sequence[Span], answers: Sequence[Span], agent: Sequence[int]) -> Verdict:
    """Each turn with an anchor must be answered within the agent's next two turns."""
    open_anchors = judged = 0
    said = {turn for turn, _, _ in answers}
    for anchor in sorted({turn for turn, _, _ in anchors}):
        following = [turn for turn in agent if turn > anchor][:2]
        judged += bool(following)
        open_anchors += bool(following) and not said.intersection(following)
    return at_most(open_anchors, 0) if judged else ("na", 0)


def promised(anchors: Sequence[Span], answers: Sequence[Span], agent: Sequence[int]) -> Verdict:
    """After the first anchor there must be an answer."""
    if not anchors or agent[-1] < anchors[0][0]:
        return "na", 0
    return at_least_one([span for span in answers if span[0] > anchors[0][0]])


def score(items: dict[str, Verdict]) -> float | None:
    """Return the points earned of those possible, in percent."""
    possible = earned = 0
    for name, (verdict, violations) in items.items():
        points, deduct, _ = CHECKS[name]
        if verdict != "na":
            possible += points
            earned += max(0, points - deduct * violations)
    return round(100 * earned / possible, 6) if possible else None
