"""The limit: the automata of the rubric over text that is ready, and nothing else.

What `given` makes of the calls is not timed; what is found is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from qa_checker import load_rubric
from qa_checker.call import Call
from qa_checker.text.plain import plain

TOGETHER = 64
"""Calls whose text is scanned at once, as for `audit`."""


def given(calls: Sequence[Call]) -> list[str]:
    """Return the text of the calls as it is looked through, some calls at a time."""
    some = [calls[first : first + TOGETHER] for first in range(0, len(calls), TOGETHER)]
    return [plain([turn.text for call in each for turn in call.turns]).text for each in some]


def prepare(rubric: Path, language: str) -> Callable[[Iterable[str]], Iterator[int]]:
    """Return the scan; it tells how many literals stand in each text."""
    automata = load_rubric(rubric).plans[language].automata

    def scan(texts: Iterable[str]) -> Iterator[int]:
        for text in texts:
            yield sum(
                len(each.finder.find_matches_as_indexes(text, overlapping=True))
                for each in automata
            )

    return scan
