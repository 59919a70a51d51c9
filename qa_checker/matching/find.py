"""Find the hits of all entries of a plan in a call.

One pass of an automaton over the whole call finds the literals; everything else is
looked at only around them, in this order: the grammar, word ends, leftmost and then
longest, exceptions, negation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa_checker.hit import Hit
from qa_checker.matching import tokens
from qa_checker.matching.compile import Automaton, Plan, Rules, Target
from qa_checker.matching.literals import Compiled
from qa_checker.matching.negation import negated
from qa_checker.matching.views import AS_WRITTEN, View, Way, view
from qa_checker.matching.walk import backward, forward, stands
from qa_checker.text.marked import Marked, marked
from qa_checker.text.pinyin import sounds_like
from qa_checker.text.plain import Plain
from qa_checker.text.segment import word_ends

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of plain text that a pattern allows, and how it was found."""

    start: int
    end: int
    via: str
    written: str


@dataclass(slots=True)
class Reading:
    """One call while it is searched: its views and words are made when first asked for."""

    plan: Plan
    plain: Plain
    texts: Sequence[str]
    roles: Sequence[str]
    views: dict[Way, View] = field(default_factory=dict)
    ends: dict[int, frozenset[int]] = field(default_factory=dict)
    marks: dict[int, Marked] = field(default_factory=dict)
    outlines: dict[tuple[Way, int, int], bool] = field(default_factory=dict)

    def view(self, way: Way) -> View:
        """Return the call as read in a way."""
        if way not in self.views:
            self.views[way] = view(self.plain, way)
        return self.views[way]

    def marked(self, turn: int) -> Marked:
        """Return a turn as regexes see it."""
        if turn not in self.marks:
            self.marks[turn] = marked(self.texts[turn])
        return self.marks[turn]

    def word_ends(self, turn: int) -> frozenset[int]:
        """Return the places of the plain text at which words of a turn end."""
        if turn not in self.ends:
            low, high = self.plain.bounds(turn)
            found = word_ends(self.plain.text[low:high])
            self.ends[turn] = frozenset(low + end for end in found)
        return self.ends[turn]

    def possible(self, phrase: Compiled, read: View, turn: int) -> bool:
        """Tell quickly whether a phrase might stand in a turn at all."""
        if phrase.outline is None or read.way[0]:
            return True
        key = (read.way, id(phrase), turn)
        if key not in self.outlines:
            low, high = read.bounds(turn)
            self.outlines[key] = phrase.outline.search(read.text[low:high]) is not None
        return self.outlines[key]

    def heard(self, rules: Rules, turn: int) -> bool:
        """Tell whether an entry counts the words of this turn's speaker."""
        role = rules.entry.role
        return role == "any" or role == self.roles[turn]


Found = dict[tuple[int, int], list[Candidate]]
"""Candidates by (entry, turn)."""


def find(
    plan: Plan, plain: Plain, texts: Sequence[str], roles: Sequence[str]
) -> dict[str, list[Hit]]:
    """Return the hits of each entry by full name, in the order of the call.

    `texts` and `roles` are those of the turns that `plain` was made of.
    """
    reading = Reading(plan, plain, texts, roles)
    found: Found = defaultdict(list)
    for automaton in plan.automata:
        from_literals(reading, automaton, found)
    from_regexes(reading, found)
    from_tokens(reading, found)
    hits: dict[str, list[Hit]] = {rules.entry.full_name: [] for rules in plan.rules}
    for (number, turn), candidates in sorted(found.items()):
        rules = plan.rules[number]
        hits[rules.entry.full_name] += judged(reading, rules, turn, candidates)
    return hits


def from_literals(reading: Reading, automaton: Automaton, found: Found) -> None:
    """Add the candidates that the literals of one way of reading lead to."""
    read = reading.view(automaton.way)
    via = "pinyin" if automaton.way[0] else "text"
    rules, targets = reading.plan.rules, automaton.targets
    for literal, start, _ in automaton.finder.find_matches_as_indexes(
        read.sounds, overlapping=True
    ):
        turn = read.turn_at(start)
        for target in targets[literal]:
            if reading.heard(rules[target.entry], turn) and reading.possible(
                target.phrase, read, turn
            ):
                for begin, end in spans_at(target.phrase, target.literal, read, start, turn):
                    add(reading, found, target, turn, read.in_plain(begin, end), via)
    for target in automaton.anywhere:
        for turn in range(len(reading.roles)):
            if reading.heard(rules[target.entry], turn):
                for begin, end in spans_anywhere(target.phrase, read, turn):
                    add(reading, found, target, turn, read.in_plain(begin, end), via)


