"""What a person should know about a call besides its points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qa_checker.reports.judged import Judged
from qa_checker.reports.words import Say
from qa_checker.scorecard import MANUAL, Forfeit


def remarks(say: Say, judged: Judged) -> Iterator[str]:
    """Yield why a call has no score or a provisional one, and what its reader noticed."""
    card = judged.card
    if card.skipped:
        yield say("call.skipped", reason=card.skipped)
    elif card.score is None:
        yield say("call.no_score")
    if card.provisional:
        waiting = sum(one.verdict == MANUAL and one.points > 0 for one in card)
        yield say("call.provisional", count=waiting)
    yield from dict.fromkeys([*judged.call.notes, *card.notes])


def red_lines(say: Say, forfeits: Iterable[Forfeit], titles: Mapping[str, str]) -> Iterator[str]:
    """Yield each red line that was crossed, by its question, and what it took."""
    for forfeit in forfeits:
        took = say("auto.section" if forfeit.section else "auto.score")
        yield f"{titles.get(forfeit.item, forfeit.item)}{say('evidence.tail', tail=took)}"
