"""Candidates of phrases: where a literal stands, and the rest of its phrase around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from qa_checker.matching.automaton import Automaton
from qa_checker.matching.literals import HARD_MARK, Compiled, Needs
from qa_checker.matching.reading import Candidate, Found, Reading, Span
from qa_checker.matching.sieve import standing
from qa_checker.matching.slots import beginnings
from qa_checker.matching.targets import ANY, Wanted
from qa_checker.matching.views import View
from qa_checker.matching.walk import Places, backward, forward, stands
from qa_checker.rules.phrase import BuiltIn

NOWHERE: tuple[Places, Places] = ((), ())
FAR = 400
"""Characters in which looking for a text takes longer than following a phrase through them."""


def from_literals(reading: Reading, automaton: Automaton, found: Found) -> None:
    """Add the candidates that the literals of one way of reading lead to."""
    read, roles = reading.view(automaton.way), reading.roles
    via = "pinyin" if automaton.way[0] else "text"
    anywhere = (
        (wanted, turn)
        for wanted in automaton.anywhere
        for turn in turns_worth_trying(wanted.phrase, read, len(roles))
        if wanted.role in (ANY, roles[turn])
    )
    for entry, turn, phrase, (start, end) in found_spans(reading, automaton, anywhere):
        found[entry, turn].append(Candidate(start, end, via, phrase.written))


def turns_worth_trying(phrase: Compiled, read: View, count: int) -> Sequence[int]:
    """Return which of so many turns may hold a phrase that has no literal to look for."""
    if read.way[0] or not phrase.ahead:
        return range(count)
    found: set[int] = set()
    for text in min(phrase.ahead, key=len):
        place = read.text.find(text)
        while place >= 0:
            turn = read.turn_at(place)
            found.add(turn)
            place = read.text.find(text, read.starts[turn + 1])
    return sorted(found)


def exceptions(
    reading: Reading, automaton: Automaton, pairs: Collection[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], Span]]:
    """Yield the spans of exceptions in one way of reading, for some entries in some turns."""
    pairs = {pair for pair in pairs if pair[0] in automaton.entries}
    if not pairs:
        return
    anywhere = (
        (wanted, turn)
        for wanted in automaton.anywhere
        for entry, turn in pairs
        if entry == wanted.entry
    )
    for entry, turn, _, span in found_spans(reading, automaton, anywhere, pairs):
        yield (entry, turn), span


def found_spans(
    reading: Reading,
    automaton: Automaton,
    anywhere: Iterable[tuple[Wanted, int]],
    pairs: Collection[tuple[int, int]] | None = None,
) -> Iterator[tuple[int, int, Compiled, Span]]:
    """Yield entry, turn, phrase and span of all that stands between words.

    Only for some `pairs` of entry and turn, or (None) for the entries of each role.
    """
    read, rules = reading.view(automaton.way), reading.plan.rules
    for target, literal, start, turn in standing(automaton, read, reading.roles, pairs):
        entry, phrase = target.entry, target.phrase
        if target.simple:
            yield entry, turn, phrase, (start, start + len(literal))
        else:
            begins, ends = spans_at(phrase, literal, read, start, turn)
            boundary = rules[entry].entry.boundary
            for span in spans_between_words(reading, read, begins, ends, boundary):
                yield entry, turn, phrase, span
    for (entry, _, phrase), turn in anywhere:
        boundary = rules[entry].entry.boundary
        for begin, ends in spans_anywhere(phrase, read, turn):
            for span in spans_between_words(reading, read, (begin,), ends, boundary):
                yield entry, turn, phrase, span


def spans_between_words(
    reading: Reading, read: View, begins: Places, ends: Places, boundary: str
) -> Iterator[Span]:
    """Yield the spans from places to others that stand between words: from each the longest, as
    no shorter one is kept beside it; all of them if they still must keep to a `boundary`.
    """
    if len(ends) > 1:
        ends = sorted(ends, reverse=True)
    for begin in begins:
        for end in ends:
            span = between_words(reading, read, (begin, end))
            if span:
                yield span
                if not boundary:
                    break


def between_words(reading: Reading, read: View, place: Span) -> Span | None:
    """Return a span of a view as one of plain text, None if it begins or ends inside a word."""
    plain = reading.plain
    start, end = trimmed(plain.text, *read.in_plain(*place))
    if start < end and not plain.joins[start] and not plain.joins[end]:
        return start, end
    return None


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without marks at its ends."""
    while start < end and text[start] in " 。":
        start += 1
    while end > start and text[end - 1] in " 。":
        end -= 1
    return start, end


def spans_at(
    phrase: Compiled, literal: str, read: View, start: int, turn: int
) -> tuple[Places, Places]:
    """Return where a phrase may begin and end with one of its literals at a place."""
    if read.way[0] and not stands(literal, read, start):
        return NOWHERE
    end = start + len(literal)
    if phrase.whole:
        return (start,), (end,)
    if not phrase.before and read.index is None and read.joins[start]:
        return NOWHERE  # it begins inside a word; following each letter of a long one takes long
    bounds = read.bounds(turn)
    if not read.way[0] and not has_needs(phrase, read.text, start, end, bounds):
        return NOWHERE
    ends = forward(phrase.after, read, (end,), bounds) if phrase.after else (end,)
    if not ends:
        return NOWHERE
    begins = backward(phrase.before, read, (start,), bounds) if phrase.before else (start,)
    return begins, ends


def spans_anywhere(phrase: Compiled, read: View, turn: int) -> Iterator[tuple[int, Places]]:
    """Yield where a phrase that has no literal to look for may begin, and where it then ends."""
    low, high = read.bounds(turn)
    match phrase.after[0]:
        case BuiltIn(name):
            places: Iterable[int] = beginnings(name, read.text, low, high)
        case _:
            places = range(low, high)
    for first in places:
        if not read.inside_word(first):
            yield first, forward(phrase.after, read, (first,), (low, high))


def has_needs(phrase: Compiled, text: str, start: int, end: int, turn: Span) -> bool:
    """Tell quickly whether what a phrase needs stands around one of its literals."""
    low, high = turn
    if phrase.ahead:
        stop = text.find(HARD_MARK, end, high) if phrase.one_sentence else -1
        if not holds(text, end, high if stop < 0 else stop, phrase.ahead):
            return False
    if phrase.behind:
        low = text.rfind(HARD_MARK, low, start) + 1 or low if phrase.one_sentence else low
        return holds(text, low, start, phrase.behind)
    return True


def holds(text: str, start: int, end: int, needs: Needs) -> bool:
    """Tell whether a piece of text holds one text of each list; a long one is taken to do so."""
    if end - start > FAR:
        return True
    piece = text[start:end]
    for texts in needs:
        for each in texts:
            if each in piece:
                break
        else:
            return False
    return True
