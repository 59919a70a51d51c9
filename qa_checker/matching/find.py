"""Find the hits of all entries of a plan in a call.

One pass of an automaton over the whole call finds the literals; everything else is
looked at only around them, in this order: the grammar, word ends, leftmost and then
longest, exceptions, negation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from qa_checker.hit import Hit
from qa_checker.matching.compile import Plan
from qa_checker.matching.negation import negated
from qa_checker.matching.patterns import from_regexes, from_tokens, regex_spans, token_spans
from qa_checker.matching.phrases import exceptions, from_literals
from qa_checker.matching.reading import Candidate, Found, Reading, Span
from qa_checker.text.plain import Plain


def find(
    plan: Plan, plain: Plain, texts: Sequence[str], roles: Sequence[str]
) -> dict[str, list[Hit]]:
    """Return the hits of each entry by full name, in the order of the call; entries
    without a candidate are left out.

    `texts` and `roles` are those of the turns that `plain` was made of.
    """
    return find_each(plan, plain, texts, roles, [len(roles)])[0]


def find_each(
    plan: Plan,
    plain: Plain,
    texts: Sequence[str],
    roles: Sequence[str],
    counts: Sequence[int],
) -> list[dict[str, list[Hit]]]:
    """Return the hits in each of several calls; together they are found much quicker.

    `plain`, `texts` and `roles` are those of all their turns, `counts` the numbers of them.
    """
    reading = Reading(plan, plain, texts, roles)
    found: Found = defaultdict(list)
    for automaton in plan.automata:
        from_literals(reading, automaton, found)
    from_regexes(reading, found)
    from_tokens(reading, found)
    chosen = {pair: standing(reading, *pair, found[pair]) for pair in sorted(found)}
    spared = all_exceptions(reading, chosen)
    kept = list(judged(reading, chosen, spared))
    turns = [turn for _, turn, _ in kept]
    starts = plain.places_read(turns, [candidate.start for _, _, candidate in kept])
    lasts = plain.places_read(turns, [candidate.end - 1 for _, _, candidate in kept])
    hits: list[dict[str, list[Hit]]] = [{} for _ in counts]
    firsts = list(accumulate(counts, initial=0))
    for number, turn in chosen:
        hits[bisect_right(firsts, turn) - 1].setdefault(plan.rules[number].name, [])
    for (number, turn, candidate), start, last in zip(kept, starts, lasts, strict=True):
        call, name = bisect_right(firsts, turn) - 1, plan.rules[number].name
        said = name, turn - firsts[call], start, last + 1, roles[turn]
        hits[call][name].append(Hit(*said, candidate.written, candidate.via))
    return hits


def standing(
    reading: Reading, number: int, turn: int, candidates: list[Candidate]
) -> list[Candidate]:
    """Return the candidates of one entry in one turn that stand, whatever its exceptions."""
    if reading.plan.rules[number].entry.boundary:
        ends = reading.word_ends(turn)
        candidates = [c for c in candidates if c.start in ends and c.end in ends]
    return leftmost_longest(candidates) if len(candidates) > 1 else candidates


def judged(
    reading: Reading,
    chosen: Mapping[tuple[int, int], Sequence[Candidate]],
    spared: Mapping[tuple[int, int], Sequence[Span]],
) -> Iterator[tuple[int, int, Candidate]]:
    """Yield entry, turn and candidate where no exception and no negation holds it."""
    rules, language, plain = reading.plan.rules, reading.plan.language, reading.plain
    for (number, turn), candidates in chosen.items():
        spans, negation = spared.get((number, turn)), rules[number].entry.negation
        for candidate in candidates:
            start, end = candidate.start, candidate.end
            if spans and any(s <= start and end <= e for s, e in spans):
                continue
            if negation != "keep":
                no = negated(plain, start, plain.starts[turn], language)
                if no == (negation == "drop"):
                    continue
            yield number, turn, candidate


def leftmost_longest(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that stand: the leftmost, then the longest, none overlapping."""
    chosen: list[Candidate] = []
    last = -1
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, c.via != "text")):
        if candidate.start >= last:
            chosen.append(candidate)
            last = candidate.end
    return chosen


def all_exceptions(
    reading: Reading, chosen: Mapping[tuple[int, int], Sequence[Candidate]]
) -> Mapping[tuple[int, int], list[Span]]:
    """Return the spans of the exceptions of entries, in the turns where anything of them stands."""
    plan = reading.plan
    spared: dict[tuple[int, int], list[Span]] = defaultdict(list)
    pairs = [pair for pair, some in chosen.items() if some and plan.rules[pair[0]].entry.unless]
    phrases = frozenset(pair for pair in pairs if plan.rules[pair[0]].exceptions)
    for automaton in plan.exceptions if phrases else ():
        for pair, span in exceptions(reading, automaton, phrases):
            spared[pair].append(span)
    for pair in pairs:
        rules = plan.rules[pair[0]]
        for regex in rules.regexes:
            spared[pair].extend(regex_spans(reading, regex, pair[1]))
        for pattern in rules.tokens:
            spared[pair].extend(token_spans(reading, pattern, pair[1]))
    return spared
