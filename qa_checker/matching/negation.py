"""Whether a hit is negated in its clause; the words for it are data in negation.yaml.

A clause is what follows the last mark. Chinese: a negator, then only auxiliaries, up
to the hit. English: a negator among the three words before the hit. What only looks
like a negation (能不能, can't believe) is none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qa_checker import lazy_re
from qa_checker.text.characters import HARD, SOFT
from qa_checker.text.plain import Plain

WORDS_BEFORE = 3
LONGEST = 40
MARKS = (SOFT, HARD)
LETTER = lazy_re.compile("[a-z]")


@cache
def data() -> dict[str, Any]:
    """Return the word lists."""
    text = (files("qa_checker.matching") / "negation.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return lists


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Return what the clause before a negated Chinese hit ends with."""
    lists = data()[language]
    negators, auxiliaries = alternatives(lists["negators"]), alternatives(lists["auxiliaries"])
    return re.compile(f"(?:{negators})(?:{auxiliaries})*$")


@cache
def initials(language: str) -> re.Pattern[str]:
    """Return the characters with which negators begin: most clauses hold none of them."""
    return re.compile(f"[{''.join({word[0] for word in data()[language]['negators']})}]")


def alternatives(words: list[str]) -> str:
    """Return a regex for one of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def pseudo(language: str) -> re.Pattern[str]:
    """Return what only looks like a negation."""
    return re.compile(alternatives(data()[language]["pseudo"]))


def negated(plain: Plain, start: int, low: int, language: str) -> bool:
    """Tell whether the hit at `start`, in the turn that begins at `low`, is negated."""
    clause = clause_before(plain.text, plain.kinds, start, max(low, start - LONGEST))
    return chinese(clause) if language == "zh" else english(clause)


def negates(text: str, kinds: bytes, begin: int, end: int) -> bool:
    """Tell whether what stands in a gap of a phrase negates what follows, in either language."""
    clause = clause_before(text, kinds, end, begin)
    return chinese(clause) or english(clause)


def clause_before(text: str, kinds: bytes, place: int, begin: int) -> str:
    """Return what stands between the last mark before a place, or `begin`, and the place."""
    return text[max(begin, *(kinds.rfind(mark, begin, place) + 1 for mark in MARKS)) : place]


def may_negate(text: str) -> bool:
    """Tell whether a text may hold a negator: most hold none."""
    return initials("zh").search(text) is not None or LETTER.search(text) is not None


def chinese(clause: str) -> bool:
    """Tell whether a Chinese clause negates what follows it."""
    if not initials("zh").search(clause):
        return False
    hidden = pseudo("zh").sub(lambda found: "。" * len(found[0]), clause)
    return pattern("zh").search(hidden) is not None


def english(clause: str) -> bool:
    """Tell whether an English clause negates what follows it."""
    hidden = pseudo("en").sub(lambda found: re.sub(r"\S", "_", found[0]), clause)
    negators = data()["en"]["negators"]
    before = hidden.split()[-WORDS_BEFORE:]
    return any(word in negators or word.endswith("n't") for word in before)
