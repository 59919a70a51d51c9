"""A run added up, call by call."""

from __future__ import annotations

from fractions import Fraction

from qa_checker.reports.judged import Judged, lost, zeroing
from qa_checker.reports.remarks import no_score, red_lines, remarks
from qa_checker.reports.signals import counts, label_line, labels, signal_titles
from qa_checker.reports.summary.lines import (
    AgentTally,
    CallLine,
    ItemTally,
    Key,
    LabelTally,
    PhraseTally,
    Rules,
    Tally,
)
from qa_checker.reports.telling import priced, quoted
from qa_checker.reports.words import signed
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import FAIL, NA, Evidence, Verdict, words

MOST = 3  # items named as having cost a call most


def rules_of(tally: Tally, rubric: Rubric) -> Rules:
    """Return a rubric's items and entries, made once; the rubric is kept so its id is its own."""
    if id(rubric) not in tally.rules:
        items = {item.id: (section, item) for section, item in rubric.items}
        signals = signal_titles(rubric, tally.language)
        tally.rules[id(rubric)] = rubric, Rules(items, rubric.entries, signals)
        tally.lowest |= rubric.bands
    return tally.rules[id(rubric)][1]


def add(tally: Tally, judged: Judged) -> None:
    """Add one call."""
    rules = rules_of(tally, judged.rubric)
    agent = judged.card.agent or judged.call.agent
    add_agent(tally.agents.setdefault(agent, AgentTally()), judged)
    for verdict in judged.card:
        item = item_of(tally, judged, rules, verdict)
        item.verdicts[verdict.verdict] += 1
        item.na[verdict.reason] += verdict.verdict == NA
        item.lost += lost(verdict)
        if verdict.verdict == FAIL:
            costs = tally.agents[agent].lost
            costs[item.title] = costs.get(item.title, Fraction(0)) + lost(verdict)
    add_phrases(tally, judged, rules, agent)
    add_labels(tally, judged, rules)
    if judged.card.band:
        tally.bands[judged.card.band] += 1
    line = call_line(tally, judged, rules, agent)
    tally.agents[agent].counts += line.counts
    for name, count in line.counts.items():
        tally.counts[name] = tally.counts.get(name, 0) + count
    tally.calls.append(line)


def add_agent(agent: AgentTally, judged: Judged) -> None:
    """Add one call to its agent."""
    card = judged.card
    agent.calls += 1
    agent.waiting += card.provisional
    agent.zeroed += bool(zeroing(card))
    agent.rated += card.passed is not None
    agent.passed += bool(card.passed)
    if card.score is not None:
        agent.scores.append(Fraction(card.shown))


def item_of(tally: Tally, judged: Judged, rules: Rules, verdict: Verdict) -> ItemTally:
    """Return the tally of an item of one version of a rubric."""
    key = (judged.card.rule, verdict.item)
    if key not in tally.items:
        known = rules.items.get(verdict.item)
        section = (words(known[0].title, tally.language) if known else "") or verdict.section
        points = known[1].points if known else verdict.points
        title = title_of(tally, rules, verdict)
        tally.items[key] = ItemTally(section, title, judged.card.rule, points)
    return tally.items[key]


def title_of(tally: Tally, rules: Rules, verdict: Verdict) -> str:
    """Return the question of an item."""
    known = rules.items.get(verdict.item)
    title = known[1].title if known else verdict.title
    return words(title, tally.language) or verdict.item


def add_phrases(tally: Tally, judged: Judged, rules: Rules, agent: str) -> None:
    """Count the avoided phrases of a call, a place that several items found only once."""
    seen: set[Key] = set()
    for evidence, cost in places(judged, rules):
        key = (evidence.name, evidence.phrase)
        phrase = phrase_of(tally, judged, rules.entries[evidence.name], evidence)
        phrase.times += 1
        phrase.calls += key not in seen
        phrase.lost += cost
        phrase.agents[agent] += 1
        phrase.quotes[evidence.quote] += 1
        seen.add(key)


def add_labels(tally: Tally, judged: Judged, rules: Rules) -> None:
    """Count the labels of a call; the first words behind a label are its example."""
    for signal in labels(judged):
        key = (rules.signals.get(signal.id, signal.id), signal.label)
        label = tally.labels.setdefault(key, LabelTally())
        label.calls += 1
        if signal.evidence and not label.example:
            label.example = tally.say(
                "phrase.example",
                call=judged.call.call_id,
                turn=signal.evidence[0].turn,
                quote=quoted(tally.say, judged.call, signal.evidence[0]),
            )


def places(judged: Judged, rules: Rules) -> list[tuple[Evidence, Fraction]]:
    """Return where avoided words were said in a call, and what they cost there."""
    found: dict[tuple[str, int, int, int], tuple[Evidence, Fraction]] = {}
    priced_ones = [pair for verdict in judged.card for pair in priced(verdict)]
    counted_ones = [(one, None) for signal in judged.card.signals for one in signal.evidence]
    for evidence, price in [*priced_ones, *counted_ones]:
        entry = rules.entries.get(evidence.name)
        if entry is not None and entry.polarity == "avoid":
            place = (evidence.name, evidence.turn, evidence.start, evidence.end)
            before = found[place][1] if place in found else Fraction(0)
            found[place] = evidence, before + (price or 0)
    return list(found.values())


def phrase_of(tally: Tally, judged: Judged, entry: Entry, evidence: Evidence) -> PhraseTally:
    """Return the tally of a phrase, with its first use as the example."""
    key = (evidence.name, evidence.phrase)
    if key not in tally.phrases:
        example = tally.say(
            "phrase.example",
            call=judged.call.call_id,
            turn=evidence.turn,
            quote=quoted(tally.say, judged.call, evidence),
        )
        title = words(entry.title, tally.language) or entry.full_name
        instead, why = "\n".join(entry.instead), words(entry.why, tally.language)
        tally.phrases[key] = PhraseTally(evidence.phrase, title, instead, why, example=example)
    return tally.phrases[key]


def call_line(tally: Tally, judged: Judged, rules: Rules, agent: str) -> CallLine:
    """Return the summary's line about a call."""
    call, card = judged.call, judged.card
    titles = {one.item: title_of(tally, rules, one) for one in card}
    costly = sorted((one for one in card if lost(one)), key=lambda one: -lost(one))[:MOST]
    return CallLine(
        call_id=call.call_id,
        agent=agent,
        started_at=call.started_at,
        language=card.language or call.language,
        turns=len(call.turns),
        score=card.shown,
        possible=None if card.skipped else card.possible,
        total=judged.rubric.total,
        band=card.band,
        passed=card.passed,
        provisional=card.provisional,
        zeroed=bool(zeroing(card)),
        red_lines="\n".join(red_lines(tally.say, card.forfeits, titles)),
        most="\n".join(f"{signed(lost(one))}  {titles[one.item]}" for one in costly),
        labels="\n".join(
            label_line(tally.say, judged, one, rules.signals.get(one.id, one.id))
            for one in labels(judged)
        ),
        counts=counts(tally.say, judged, rules.signals),
        remarks="\n".join(remarks(tally.say, judged)),
        skipped=card.skipped,
        unscored=no_score(tally.say, card) if card.score is None else "",
        source=call.source,
        rule=card.rule,
    )
