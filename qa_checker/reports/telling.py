"""Evidence in a line of words: which turn, when, who, what was said, what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from qa_checker.call import Call
from qa_checker.reports.judged import Miss, spent
from qa_checker.reports.words import Say, clock, cost, known
from qa_checker.rules.lexicon import Entry
from qa_checker.scorecard import Evidence, Searched, Verdict, words

AROUND = 12  # characters on each side of a short quote, twice as many of Latin text
SHORT = 10
STRENGTH = ("bad", "good", "stretch", "context")  # what counts first where words are the same
MARKS = {"good": "✓", "bad": "✗", "stretch": "✗", "context": "·"}
EVENT = "event."
PHRASE = 24  # characters of a phrase that a table shows
SIGNS = frozenset("()|<>[]{}\\*+?^$")  # of phrases that are patterns
LONG = 40  # characters of a pattern that nobody reads
UNANSWERED = {"agent": "kind.unanswered.agent"}  # one's own words need no answer, but company
MOST = 200  # pieces of evidence in a cell, which holds some 250 lines
FEW = 6  # turns named one by one
Priced = tuple[Evidence, Fraction | None]
"""A piece of evidence with the points it cost, None where it cost none."""


def priced(verdict: Verdict) -> list[Priced]:
    """Return every piece of evidence with the points it cost, None where it cost none."""
    if not verdict.evidence and not verdict.losses:
        return []
    cost: dict[Evidence, Fraction] = {}
    for loss in verdict.losses:
        if loss.evidence is not None:
            cost[loss.evidence] = cost.get(loss.evidence, Fraction(0)) + loss.points
    every = dict.fromkeys([*verdict.evidence, *cost])
    found = [(one, cost.get(one)) for one in every]
    return sorted(found, key=lambda pair: (pair[0].turn, pair[0].start, pair[0].name))


def ink(evidence: Evidence, price: Fraction | None, entries: Mapping[str, Entry]) -> str:
    """Tell what evidence speaks for: good, bad, or context that only explains.

    `stretch` is bad too, but for how long or when it was said, not for its words.
    """
    if price is not None or evidence.kind in ("surplus", "unanswered"):
        return "stretch" if evidence.name.startswith(EVENT) else "bad"
    entry = entries.get(evidence.name)
    if evidence.kind == "hit" and entry is not None and entry.polarity == "prefer":
        return "good"
    return "context"


def quoted(say: Say, call: Call, evidence: Evidence) -> str:
    """Return what was said, a short quote with the words around it."""
    if not evidence.quote:
        return ""
    marked = say("quote", quote=evidence.quote)
    if len(evidence.quote) >= SHORT or not 0 < evidence.turn <= len(call.turns):
        return marked
    text = call.turns[evidence.turn - 1].text
    around = AROUND * 2 if text.isascii() else AROUND
    before = text[max(0, evidence.start - around) : evidence.start]
    after = text[evidence.end : evidence.end + around]
    left = "…" if evidence.start > around else ""
    right = "…" if evidence.end + around < len(text) else ""
    return f"{left}{before}{marked}{after}{right}"


def readable(say: Say, phrase: str, entry: Entry | None) -> str:
    """Return a phrase for people who write no rules: its words; of a pattern what it is about."""
    title = words(entry.title, say("code")) if entry is not None else ""
    if SIGNS.isdisjoint(phrase):
        shown = phrase
    elif title or len(phrase) > LONG:
        return title
    else:
        shown = phrase
    return shown if len(shown) <= PHRASE else shown[: PHRASE - 1] + "…"


def evidence_line(
    say: Say,
    call: Call,
    evidence: Evidence,
    price: Fraction | None,
    entries: Mapping[str, Entry],
    *,
    empty: bool,
    brief: bool = False,
) -> str:
    """Return one line about a piece of evidence.

    `empty` says that its item has no points left, `brief` leaves out what a table can spare.
    """
    mark = MARKS[ink(evidence, price, entries)]
    when = clock(evidence.time)
    said = say(
        "evidence.line",
        turn=evidence.turn,
        time=f" {when}" if when else "",
        role=known(say, "role", evidence.role),
        quote=quoted(say, call, evidence),
    )
    phrase, via = evidence.phrase, known(say, "via", evidence.via)
    if brief:
        phrase = readable(say, phrase, entries.get(evidence.name)) if price is not None else ""
        via = "" if evidence.via == "text" else via
    facts = [
        say("phrase", phrase=phrase) if phrase else "",
        via,
        evidence.detail[say("code") == "en"],
    ]
    if evidence.kind == "unanswered":
        facts.append(say(UNANSWERED.get(evidence.role, "kind.unanswered")))
    tail = say("list").join(fact for fact in facts if fact)
    tail = say("evidence.tail", tail=tail) if tail else ""
    return f"{mark} {said}{tail} {cost(say, price, empty)}".rstrip()


def lines(say: Say, call: Call, verdict: Verdict, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield everything there is to say about how a verdict came about, for a table."""
    found = strongest(priced(verdict), entries)
    shown = found if len(found) <= MOST else sorted(found, key=is_free)[:MOST]
    for evidence, price in shown:
        yield evidence_line(say, call, evidence, price, entries, empty=spent(verdict), brief=True)
    if len(found) > MOST:
        yield say("evidence.more", count=len(found) - MOST)
    yield from loss_lines(say, verdict)
    if verdict.value:
        yield say("evidence.value", value=verdict.value)


