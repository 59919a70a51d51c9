"""The moments of a call at which everybody is silent, or somebody begins beside somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from qa_checker.events import Scene
from qa_checker.events._timeline import in_order, times, utterances
from qa_checker.events._times import Spell, spell


class Utterance(NamedTuple):
    """What somebody says without a pause, from second `begin` to `end`, number `number` of all.

    `segments` are the numbers of its segments in the call, from 0.
    """

    number: int
    begin: float
    end: float
    role: str
    speaker: str
    segments: list[int]


def silences(scene: Scene, least: float) -> Iterator[tuple[Spell, Spell, float]]:
    """Yield the segments around each pause of more than some seconds, and its seconds.

    The one before is that which ends last, of several the last to begin.
    """
    known, order = scene.batch.once(times), scene.batch.once(in_order)
    low, high = order.firsts[scene.place], order.firsts[scene.place + 1]
    own = known.firsts[scene.place]
    for at in (np.flatnonzero(order.waits[low + 1 : high] > least) + low + 1).tolist():
        ends = known.ends.take(order.segments[low:at])
        before, after = order.segments[at - 1 - ends[::-1].argmax()], order.segments[at]
        wait = float(order.waits[at])
        yield spell(scene, int(before) - own), spell(scene, int(after) - own), wait


def meetings(scene: Scene, gap: float) -> Iterator[tuple[Utterance, Utterance]]:
    """Yield each utterance that begins while others speak, or up to `gap` seconds later.

    With it stands the latest one of each of these others, the first to speak in the call first.
    """
    known = scene.batch.once(utterances)
    first, last = known.firsts[scene.place], known.firsts[scene.place + 1]
    for at in (np.flatnonzero(known.waits[first:last] <= gap) + first).tolist():
        latest = dict(zip(known.speakers[first:at], range(first, at), strict=True))
        latest.pop(known.speakers[at], None)
        for other in latest.values():
            if known.begins[at] - known.ends[other] <= gap:
                yield utterance(scene, at), utterance(scene, other)


def utterance(scene: Scene, number: int) -> Utterance:
    """Return an utterance by its number."""
    known, whole = scene.batch.once(utterances), scene.batch.once(times)
    role, speaker = whole.people[known.speakers[number]]
    own, (low, high) = whole.firsts[scene.place], known.bounds[number]
    segments = [place - own for place in known.segments[low:high]]
    return Utterance(number, known.begins[number], known.ends[number], role, speaker, segments)
