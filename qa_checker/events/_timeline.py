"""Who speaks from when to when, as arrays for all calls of a batch at once.

The timing events look closely only at the few places where these show a pause or an overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qa_checker.call import Segment
from qa_checker.events import Batch
from qa_checker.events._turns import PEOPLE

PAUSE = 0.5
"""Seconds that a speaker may pause and still be saying one thing."""

Seconds = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Speaker = tuple[str, str]
"""Role and label."""
Spell = tuple[float, float, int, Segment]
"""A segment while it is said: (start, end, index of its turn, the segment)."""


class Times(NamedTuple):
    """The segments of all calls, in source order; those of call i from firsts[i] to firsts[i + 1].

    `starts` and `ends` are NaN where a segment does not say, in `spells` too; `calls` are the
    numbers of the calls, `speakers` numbers of `people`, who are others in each call. The
    segments of turn i of all turns stand from turns[i] to turns[i + 1].
    """

    firsts: list[int]
    spells: list[Spell]
    calls: Numbers
    starts: Seconds
    ends: Seconds
    speakers: Numbers
    people: list[Speaker]
    turns: Numbers


class Order(NamedTuple):
    """The segments that have both times, as places in Times, by the time they begin.

    Those of call i stand at firsts[i] to firsts[i + 1]; see `waits` for those.
    """

    firsts: list[int]
    segments: Numbers
    waits: Seconds


class Utterances(NamedTuple):
    """What people say without a pause, by the time it begins: call i has those from firsts[i] on.

    Number n consists of the segments (places in Times) from bounds[n][0] to bounds[n][1] of
    `segments`; see `waits` for those.
    """

    firsts: list[int]
    begins: list[float]
    ends: list[float]
    speakers: list[int]
    waits: Seconds
    bounds: list[tuple[int, int]]
    segments: list[int]


def times(batch: Batch) -> Times:
    """Collect the times of all segments."""
    people: list[Speaker] = []
    speakers: list[int] = []
    for call in batch.calls:
        who = [(turn.role, turn.speaker) for turn in call.turns]
        number = {each: at for at, each in enumerate(dict.fromkeys(who), len(people))}
        people += number
        speakers += map(number.__getitem__, who)
    said = [turn.segments for call in batch.calls for turn in call.turns]
    segments = list(chain.from_iterable(said))
    turns = np.array([len(call.turns) for call in batch.calls], dtype=np.int64)
    sizes = np.array(list(map(len, said)), dtype=np.int64)
    before = turns.cumsum() - turns
    calls = np.arange(len(turns)).repeat(turns).repeat(sizes)
    places = (np.arange(len(said)).repeat(sizes) - before.take(calls)).tolist()
    starts = np.array([segment.start for segment in segments], dtype=np.float64)
    ends = np.array([segment.end for segment in segments], dtype=np.float64)
    return Times(
        calls.searchsorted(np.arange(len(turns) + 1)).tolist(),
        list(zip(starts.tolist(), ends.tolist(), places, segments, strict=True)),
        calls,
        starts,
        ends,
        np.array(speakers, dtype=np.int64).repeat(sizes),
        people,
        np.concatenate(([0], sizes.cumsum())),
    )


def lasting(batch: Batch) -> Seconds:
    """Return how long each turn of all calls lasts; NaN where it does not say."""
    known = batch.once(times)
    first, last = known.turns[:-1], known.turns[1:] - 1
    found: Seconds = known.ends.take(last) - known.starts.take(first)
    return found


def complete(batch: Batch) -> list[bool]:
    """Tell of each call whether all of its segments have a start and an end."""
    known = batch.once(times)
    lacking = np.flatnonzero(np.isnan(known.starts + known.ends))
    without = set(known.calls.take(lacking).tolist())
    return [call not in without for call in range(len(batch.calls))]


def in_order(batch: Batch) -> Order:
    """Sort the segments of each call; those that begin at the same time keep their order."""
    known = batch.once(times)
    order = np.lexsort((known.starts, known.calls))
    order = order[~np.isnan((known.starts + known.ends).take(order))]
    firsts = beginnings(batch, order)
    return Order(firsts, order, waits(known.starts.take(order), known.ends.take(order), firsts))


def utterances(batch: Batch) -> Utterances:
    """Join what the same person says with no more than a PAUSE in between."""
    known, order = batch.once(times), batch.once(in_order).segments
    heard = np.array([role in PEOPLE for role, _ in known.people], dtype=np.bool_)
    said = order[heard.take(known.speakers.take(order))]
    by_speaker = known.speakers.take(said).argsort(kind="stable")
    segments = said.take(by_speaker)
    speakers = known.speakers.take(segments)
    begins, ends = known.starts.take(segments), known.ends.take(segments)
    opens = np.ones(len(segments), dtype=np.bool_)
    opens[1:] = (speakers[1:] != speakers[:-1]) | (begins[1:] - ends[:-1] > PAUSE)
    low = np.flatnonzero(opens)
    high = np.append(low, len(segments))[1:]
    by_start = by_speaker.take(low).argsort()
    low, high = low.take(by_start), high.take(by_start)
    begins, ends = begins.take(low), ends.take(high - 1)
    firsts = beginnings(batch, segments.take(low))
    return Utterances(
        firsts,
        begins.tolist(),
        ends.tolist(),
        speakers.take(low).tolist(),
        waits(begins, ends, firsts),
        list(zip(low.tolist(), high.tolist(), strict=True)),
        segments.tolist(),
    )


def beginnings(batch: Batch, segments: Numbers) -> list[int]:
    """Return where each call begins, and where one more would, among segments sorted by call."""
    calls = batch.once(times).calls.take(segments)
    found: list[int] = calls.searchsorted(np.arange(len(batch.calls) + 1)).tolist()
    return found


def waits(begins: Seconds, ends: Seconds, firsts: Sequence[int]) -> Seconds:
    """Return the seconds from the latest end before, in the same call, to each beginning.

    Less than 0: somebody is still speaking. What comes first in a call has waited for ever.
    """
    latest = np.empty_like(ends)
    for first, last in pairwise(firsts):
        np.maximum.accumulate(ends[first:last], out=latest[first:last])
    found = np.empty_like(begins)
    np.subtract(begins[1:], latest[:-1], out=found[1:])
    found[[first for first in firsts if first < len(found)]] = np.inf
    return found


def spoken(batch: Batch) -> list[dict[str, int]]:
    """Return how many milliseconds each role speaks in each call; its times must be complete."""
    known = batch.once(times)
    each = np.rint((known.ends - known.starts) * 1000)
    sums = np.bincount(known.speakers, weights=each, minlength=len(known.people)).tolist()
    owners = np.full(len(known.people), -1)
    owners[known.speakers] = known.calls
    found: list[dict[str, int]] = [{} for _ in batch.calls]
    for call, (role, _), size in zip(owners.tolist(), known.people, sums, strict=True):
        if size == size:  # not NaN: the times of the call are complete
            found[call][role] = found[call].get(role, 0) + int(size)
    return found
