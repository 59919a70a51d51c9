"""The loop that everybody writes first: `for phrase in phrases: if phrase in text`.

Each phrase is tried on each turn; role, word ends and negation are looked at for what is
found. The checks are those of plain_checks.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.contenders import Judge, Outline
from benchmarks.contenders.phrasebook import (
    Entry,
    Span,
    compared,
    entries,
    fits,
    leftmost_longest,
)
from benchmarks.contenders.plain_checks import Result, checks
from qa_checker.call import Call

NEGATED = {
    "zh": re.compile(r"(?:不|没)(?:敢|能|是|说|有)*$"),
    "en": re.compile(r"(?:\bnot|\bnever|n't)(?: [^ ]+){0,2} $"),
}
"""What stands before a hit that is not meant, in its clause."""
CLAUSE = re.compile(r"[，、,:。？！；.?!;]")


def prepare(rubric: Path, language: str) -> Judge:
    """Read the lexicon and return the loop."""
    known = list(entries(rubric))

    def judge(call: Call) -> Result:
        texts = [compared(turn, language) for turn in call.turns]
        roles = [turn.role for turn in call.turns]
        found = {entry.name: hits(entry, texts, roles, language) for entry in known}
        return checks(call, texts, found)

    return partial(map, judge)


def outline(result: Result) -> tuple[float | None, Outline]:
    """Return the score and the verdicts."""
    return result.score, result.items


def hits(entry: Entry, texts: Sequence[str], roles: Sequence[str], language: str) -> list[Span]:
    """Return the hits of an entry in a call."""
    spans: list[Span] = []
    for turn, text in enumerate(texts):
        for phrase in entry.phrases:
            if phrase in text and roles[turn] == entry.role:
                spans += [(turn, start, end) for start, end in places(phrase, text)]
        for head, most, tail in entry.gaps:
            if head in text and tail in text and roles[turn] == entry.role:
                spans += [(turn, *span) for span in stretches(head, most, tail, text)]
    spans = leftmost_longest(spans)
    if entry.negation == "drop":
        spans = [span for span in spans if not negated(texts[span[0]][: span[1]], language)]
    return spans


def places(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands without cutting an English word."""
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (goes_on(text, start) or goes_on(text, end)):
            yield start, end
        start = text.find(phrase, start + 1)


def stretches(head: str, most: int, tail: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase with a gap stands."""
    tails = list(places(tail, text))
    for start, stop in places(head, text):
        for begin, end in tails:
            if begin >= stop and fits(text, stop, begin, most):
                yield start, end


def goes_on(text: str, place: int) -> bool:
    """Tell whether an English word goes on across a place."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


def negated(before: str, language: str) -> bool:
    """Tell whether the clause in front of a hit negates it."""
    return NEGATED[language].search(CLAUSE.split(before)[-1]) is not None
