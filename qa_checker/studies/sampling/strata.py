"""The strata of a plan: what calls are told apart by before the rest is drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from qa_checker import lazy_re
from qa_checker.problem import BadInput
from qa_checker.reports.sampling.drawn import Candidate, Stratum
from qa_checker.rules.source import did_you_mean

DATE = lazy_re.compile(r"\s*([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})")
"""ISO, and what spreadsheets make of it: 2026/1/3."""
DATED = 12
"""Characters in which a date ends."""


@lru_cache(maxsize=4096)
def date_of(text: str) -> str:
    """Return the date that a text begins with as ISO; "" if it begins with none."""
    found = DATE.match(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def day(call: Candidate) -> str:
    """Return the day a call began on, 2026-11-22; "" if that is not known."""
    return date_of(call.started_at[:DATED])


def week(call: Candidate) -> str:
    """Return the ISO week a call began in, 2026-W47; "" if that is not known."""
    known = day(call)
    if not known:
        return ""
    year, number, _ = date.fromisoformat(known).isocalendar()
    return f"{year}-W{number:02d}"


KEYS: Mapping[str, Callable[[Candidate], str]] = {
    "agent": lambda call: call.agent,
    "band": lambda call: call.band,
    "queue": lambda call: call.queue,
    "month": lambda call: day(call)[:7],
    "week": week,
    "day": day,
}


def keys(text: str) -> tuple[str, ...]:
    """Read keys with commas between; BadInput for one that is unknown or comes twice."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for place, name in enumerate(names):
        if name not in KEYS:
            raise BadInput(f'--by: "{name}" makes no strata; {did_you_mean(name, KEYS)}')
        if name in names[:place]:
            raise BadInput(f'--by: "{name}" stands there twice')
    return names


def stratum_of(call: Candidate, by: tuple[str, ...]) -> Stratum:
    """Return the stratum of a call."""
    return tuple(KEYS[key](call) for key in by)
