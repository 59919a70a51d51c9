"""Calls rebuilt from labelled turns, and which of these turns the hits touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from qa_checker.call import AGENT, UNKNOWN, Call, Segment, turn
from qa_checker.hit import Hit
from qa_checker.judging.look import Look, language_of
from qa_checker.studies.measurable import Measured, measurable
from qa_checker.studies.rows import Row

ON = ("self", "interrupted")
"""Which turn of a hit is marked: its own, or the other one, which it cut into."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A call, and the row at each place (index of the turn, number of the segment) that has one."""

    call: Call
    language: str
    rows: Mapping[tuple[int, int], Row]


@dataclass(frozen=True, slots=True)
class Quote:
    """A hit as people read it: its words, the phrase or event that found them, and its details."""

    words: str
    phrase: str
    detail: str = ""


def dialogues(rows: Iterable[Row]) -> Iterator[Dialogue]:
    """Rebuild the calls that rows come from, in the order in which they begin in the file."""
    found: defaultdict[tuple[str, str], dict[int, Row]] = defaultdict(dict)
    for each in rows:
        found[each.source, each.dialogue][each.index] = each
    for (source, name), by_index in found.items():
        yield dialogue(f"{source}:{name}", by_index)


def dialogue(name: str, rows: Mapping[int, Row]) -> Dialogue:
    """Rebuild one call: rows by their index, gaps from what was said before a row.

    Words on both sides of a gap that nothing fills are never one turn.
    """
    said: dict[int, Segment] = {}
    for index in sorted(rows):
        before = rows[index].before
        for place, segment in enumerate(before, index - len(before)):
            said.setdefault(place, segment)
    said.update((index, row.segment) for index, row in rows.items())
    turns, places = [], {}
    for number, (_, run) in enumerate(groupby(enumerate(sorted(said)), key=side(said))):
        indexes = [index for _, index in run]
        turns.append(turn(number + 1, [said[index] for index in indexes]))
        places.update({(number, k): rows[i] for k, i in enumerate(indexes) if i in rows})
    language = next(iter(rows.values())).language
    call = Call(name, tuple(turns), language=language)
    return Dialogue(call, language_of(call), places)


def side(said: Mapping[int, Segment]) -> Callable[[tuple[int, int]], tuple[int, str, str]]:
    """Return a key of (rank, index) that changes with the speaker and after each gap."""

    def key(ranked: tuple[int, int]) -> tuple[int, str, str]:
        rank, index = ranked
        return index - rank, said[index].role, said[index].speaker

    return key


def predict(
    dialogue: Dialogue, measured: Measured, role: str = "", on: str = "self"
) -> dict[str, Quote]:
    """Return the ids of the rows that a hit touches, each with the first hit in it.

    With `role` only what that role says counts; who is unknown is taken for the agent.
    `on` "interrupted" marks the turn that a hit cut into.
    """
    look = Look(measured.compiled, dialogue.call, dialogue.language)
    found: dict[str, Quote] = {}
    for name in measured.names:
        for hit in look.hits(name):
            said_by = AGENT if hit.role == UNKNOWN else hit.role
            if role in ("", said_by):
                words = dialogue.call.turns[hit.turn].text[hit.start : hit.end]
                quote = Quote(words, hit.phrase or hit.name, hit.detail[1])
                for row in touched(dialogue, look, hit, on):
                    found.setdefault(row.id, quote)
    return found


def touched(dialogue: Dialogue, look: Look, hit: Hit, on: str) -> Iterator[Row]:
    """Yield the rows whose own characters a hit touches, or those it interrupts."""
    index, start, end = hit.turn, hit.start, hit.end
    if on != "self":
        if hit.other is None:
            return
        index, start, end = interrupted(dialogue.call, look, hit)
    turn = dialogue.call.turns[index]
    for number, (segment, offset) in enumerate(zip(turn.segments, turn.offsets, strict=True)):
        row = dialogue.rows.get((index, number))
        if row is not None and start < offset + len(segment.text) and offset < end:
            yield row


def interrupted(call: Call, look: Look, hit: Hit) -> tuple[int, int, int]:
    """Return the turn that a hit cut into: the characters being said then, or all without times."""
    assert hit.other is not None
    other = call.turns[hit.other]
    time = look.time(hit)
    starts = [segment.start for segment in other.segments]
    if time is None or None in starts:
        return hit.other, 0, len(other.text)
    begun = [number for number, start in enumerate(starts) if start is not None and start <= time]
    number = begun[-1] if begun else 0
    start = other.offsets[number]
    return hit.other, start, start + len(other.segments[number].text)


def predicted(
    rows: Iterable[Row],
    find: str,
    lexicons: Sequence[str | Path] = (),
    role: str = "",
    on: str = "self",
) -> dict[str, Quote]:
    """Return the ids of the rows that `find` hits in their calls. BadInput for an unknown name."""
    calls = list(dialogues(rows))
    measured = measurable(find, {each.language for each in calls}, lexicons)
    found: dict[str, Quote] = {}
    for each in calls:
        found.update(predict(each, measured, role, on))
    return found
