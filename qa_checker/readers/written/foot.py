"""What stands below a written conversation: facts about the call, notes that nobody says.

    Customer: Thanks, bye.

    Call duration: 05:12
    Summary: The customer asked for a refund.

A foot begins below an empty line with such a label (`foot_words.txt`, or what is known about a
call, `metadata.py`); how long the call took may also follow at once. No line of it has a speaker.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache

from qa_checker.readers.about.metadata import meaning
from qa_checker.readers.words import fold, sections
from qa_checker.readers.written.lines import Line

DURATION = "duration"


def foot_size(parts: Sequence[Line], people: Container[str]) -> int:
    """Return how many lines at the end of a text are its foot, 0 if there is none."""
    size = 0
    for place in range(len(parts) - 1, 0, -1):
        part = parts[place]
        if part.label in people:
            break
        below = part.number - parts[place - 1].number > 1
        if _is_note(part) and (below or meaning(part.label) == DURATION):
            size = len(parts) - place
    return size


def is_fact(part: Line) -> bool:
    """Tell whether a line of a foot is a fact about the call: how long it took, when it was."""
    return bool(part.label and part.text and meaning(part.label))


def _is_note(part: Line) -> bool:
    return is_fact(part) or (fold(part.label) in _notes() and bool(part.text))


@cache
def _notes() -> frozenset[str]:
    return frozenset(map(fold, sections("foot_words.txt")["note"]))
