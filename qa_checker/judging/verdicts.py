"""Judge a call by a rubric. Pure: no files, no clock, no printing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from qa_checker.call import Call
from qa_checker.judging.checks import Judge, plan
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look, among, language_of
from qa_checker.judging.outcome import Outcome, na
from qa_checker.judging.points import (
    band_of,
    forfeits,
    passes,
    provisional,
    score_of,
    verdict_on,
)
from qa_checker.judging.signals import signal_of
from qa_checker.rules.checks import Check
from qa_checker.rules.rubric import Item, Rubric, Section
from qa_checker.scorecard import NA, PASS, Scorecard, Verdict, text

NO_ITEM = "no item of the rubric could be judged on this call"
ONE_SIDED = "only one side speaks, or neither has two turns: no score"


def no_score(possible: Fraction, all_points: Fraction, one_sided: bool) -> str:
    """Say why a call has no score."""
    if one_sided:
        return ONE_SIDED
    if not possible:
        return NO_ITEM
    return f"only {text(possible)} of {text(all_points)} points could be judged: no score"


def judge(rubric: Compiled, call: Call) -> Scorecard:
    """Return the scorecard of a call. `rubric` comes from load_rubric."""
    return judge_look(rubric, Look(rubric, call, language_of(call)))


def judge_look(rubric: Compiled, look: Look) -> Scorecard:
    """Return the scorecard of a call that is looked at; the look then knows what was found."""
    skipped, notes = applies(rubric.rubric, look)
    if skipped:
        return card(rubric, look, (), skipped=skipped)
    return card(rubric, look, tuple(verdicts(rubric, look)), notes)


def applies(rubric: Rubric, look: Look) -> tuple[str, list[str]]:
    """Return why a rubric does not apply to a call ("" if it does), and remarks."""
    notes = []
    for key, allowed in rubric.applies_to.items():
        value = look.meta(key)
        if not value:
            notes.append(f"{key} is not known; the rubric was applied")
        elif not among(value, allowed):
            return f"{key} is {value}, not {' / '.join(allowed)}", []
    return "", notes


def verdicts(compiled: Compiled, look: Look) -> Iterator[Verdict]:
    """Yield the verdict on each item."""
    for section, when, items in compiled.once(compiled.rubric, planned, compiled):
        shut = closed(when, look) if when else ""
        for task in items:
            outcome = na(shut) if shut else outcome_of(task, look)
            yield verdict_on(look, section, task.item, outcome)


class Task(NamedTuple):
    """An item, and what judges its condition (None: it has none) and its check."""

    item: Item
    when: Judge | None
    check: Judge


def planned(rubric: Rubric, compiled: Compiled) -> list[tuple[Section, Judge | None, list[Task]]]:
    """Return each section, what judges its condition, and its items."""

    def judge_of(check: Check | None) -> Judge | None:
        return None if check is None else plan(check, compiled)

    return [
        (
            section,
            judge_of(section.when),
            [Task(i, judge_of(i.when), plan(i.check, compiled)) for i in section.items],
        )
        for section in rubric.sections
    ]


def outcome_of(task: Task, look: Look) -> Outcome:
    """Judge an item: its condition first, then its check."""
    shut = closed(task.when, look) if task.when else ""
    return na(shut) if shut else task.check(look)


def closed(condition: Judge, look: Look) -> str:
    """Return why a condition keeps its items from being judged, "" if it does not."""
    outcome = condition(look)
    if outcome.verdict == PASS:
        return ""
    return outcome.reason if outcome.verdict == NA else "not_applicable"


def card(
    compiled: Compiled,
    look: Look,
    judged: tuple[Verdict, ...],
    notes: list[str] | None = None,
    skipped: str = "",
) -> Scorecard:
    """Add up the points and put the scorecard together."""
    rubric, call = compiled.rubric, look.call
    lost = forfeits(judged)
    possible, earned, score = score_of(judged, lost, rubric.total)
    one_sided = look.sides.one_sided and not any(not forfeit.section for forfeit in lost)
    score = None if one_sided else score
    band = band_of(score, rubric.bands)
    silent = [] if score is not None or skipped else [no_score(possible, rubric.total, one_sided)]
    return Scorecard(
        call_id=call.call_id,
        agent=call.agent,
        source=call.source,
        language=look.language,
        rule=compiled.rule,
        verdicts=judged,
        possible=possible,
        earned=earned,
        score=score,
        band=band,
        passed=passes(rubric, band),
        provisional=provisional(judged),
        failed_by=tuple(forfeit.item for forfeit in lost),
        forfeits=tuple(lost),
        signals=() if skipped else tuple(signal_of(look, rule) for rule in rubric.signals),
        notes=(*call.notes, *(notes or []), *silent),
        skipped=skipped,
        one_sided=one_sided,
        band_title=rubric.band_titles.get(band, {}),
        speaks=rubric.languages[0],
    )
