"""The limit: the automata of the rubric over text that is ready, and nothing else.

What `given` makes of the calls is not timed; what is found is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from qa_checker import load_rubric
from qa_checker.call import Call
from qa_checker.text.plain import plain_each


def given(calls: Sequence[Call]) -> list[str]:
    """Return the text of each call as it is looked through."""
    return [plain.text for plain in plain_each([[t.text for t in c.turns] for c in calls])]


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
