"""The limit: the automata of the rubric over text that is ready, and nothing else.

What `given` makes of the calls is not timed; what is found is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from qa_checker import load_rubric
from qa_checker.call import Call
from qa_checker.matching.automaton import framed
from qa_checker.text.characters import Codes
from qa_checker.text.plain import plain

TOGETHER = 64
"""Calls whose text is scanned at once, as for `audit`."""


def given(calls: Sequence[Call]) -> list[Codes]:
    """Return the text of the calls as codes, some calls at a time."""
    some = [calls[first : first + TOGETHER] for first in range(0, len(calls), TOGETHER)]
    texts = ([turn.text for call in each for turn in call.turns] for each in some)
    return [framed(plain(each).codes) for each in texts]


def prepare(rubric: Path, language: str) -> Callable[[Iterable[Codes]], Iterator[int]]:
    """Return the scan; it tells how many literals may stand in each text."""
    automata = load_rubric(rubric).plans[language].automata

    def scan(texts: Iterable[Codes]) -> Iterator[int]:
        for text in texts:
            yield sum(
                len(each.finder.find_matches_as_indexes(each.spelled(text).data, overlapping=True))
                for each in automata
            )

    return scan
