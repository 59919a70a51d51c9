"""The moments of a call at which everybody is silent, or somebody begins beside somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from qa_checker.events import Scene
from qa_checker.events._timeline import Spell, Times, Utterances, in_order, times, utterances


class Utterance(NamedTuple):
    """What somebody says without a pause, from second `begin` to `end`; number `number` of all."""

    number: int
    begin: float
    end: float
    role: str
    speaker: str
    spells: list[Spell]


def silences(scene: Scene, least: float) -> Iterator[tuple[Spell, Spell, float]]:
    """Yield the segments around each pause of more than some seconds, and its seconds.

    The one before is that which ends last, of several the last to begin.
    """
    known, order = scene.batch.once(times), scene.batch.once(in_order)
    low, high = order.firsts[scene.place], order.firsts[scene.place + 1]
    for at in (np.flatnonzero(order.waits[low + 1 : high] > least) + low + 1).tolist():
        ends = known.ends.take(order.segments[low:at])
        before = order.segments[at - 1 - ends[::-1].argmax()]
        yield known.spells[before], known.spells[order.segments[at]], float(order.waits[at])


def meetings(scene: Scene, gap: float) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each utterance that begins while others speak, or up to `gap` seconds later.

    With it stands the latest one of each of these others, the first to speak in the call first.
    """
    known, whole = scene.batch.once(utterances), scene.batch.once(times)
    first, last = known.firsts[scene.place], known.firsts[scene.place + 1]
    for at in (np.flatnonzero(known.waits[first:last] <= gap) + first).tolist():
        begin, own = known.begins[at], None
        for other in latest(known.speakers, first, at):
            if begin - known.ends[other] <= gap:
                own = own or utterance(known, whole, at)
                yield own, utterance(known, whole, other)


def latest(speakers: list[int], first: int, at: int) -> list[int]:
    """Return the last number from `first` to `at` of each speaker but that of number `at`."""
    before = speakers[first:at]
    others = dict.fromkeys(before)
    others.pop(speakers[at], None)
    before.reverse()
    return [at - 1 - before.index(other) for other in others]


def utterance(known: Utterances, whole: Times, number: int) -> Utterance:
    """Return an utterance by its number."""
    role, speaker = whole.people[known.speakers[number]]
    low, high = known.bounds[number]
    spells = [whole.spells[place] for place in known.segments[low:high]]
    return Utterance(number, known.begins[number], known.ends[number], role, speaker, spells)
