"""Silences and meetings of a batch are those that one finds going through each call."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from qa_checker.call import Call, Segment, turns
from qa_checker.events import Batch, Scene
from qa_checker.events._moments import meetings, silences
from qa_checker.events._timeline import PAUSE, complete, spoken
from qa_checker.events._times import Spell, spells
from qa_checker.events._turns import PEOPLE
from qa_checker.text.plain import plain

TENTHS = st.integers(0, 80).map(lambda tenths: tenths / 10)
SEGMENTS = st.builds(
    lambda role, label, start, length, lacks: Segment(
        role, "好的", label, None if lacks == 1 else start, None if lacks == 2 else start + length
    ),
    st.sampled_from(["agent", "customer", "bot", "unknown"]),
    st.sampled_from(["", "A", "B"]),
    TENTHS,
    TENTHS,
    st.sampled_from([0] * 12 + [1, 2]),
)
CALLS = st.lists(SEGMENTS, max_size=12).map(lambda said: Call("c", turns(said), language="zh"))
BATCHES = st.lists(CALLS, min_size=1, max_size=4)


def scenes(calls: list[Call]) -> Iterator[Scene]:
    """Yield what events see of calls that are looked at together, their words apart."""
    batch = Batch(calls)
    for at, call in enumerate(calls):
        yield Scene(call, "zh", plain([turn.text for turn in call.turns]), {}, batch, at)


def by_start(scene: Scene) -> list[Spell]:
    """Return the segments that have both times, by the time they begin."""
    return sorted(spells(scene), key=lambda spell: spell[0])


@given(BATCHES, TENTHS)
def test_silences(calls: list[Call], least: float) -> None:
    """A pause lasts from the latest end so far to the next start."""
    for scene in scenes(calls):
        expected = []
        last: Spell | None = None
        for after in by_start(scene):
            if last is not None and after[0] - last[1] > least:
                expected.append((last, after, after[0] - last[1]))
            if last is None or after[1] >= last[1]:
                last = after
        assert list(silences(scene, least)) == expected


def said(scene: Scene) -> list[list[Spell]]:
    """Return what people say without a pause, one after the other."""
    found: list[list[Spell]] = []
    latest: dict[tuple[str, str], list[Spell]] = {}
    for one in by_start(scene):
        turn = scene.call.turns[one[2]]
        who = turn.role, turn.speaker
        own = latest.get(who)
        if own and one[0] - own[-1][1] <= PAUSE:
            own.append(one)
        elif turn.role in PEOPLE:
            latest[who] = own = [one]
            found.append(own)
    return found


@given(BATCHES, st.sampled_from([0.0, 0.5, 2.0]))
def test_meetings(calls: list[Call], gap: float) -> None:
    """Who begins beside whom: with the latest that each other one said."""
    for scene in scenes(calls):
        latest: dict[tuple[str, str], list[Spell]] = {}
        expected = []
        for cut in said(scene):
            turn = scene.call.turns[cut[0][2]]
            who = turn.role, turn.speaker
            for other, talk in latest.items():
                if other != who and cut[0][0] - talk[-1][1] <= gap:
                    expected.append((cut, talk))
            latest[who] = cut
        found = [(cut.spells, talk.spells) for cut, talk in meetings(scene, gap)]
        assert found == expected


@given(BATCHES)
def test_who_speaks_how_long(calls: list[Call]) -> None:
    """Seconds are added up in whole milliseconds, for each role of each call."""
    for scene in scenes(calls):
        segments = scene.call.segments
        whole = all(s.start is not None and s.end is not None for s in segments)
        assert scene.batch.once(complete)[scene.place] == whole
        if whole:
            sizes = dict.fromkeys((s.role for s in segments), 0)
            for one in segments:
                sizes[one.role] += round(((one.end or 0.0) - (one.start or 0.0)) * 1000)
            assert scene.batch.once(spoken)[scene.place] == sizes
