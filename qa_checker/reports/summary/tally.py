"""A run added up, call by call."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from qa_checker.reports.judged import Judged, spoken_turns, titled_bands
from qa_checker.reports.line import CallLine, title_of, told
from qa_checker.reports.remarks import no_score
from qa_checker.reports.signals import counts, label_brief, labels, signal_titles
from qa_checker.reports.summary.lines import (
    Example,
    ItemTally,
    LabelTally,
    PhraseTally,
    RubricTally,
    Rules,
    Tally,
)
from qa_checker.reports.tallies import AgentTally, add_to_agent
from qa_checker.reports.telling import priced, quoted
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import MANUAL, NA, Evidence, Verdict, tenths, titled, words

QUOTES = 1000  # different quotes of a phrase that are told apart; the commonest come early


def meet(tally: Tally, rubric: Rubric, rule: str) -> None:
    """Get to know the next rubric."""
    items = {item.id: (section, item) for section, item in rubric.items}
    signals = signal_titles(rubric, tally.language)
    tally.rubrics.append(RubricTally(rule, Rules(items, rubric.entries, signals)))
    put_in_order(tally.order, [band for _, band in titled_bands(rubric, tally.language)])


def put_in_order(order: list[str], bands: Iterable[str]) -> None:
    """Put bands where they are not yet: behind the one above them, else at the end."""
    place = len(order)
    for band in bands:
        if band not in order:
            order.insert(place, band)
        place = order.index(band) + 1


def add(tally: Tally, judged: Judged, number: int, rubric: int) -> CallLine:
    """Add one call and return its line; `number` is its own, `rubric` that of its rubric."""
    known, card = tally.rubrics[rubric], judged.card
    agent = card.agent or judged.call.agent
    of_agent = tally.agents.get(agent) or tally.agents.setdefault(agent, AgentTally())
    add_to_agent(of_agent, judged, rubric)
    if card.score is not None:
        known.scores[tenths(card.score)] += 1
    for verdict in card:
        item = item_of(tally, known, rubric, verdict)
        item.verdicts[verdict.verdict] += 1
        if verdict.verdict == NA:
            item.na[verdict.reason] += 1
    add_phrases(tally, judged, number, rubric, known.rules, agent)
    add_labels(tally, judged, number, known.rules)
    if card.band:
        tally.bands[titled(card.band, card.band_title, tally.language)] += 1
    line = call_line(tally, judged, rubric, agent)
    of_agent.counts += line.counts
    for name, count in line.counts.items():
        tally.counts[name] = tally.counts.get(name, 0) + count
    return line


def item_of(tally: Tally, known: RubricTally, rubric: int, verdict: Verdict) -> ItemTally:
    """Return the tally of an item of one version of a rubric."""
    key = (rubric, verdict.item)
    if key not in tally.items:
        rule = known.rules.items.get(verdict.item)
        section = (words(rule[0].title, tally.language) if rule else "") or verdict.section
        points = rule[1].points if rule else verdict.points
        title = title_of(known.rules.items, verdict, tally.language)
        tally.items[key] = ItemTally(section, title, known.rule, points)
    return tally.items[key]


def add_phrases(
    tally: Tally, judged: Judged, number: int, rubric: int, rules: Rules, agent: str
) -> None:
    """Count the avoided words of a call, a place that several items found only once."""
    seen: set[str] = set()
    for place in places(judged, rules):
        evidence = place.evidence
        phrase = phrase_of(tally, number, rules.entries[evidence.name], evidence)
        phrase.times += 1
        phrase.calls += evidence.name not in seen
        phrase.lost += place.lost
        phrase.agents[agent] += 1
        phrase.patterns[evidence.phrase] += 1
        phrase.items.update({(rubric, item): None for item in place.items})
        if evidence.quote in phrase.quotes or len(phrase.quotes) < QUOTES:
            phrase.quotes[evidence.quote] += 1
        seen.add(evidence.name)


def add_labels(tally: Tally, judged: Judged, number: int, rules: Rules) -> None:
    """Count the labels of a call; the first words behind a label are its example."""
    for signal in labels(judged):
        label_title = titled(signal.label, signal.label_title, tally.language)
        key = (rules.signals.get(signal.id, signal.id), label_title)
        label = tally.labels.setdefault(key, LabelTally())
        label.calls += 1
        if signal.evidence and not label.quoted:
            label.quoted = True
            tally.examples.setdefault(number, []).append((label, signal.evidence[0]))


class Place(NamedTuple):
    """Where avoided words were said, what they cost there, and the items that found them."""

    evidence: Evidence
    lost: Fraction
    items: tuple[str, ...]


def places(judged: Judged, rules: Rules) -> list[Place]:
    """Return where avoided words were said in a call."""
    found: dict[tuple[str, int, int, int], Place] = {}
    priced_ones = [(*pair, (one.item,)) for one in judged.card for pair in priced(one)]
    counted_ones = [(one, None, ()) for signal in judged.card.signals for one in signal.evidence]
    for evidence, price, items in [*priced_ones, *counted_ones]:
        entry = rules.entries.get(evidence.name)
        if entry is not None and entry.polarity == "avoid":
            where = (evidence.name, evidence.turn, evidence.start, evidence.end)
            before = found.get(where, Place(evidence, Fraction(0), ()))
            lost = before.lost + (price or 0)
            found[where] = Place(evidence, lost, (*before.items, *items))
    return list(found.values())


def phrase_of(tally: Tally, number: int, entry: Entry, evidence: Evidence) -> PhraseTally:
    """Return the tally of an entry, with its first use as the example."""
    if evidence.name not in tally.phrases:
        title = words(entry.title, tally.language) or entry.full_name
        instead, why = "\n".join(entry.instead), words(entry.why, tally.language)
        made = tally.phrases[evidence.name] = PhraseTally(title, instead, why)
        tally.examples.setdefault(number, []).append((made, evidence))
    return tally.phrases[evidence.name]


def illustrate(tally: Tally, judged: Judged, examples: Iterable[Example]) -> None:
    """Quote a call, now whole, for everything that it is the example of."""
    for of, evidence in examples:
        of.example = tally.say(
            "phrase.example",
            call=judged.call.call_id,
            turn=evidence.turn,
            quote=quoted(tally.say, judged.call, evidence),
        )


def call_line(tally: Tally, judged: Judged, rubric: int, agent: str) -> CallLine:
    """Return the summary's line about a call."""
    call, card, rules = judged.call, judged.card, tally.rubrics[rubric].rules
    return CallLine(
        call_id=call.call_id,
        agent=agent,
        started_at=call.started_at,
        language=card.language or call.language,
        turns=spoken_turns(judged),
        score=card.shown,
        possible=card.possible,
        earned=card.earned,
        total=judged.rubric.total,
        band=card.band,
        passed=card.passed,
        provisional=card.provisional,
        waiting=sum(one.verdict == MANUAL and one.points > 0 for one in card),
        one_sided=card.one_sided,
        told=told(tally.say, tally.language, judged, rules.items),
        labels=labels_of(tally, judged, rubric),
        counts=counts(tally.say, judged, rules.signals),
        skipped=card.skipped,
        unscored=no_score(tally.say, card) if card.score is None else "",
        source=call.source,
        rule=card.rule,
        rubric=rubric,
    )


def labels_of(tally: Tally, judged: Judged, rubric: int) -> str:
    """Return the labels of a call, each with the first words behind it; of a whole one with
    the words around these.
    """
    titles = tally.rubrics[rubric].rules.signals
    return "\n".join(
        label_brief(tally.say, judged, one, titles.get(one.id, one.id), tally.language)
        for one in labels(judged)
    )
