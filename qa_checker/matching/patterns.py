"""Candidates of regexes and of patterns of words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import re2

from qa_checker.matching import tokens
from qa_checker.matching.compile import Regexes
from qa_checker.matching.reading import Candidate, Found, Reading, Span
from qa_checker.matching.views import AS_WRITTEN
from qa_checker.rules.patterns import Pattern


def from_regexes(reading: Reading, found: Found) -> None:
    """Add the candidates of all regexes; one set tells which of them to try on a turn."""
    regexes = reading.plan.regexes
    if regexes is None:
        return
    rules, roles, plain = reading.plan.rules, reading.roles, reading.plain
    wanted = {rules[number].entry.role for number in regexes.entries}
    everybody, texts = "any" in wanted, reading.marked.texts
    for turn in worth_trying(regexes, texts):
        if not texts[turn] or not (everybody or roles[turn] in wanted):
            continue
        for which in matching(regexes, texts[turn]):
            number, written = regexes.entries[which], regexes.written[which]
            if reading.heard(rules[number], turn):
                for start, end in regex_spans(reading, regexes.compiled[which], turn):
                    if not (plain.inside_word(start) or plain.inside_word(end)):
                        candidate = Candidate(start, end, "regex", written)
                        found[number, turn].append(candidate)


def worth_trying(regexes: Regexes, texts: Sequence[str]) -> Sequence[int]:
    """Return the turns in which a regex may match: those that a match in all of them touches."""
    if regexes.lines is None or len(texts) == 1:
        return range(len(texts))
    encoded = list(map(str.encode, texts))  # places in bytes need no counting of characters
    begins = list(accumulate([len(text) + 1 for text in encoded], initial=0))
    found: set[int] = set()
    for match in regexes.lines.finditer(b"\n".join(encoded)):
        first, last = (bisect_right(begins, place) - 1 for place in match.span())
        found.update(range(first, last + 1))
    return sorted(found)


def matching(regexes: Regexes, text: str) -> Sequence[int]:
    """Return the numbers of the regexes to try on a text."""
    if regexes.together is None:
        return range(len(regexes.compiled))
    return sorted(regexes.together.Match(text) or ())


def regex_spans(reading: Reading, regex: re2._Regexp, turn: int) -> Iterator[Span]:
    """Yield the spans of plain text at which a regex matches in a turn."""
    marked, plain = reading.marked, reading.plain
    for match in regex.finditer(marked.texts[turn]):
        start, end = match.span()
        if start < end:
            yield plain.from_read(turn, *marked.as_read(turn, start, end))


def from_tokens(reading: Reading, found: Found) -> None:
    """Add the candidates of all patterns of words."""
    plain = reading.plain
    for number, pattern in reading.plan.tokens:
        rules = reading.plan.rules[number]
        for turn in range(len(reading.roles)):
            for start, end in (
                token_spans(reading, pattern, turn) if reading.heard(rules, turn) else ()
            ):
                if not (plain.inside_word(start) or plain.inside_word(end)):
                    found[number, turn].append(Candidate(start, end, "tokens", pattern.written))


def token_spans(reading: Reading, pattern: Pattern, turn: int) -> Iterator[Span]:
    """Yield the spans of plain text at which a pattern of words matches in a turn."""
    read = reading.view(AS_WRITTEN)
    return tokens.spans(pattern, read, turn, reading.plan.language)
