"""Scenes for the events: calls written as turn lines, and the shipped words in them."""

from __future__ import annotations

import re
from functools import cache

from qa_checker.call import Call, Segment, turns
from qa_checker.events import Batch, Scene
from qa_checker.judging.asked import event_entries
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.text.plain import plain

LINE = re.compile(
    r"(?:\[(?P<start>[0-9.]+)-(?P<end>[0-9.]+)\]\s*)?(?P<label>[^:： ]+)\s*[:：]\s*(?P<text>.*)"
)
LABELS = {
    "客服": "agent",
    "坐席": "agent",
    "Agent": "agent",
    "客户": "customer",
    "Customer": "customer",
    "机器人": "bot",
    "Bot": "bot",
    "系统": "system",
    "System": "system",
    "主管": "supervisor",
    "Supervisor": "supervisor",
}


def call_of(text: str, language: str) -> Call:
    """Return the call that turn lines describe: `[0.0-3.0] 客服: …`, the times optional."""
    segments = []
    for line in text.strip().splitlines():
        found = LINE.fullmatch(line.strip())
        assert found, line
        start, end = (float(found[t]) if found[t] else None for t in ("start", "end"))
        role = LABELS.get(found["label"], "unknown")
        segments.append(Segment(role, found["text"], found["label"], start, end))
    return Call("case", turns(segments), language=language)


@cache
def plan(language: str) -> Plan:
    """Return the shipped words of events, ready to be found."""
    return compile_plan(event_entries().values(), language)


def scene(call: Call, language: str) -> Scene:
    """Return what the events see of a call."""
    texts = [turn.text for turn in call.turns]
    text = plain(texts)
    hits = find(plan(language), text, texts, [turn.role for turn in call.turns])
    return Scene(call, language, text, hits, Batch([call]))