def add(reading: Reading, found: Found, target: Target, turn: int, span: Span, via: str) -> None:
    """Add a candidate unless it begins or ends inside a word."""
    start, end = trimmed(reading.plain.text, *span)
    if start < end and not reading.plain.inside_word(start) and not reading.plain.inside_word(end):
        found[target.entry, turn].append(Candidate(start, end, via, target.phrase.written))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without marks at its ends."""
    while start < end and text[start] in " 。":
        start += 1
    while end > start and text[end - 1] in " 。":
        end -= 1
    return start, end


def spans_at(phrase: Compiled, literal: str, read: View, start: int, turn: int) -> Iterator[Span]:
    """Yield the spans that a phrase has with one of its literals at a place."""
    if read.way[0] and not stands(literal, read, start):
        return
    end = start + len(literal)
    if phrase.whole:
        yield start, end
        return
    bounds = read.bounds(turn)
    begins = backward(phrase.before, read, (start,), bounds)
    if begins:
        for last in forward(phrase.after, read, (end,), bounds):
            for first in begins:
                yield first, last


def spans_anywhere(phrase: Compiled, read: View, turn: int) -> Iterator[Span]:
    """Yield the spans of a phrase that has no literal to look for."""
    low, high = read.bounds(turn)
    for first in range(low, high):
        if not read.inside_word(first):
            for last in forward(phrase.after, read, (first,), (low, high)):
                yield first, last


def spans_in(phrase: Compiled, read: View, turn: int) -> Iterator[Span]:
    """Yield every span that a phrase has in a turn."""
    if not phrase.literals:
        yield from spans_anywhere(phrase, read, turn)
    low, high = read.bounds(turn)
    for literal in phrase.literals:
        if read.way[0]:
            heard = sounds_like(literal, read.way[0]).finditer(read.sounds, low, high)
            places = [match.start() for match in heard]
        else:
            places = list(occurrences(read.text, literal, low, high))
        for place in places:
            yield from spans_at(phrase, literal, read, place, turn)


def occurrences(text: str, literal: str, low: int, high: int) -> Iterator[int]:
    """Yield the places at which a literal stands between two places."""
    place = text.find(literal, low, high)
    while place >= 0:
        yield place
        place = text.find(literal, place + 1, high)


def from_regexes(reading: Reading, found: Found) -> None:
    """Add the candidates of all regexes; one set tells which of them to try on a turn."""
    regexes = reading.plan.regexes
    if regexes is None:
        return
    for turn in range(len(reading.texts)):
        text = reading.marked(turn).text
        for which in sorted(regexes.together.Match(text) or ()) if text else ():
            number, written = regexes.entries[which], regexes.written[which]
            if reading.heard(reading.plan.rules[number], turn):
                for start, end in regex_spans(reading, regexes.compiled[which], turn):
                    if not (reading.plain.inside_word(start) or reading.plain.inside_word(end)):
                        candidate = Candidate(start, end, "regex", written)
                        found[number, turn].append(candidate)


def regex_spans(reading: Reading, regex: object, turn: int) -> Iterator[Span]:
    """Yield the spans of plain text at which a regex matches in a turn."""
    text, plain = reading.marked(turn), reading.plain
    origin = plain.origins[turn]
    for match in regex.finditer(text.text):  # type: ignore[attr-defined]
        start, end = match.span()
        if start < end:
            first, last = text.as_read(start, end)
            begin = int(plain.index.searchsorted(origin + first, side="right")) - 1
            final = int(plain.index.searchsorted(origin + last - 1, side="right")) - 1
            yield max(begin, plain.starts[turn]), final + 1


def from_tokens(reading: Reading, found: Found) -> None:
    """Add the candidates of all patterns of words."""
    for number, pattern in reading.plan.tokens:
        rules = reading.plan.rules[number]
        for turn in range(len(reading.roles)):
            if reading.heard(rules, turn):
                for start, end in token_spans(reading, pattern, turn):
                    found[number, turn].append(Candidate(start, end, "tokens", pattern.written))


def token_spans(reading: Reading, pattern: object, turn: int) -> Iterator[Span]:
    """Yield the spans of plain text at which a pattern of words matches in a turn."""
    read = reading.view(AS_WRITTEN)
    return tokens.spans(pattern, read, turn, reading.plan.language)  # type: ignore[arg-type]


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
        yield Hit(entry.full_name, turn, start, end, reading.roles[turn], c.written, c.via)


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
            for begin, end in spans_in(phrase, read, turn):
                start, stop = read.in_plain(begin, end)
                if not (plain.inside_word(start) or plain.inside_word(stop)):
                    yield start, stop
    for regex in rules.regexes:
        yield from regex_spans(reading, regex, turn)
    for pattern in rules.tokens:
        yield from token_spans(reading, pattern, turn)
