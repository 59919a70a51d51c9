"""Find the hits of all entries of a plan in a call.

One pass of an automaton over the whole call finds the literals; everything else is
looked at only around them, in this order: the grammar, word ends, leftmost and then
longest, exceptions, negation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa_checker.hit import Hit
from qa_checker.matching.compile import Plan, Rules
from qa_checker.matching.negation import negated
from qa_checker.matching.patterns import from_regexes, from_tokens, regex_spans, token_spans
from qa_checker.matching.phrases import from_literals, spans_in
from qa_checker.matching.reading import Candidate, Found, Reading, Span
from qa_checker.text.plain import Plain


def find(
    plan: Plan, plain: Plain, texts: Sequence[str], roles: Sequence[str]
) -> dict[str, list[Hit]]:
    """Return the hits of each entry by full name, in the order of the call; entries
    without a candidate are left out.

    `texts` and `roles` are those of the turns that `plain` was made of.
    """
    reading = Reading(plan, plain, texts, roles)
    found: Found = defaultdict(list)
    for automaton in plan.automata:
        from_literals(reading, automaton, found)
    from_regexes(reading, found)
    from_tokens(reading, found)
    hits: dict[str, list[Hit]] = {}
    for (number, turn), candidates in sorted(found.items()):
        rules = plan.rules[number]
        hits.setdefault(rules.name, []).extend(judged(reading, rules, turn, candidates))
    return hits


def judged(reading: Reading, rules: Rules, turn: int, candidates: list[Candidate]) -> Iterator[Hit]:
    """Yield the candidates of one entry in one turn that stand, as hits."""
    entry, plain = rules.entry, reading.plain
    if entry.boundary:
        ends = reading.word_ends(turn)
        candidates = [c for c in candidates if c.start in ends and c.end in ends]
    chosen = leftmost_longest(candidates)
    if chosen and (rules.exceptions or rules.regexes or rules.tokens):
        spared = list(exceptions(reading, rules, turn))
        chosen = [c for c in chosen if not any(s <= c.start and c.end <= e for s, e in spared)]
    low, _ = plain.bounds(turn)
    for c in chosen:
        if entry.negation != "keep":
            no = negated(plain, c.start, low, reading.plan.language)
            if no == (entry.negation == "drop"):
                continue
        start, end = plain.as_read(turn, c.start, c.end)
        yield Hit(rules.name, turn, start, end, reading.roles[turn], c.written, c.via)


def leftmost_longest(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that stand: the leftmost, then the longest, none overlapping."""
    if len(candidates) == 1:
        return candidates
    chosen: list[Candidate] = []
    last = -1
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, c.via != "text")):
        if candidate.start >= last:
            chosen.append(candidate)
            last = candidate.end
    return chosen


def exceptions(reading: Reading, rules: Rules, turn: int) -> Iterator[Span]:
    """Yield every span of an entry's exceptions in a turn."""
    plain = reading.plain
    for way in rules.ways if rules.exceptions else ():
        read = reading.view(way)
        for phrase in rules.exceptions:
            if not reading.possible(phrase, read, turn):
                continue
            for begin, end in spans_in(phrase, read, turn):
                start, stop = read.in_plain(begin, end)
                if not (plain.inside_word(start) or plain.inside_word(stop)):
                    yield start, stop
    for regex in rules.regexes:
        yield from regex_spans(reading, regex, turn)
    for pattern in rules.tokens:
        yield from token_spans(reading, pattern, turn)
