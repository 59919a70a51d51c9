"""Candidates of phrases: where a literal stands, and the rest of its phrase around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from qa_checker.matching.compile import Automaton
from qa_checker.matching.literals import Compiled
from qa_checker.matching.reading import Candidate, Found, Reading, Span
from qa_checker.matching.views import View
from qa_checker.matching.walk import backward, forward, stands
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.pinyin import sounds_like


def from_literals(reading: Reading, automaton: Automaton, found: Found) -> None:
    """Add the candidates that the literals of one way of reading lead to."""
    read = reading.view(automaton.way)
    via = "pinyin" if automaton.way[0] else "text"
    roles, targets, starts, joins = reading.roles, automaton.targets, read.starts, read.joins
    framed = f"{TURN_BREAK}{read.sounds}{TURN_BREAK}"
    for number, place, _ in automaton.finder.find_matches_as_indexes(framed, overlapping=True):
        turn = bisect_right(starts, place) - 1
        start = max(place - 1, starts[turn])
        for entry, role, phrase, literal, simple in targets[number]:
            if role != roles[turn] and role != "any":
                continue
            if simple and read.index is None:
                end = start + len(literal)
                if not joins[start] and not joins[end]:
                    found[entry, turn].append(Candidate(start, end, "text", phrase.written))
            elif reading.possible(phrase, read, turn):
                for begin, end in spans_at(phrase, literal, read, start, turn):
                    add(reading, found, entry, phrase, turn, read.in_plain(begin, end), via)
    for entry, role, phrase, _, _ in automaton.anywhere:
        for turn, speaker in enumerate(roles):
            if role in ("any", speaker):
                for begin, end in spans_anywhere(phrase, read, turn):
                    add(reading, found, entry, phrase, turn, read.in_plain(begin, end), via)


def add(
    reading: Reading, found: Found, entry: int, phrase: Compiled, turn: int, span: Span, via: str
) -> None:
    """Add a candidate unless it begins or ends inside a word."""
    start, end = trimmed(reading.plain.text, *span)
    if start < end and not reading.plain.inside_word(start) and not reading.plain.inside_word(end):
        found[entry, turn].append(Candidate(start, end, via, phrase.written))


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
    if not phrase.before and read.index is None and read.inside_word(start):
        return  # it begins inside a word; following each letter of a long one takes long
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