def strongest(found: Iterable[Priced], entries: Mapping[str, Entry]) -> list[Priced]:
    """Return what to show of several pieces of evidence that are the same words.

    Everything that cost points, and else what they speak for most.
    """
    best: dict[tuple[int, int, int], Priced] = {}
    ranked = {one: STRENGTH.index(ink(one[0], one[1], entries)) for one in found}
    for one in sorted(ranked, key=lambda one: (is_free(one), ranked[one])):
        best.setdefault((one[0].turn, one[0].start, one[0].end), one)
    kept = {*best.values()}
    return [one for one in ranked if one in kept or not is_free(one)]


def is_free(priced: Priced) -> bool:
    """Tell whether a piece of evidence cost nothing."""
    return priced[1] is None


def loss_lines(say: Say, verdict: Verdict) -> Iterator[str]:
    """Yield a line for everything that cost points and is not there to be quoted."""
    for loss in verdict.losses:
        if loss.evidence is None:
            price = cost(say, loss.points, spent(verdict))
            yield f"✗ {known(say, 'kind', loss.kind)} {price}".rstrip()


def searched(say: Say, where: Searched) -> str:
    """Return where an item looked."""
    role = known(say, "role", where.role)
    if not where.turns:
        return say("searched.nothing", role=role)
    if len(where.turns) <= FEW:
        turns = say("list").join(str(turn) for turn in where.turns)
        told = say("searched.turns", role=role, turns=turns)
    else:
        first, last, count = where.turns[0], where.turns[-1], len(where.turns)
        told = say("searched.span", role=role, first=first, last=last, count=count)
    if where.start:
        told += say("searched.from", character=where.start + 1)
    if where.end is not None:
        told += say("searched.to", character=where.end)
    if where.since is not None or where.until is not None:
        since, until = clock(where.since) or "00:00", clock(where.until) or say("searched.end")
        told += say("searched.time", since=since, until=until)
    return told


def missed(
    say: Say, verdict: Verdict, miss: Miss | None, entries: Mapping[str, Entry] | None = None
) -> Iterator[str]:
    """Yield where something was looked for, and the nearest miss.

    With `entries`, of a pattern is told what it is about.
    """
    for where in verdict.searched:
        yield searched(say, where)
    if miss is not None:
        notes = [note for note in (miss.note, why_dropped(say, miss, entries is None)) if note]
        note = say("miss.note", note=say("list").join(notes)) if notes else ""
        phrase = miss.phrase
        if entries is not None:
            phrase = readable(say, phrase, entries.get(miss.name)) or miss.name
        yield say("miss.nearest", turn=miss.turn, quote=miss.quote, phrase=phrase) + note


def why_dropped(say: Say, miss: Miss, patterns: bool) -> str:
    """Return why words that fit are no hit, "" if they do not fit; with `patterns` or without."""
    if miss.dropped is None:
        return ""
    if miss.dropped.negated:
        return say("miss.negated")
    phrase = miss.dropped.unless
    if not patterns and not SIGNS.isdisjoint(phrase):
        return say("miss.excepted")
    return say("miss.unless", phrase=phrase)
