"""Advice for one call: the blanks that a rubric's author left are filled from the evidence."""

from __future__ import annotations

from collections.abc import Mapping

from qa_checker import lazy_re
from qa_checker.reports.telling import priced
from qa_checker.rules.lexicon import Entry
from qa_checker.scorecard import Evidence, Verdict

BLANK = lazy_re.compile(r"\{(text|count|turn|instead)\}")
NOTHING = "……"


def advice(pattern: str, verdict: Verdict, entries: Mapping[str, Entry]) -> str:
    """Return advice with its blanks filled; dots where there is nothing to fill them with.

    `{text}` and `{turn}` are the first words that cost points and their turn, `{count}`
    how many violations there were, `{instead}` what the lexicon proposes to say.
    """
    if "{" not in pattern:
        return pattern
    values = blanks(verdict, entries)
    return BLANK.sub(lambda blank: values.get(blank[1]) or NOTHING, pattern)


def unfilled(pattern: str) -> str:
    """Return advice that has no call to be about: dots in its blanks."""
    return BLANK.sub(NOTHING, pattern)


def blanks(verdict: Verdict, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return what fills each blank."""
    found = priced(verdict)
    costly = [one for one, price in found if price is not None] or [one for one, _ in found]
    first: Evidence | None = costly[0] if costly else None
    entry = entries.get(first.name) if first else None
    return {
        "text": first.quote if first else "",
        "turn": str(first.turn) if first else "",
        "count": str(verdict.violations),
        "instead": " / ".join(entry.instead) if entry else "",
    }
