"""Why words that a phrase fits are no hit all the same: an exception, or a negation."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from qa_checker.hit import Hit
from qa_checker.judging.look import Look
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.text.plain import plain

Plans = dict[str, Plan]


class Dropped(NamedTuple):
    """What drops a hit: the phrase of an exception ("" if none does), or a negation."""

    unless: str = ""
    negated: bool = False


def dropped(
    look: Look, entry: Entry, pattern: Pattern, turn: int, start: int, end: int
) -> Dropped | None:
    """Return what drops a hit of a phrase in characters of the turn of an index, None if none is.

    The phrase is tried again without the exceptions of its entry, and without minding negations.
    """
    if not entry.unless and entry.negation != "drop":
        return None

    def there(plans: Plans, name: str) -> list[Hit]:
        found = hits(look, plans, turn).get(f"{entry.lexicon}.{name}", [])
        return [hit for hit in found if hit.start < end and start < hit.end]

    alone = look.compiled.once(pattern, tried_alone, entry)
    if not there(alone, "fits"):
        return None
    if not there(alone, "stands"):
        return Dropped(negated=True)
    if not entry.unless:
        return None
    exceptions = there(look.compiled.once(entry, of_exceptions), "excepted")
    return Dropped(unless=exceptions[0].phrase) if exceptions else None


def hits(look: Look, plans: Plans, turn: int) -> dict[str, list[Hit]]:
    """Return what the plan of a call's language finds in one turn."""
    if look.language not in plans:
        return {}
    spoken = look.call.turns[turn]
    return find(plans[look.language], plain([spoken.text]), [spoken.text], [spoken.role])


def tried_alone(pattern: Pattern, entry: Entry) -> Plans:
    """Return by language what finds a phrase of an entry: wherever it fits, and not negated."""
    stands = replace(entry, id="stands", phrases=(pattern,), unless=())
    fits = replace(stands, id="fits", negation="keep")
    return {language: compile_plan([fits, stands], language) for language in entry.languages}


def of_exceptions(entry: Entry) -> Plans:
    """Return by language what finds the exceptions of an entry."""
    excepted = replace(entry, id="excepted", phrases=entry.unless, unless=(), negation="keep")
    return {language: compile_plan([excepted], language) for language in entry.languages}
