"""The loop that everybody writes first: `for phrase in phrases: if phrase in text`.

Each phrase is tried on each turn; role, word ends and negation are looked at for what is
found. The checks are those of plain_checks.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.contenders import Outline
from benchmarks.contenders.phrasebook import (
    HARD,
    Entry,
    Found,
    Span,
    compared,
    entries,
    leftmost_longest,
)
from benchmarks.contenders.plain_checks import Result, checks
from qa_checker.call import Call

NEGATED = {
    "zh": re.compile(r"(?:不|没)(?:敢|能|是|说|有)*$"),
    "en": re.compile(r"(?:\bnot|\bnever|n't)(?: [^ ]+){0,2} $"),
}
"""What stands before a hit that is not meant, in its clause."""
CLAUSE = re.compile(rf"[，、,:{re.escape(HARD)}]")
UNIT = rf"(?:[，、,: ]*(?:[a-z0-9.]+|[^\W0-9a-z_]))"


def prepare(rubric: Path, language: str) -> Callable[[Call], Result]:
    """Read the lexicon and return the loop."""
    known = list(entries(rubric))
    gaps = {entry.name: [gap_regex(*gap, language) for gap in entry.gaps] for entry in known}

    def judge(call: Call) -> Result:
        texts = [compared(turn, language) for turn in call.turns]
        roles = [turn.role for turn in call.turns]
        found = {
            entry.name: hits(entry, gaps[entry.name], texts, roles, language) for entry in known
        }
        return checks(call, texts, found, language)

    return judge


def outline(result: Result) -> tuple[float | None, Outline]:
    """Return the score and the verdicts."""
    return result.score, result.items


def gap_regex(head: str, most: int, tail: str, language: str) -> tuple[str, re.Pattern[str]]:
    """Return the head to look for first, and the regex of the whole."""
    space = " ?" if language == "en" else ""
    marks = "[，、,: ]*"
    inner = f"{UNIT}{{0,{most}}}{marks}{space}"
    return head, re.compile(re.escape(head) + inner + re.escape(tail))


def hits(
    entry: Entry,
    gaps: Sequence[tuple[str, re.Pattern[str]]],
    texts: Sequence[str],
    roles: Sequence[str],
    language: str,
) -> list[Span]:
    """Return the hits of an entry in a call."""
    spans: list[Span] = []
    for turn, text in enumerate(texts):
        for phrase in entry.phrases:
            if phrase in text and roles[turn] == entry.role:
                spans += [(turn, start, end) for start, end in places(phrase, text)]
        for head, regex in gaps:
            if head in text and roles[turn] == entry.role:
                spans += [(turn, *match.span()) for match in regex.finditer(text)]
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


def goes_on(text: str, place: int) -> bool:
    """Tell whether an English word goes on across a place."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


def negated(before: str, language: str) -> bool:
    """Tell whether the clause in front of a hit negates it."""
    return NEGATED[language].search(CLAUSE.split(before)[-1]) is not None
