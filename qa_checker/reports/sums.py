"""The points a call lost, one line each, down to its score."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qa_checker.reports.judged import counted, own
from qa_checker.reports.remarks import no_score, not_applied
from qa_checker.reports.words import Say, cost, signed
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import MANUAL, Scorecard, Verdict, text, titled, words


def total(say: Say, rubric: Rubric, card: Scorecard, language: str) -> Iterator[str]:
    """Yield the sum: possible points, what was lost by what, and the score."""
    if card.skipped:
        yield not_applied(say, card.skipped)
        return
    judged = [one for one in card if counted(one)]
    possible = sum((one.points for one in judged), Fraction(0))
    yield say("why.possible", points=text(possible), total=text(rubric.total), count=len(judged))
    left = possible
    for verdict in judged:
        short = verdict.points - own(verdict)
        left -= short
        if short:
            yield f"    {signed(short)}  {name(rubric, verdict, language)}"
    for forfeit in card.forfeits:
        left -= forfeit.points
        key = "why.cleared" if forfeit.section else "why.zeroed"
        told = say(key, item=name(rubric, card[forfeit.item], language))
        yield f"    {cost(say, forfeit.points, True)}  {told}"
    yield from score_lines(say, card, left, possible, language)


def score_lines(
    say: Say, card: Scorecard, left: Fraction, possible: Fraction, language: str
) -> Iterator[str]:
    """Yield the score with its sum, the band, and whether it is provisional."""
    if card.score is None:
        yield no_score(say, card)
        return
    sum_of = {"got": text(left), "possible": text(possible)}
    yield say("why.score", score=card.shown, **sum_of) if possible else say("why.zero")
    if card.band:
        yield say("why.band", band=titled(card.band, card.band_title, language))
    waiting = sum(one.verdict == MANUAL and one.points > 0 for one in card)
    if waiting:
        yield say("call.provisional", count=waiting)


def name(rubric: Rubric, verdict: Verdict, language: str) -> str:
    """Return the question of an item."""
    rule = next((one for _, one in rubric.items if one.id == verdict.item), None)
    return words(rule.title if rule else verdict.title, language) or verdict.item


def section_name(rubric: Rubric, section: str, language: str) -> str:
    """Return the heading of a section."""
    found = next((one for one in rubric.sections if one.id == section), None)
    return (words(found.title, language) if found else "") or section
