"""Scenes for the events: calls written as turn lines, and the words they contain.

A stand-in until the matcher is there: `words_in` compiles the phrases of the lexicons `events`
to Python regexes (no homophones, fillers, slots of numbers or scoped negation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa_checker import resources
from qa_checker.call import Call, Segment, turns
from qa_checker.events import Scene
from qa_checker.hit import Hit
from qa_checker.rules.lexicon import Entry, read_lexicon
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.phrase import BuiltIn, Choice, Edge, Gap, Literal, Part, Phrase, Space
from qa_checker.rules.source import Source
from qa_checker.text.plain import Plain, plain

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
NUMBER = r"[0-9]+(?:[.,][0-9]+)*|[一二两三四五六七八九十百千万]+"


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


def scene(call: Call, language: str) -> Scene:
    """Return what the events see of a call."""
    text = plain([turn.text for turn in call.turns])
    hits = {entry.full_name: list(words_in(call, text, entry)) for entry in entries(language)}
    return Scene(call, language, text, hits)


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """Return the entries that the events name."""
    file = resources.folder("lexicons") / language / "events.yaml"
    source = Source(f"{language}/events", file.read_text(encoding="utf-8"))
    lexicon = read_lexicon(source)
    assert lexicon is not None, source.problems
    return lexicon.entries


def words_in(call: Call, text: Plain, entry: Entry) -> Iterator[Hit]:
    """Yield the hits of an entry, leftmost and longest first."""
    for index, turn in enumerate(call.turns):
        if entry.role not in ("any", turn.role):
            continue
        first, last = text.bounds(index)
        here = text.text[first:last]
        spared = [span for pattern in entry.unless for span in spans(pattern, here)]
        found = [span for pattern in entry.phrases for span in spans(pattern, here)]
        done = 0
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            negated = entry.negation == "drop" and re.search("[不没别]$", here[:start])
            if start < done or negated or any(a <= start and end <= b for a, b in spared):
                continue
            done = end
            begin, stop = text.as_read(index, first + start, first + end)
            yield Hit(entry.full_name, index, begin, stop, turn.role)


def spans(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    """Return where a pattern matches."""
    return [found.span() for found in compiled(pattern).finditer(text) if found.group()]


@cache
def compiled(pattern: Pattern) -> re.Pattern[str]:
    """Return a pattern as a regex."""
    if pattern.regex:
        return re.compile(pattern.regex)
    return re.compile(rf"(?<![a-z0-9])(?:{phrase(pattern.phrase)})(?![a-z0-9])")


def phrase(parts: Phrase) -> str:
    """Return a phrase as a regex."""
    return "".join(part_of(part) for part in parts)


def part_of(part: Part) -> str:
    """Return a part of a phrase as a regex."""
    match part:
        case Literal(text):
            return re.escape(text)
        case Space():
            return " ?"
        case Gap(least, most):
            return f"(?:[a-z0-9']+ ?|[^。a-z0-9]){{{least},{most}}}?"
        case BuiltIn():
            return f"(?:{NUMBER})"
        case Choice(options, optional):
            longest = sorted(map(phrase, options), key=len, reverse=True)
            return f"(?:{'|'.join(longest)}){'?' if optional else ''}"
        case Edge(start):
            return "^[ 。]*" if start else "[ 。]*$"
    return "[a-z0-9]*"
