"""What the timing events share: who speaks from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from qa_checker.call import Segment
from qa_checker.events import Scene
from qa_checker.events._turns import PEOPLE

PAUSE = 0.5
"""Seconds that a speaker may pause and still be saying one thing."""

Spell = tuple[float, float, int, Segment]
"""A segment while it is said: (start, end, index of its turn, the segment)."""
Utterance = list[Spell]
"""What one speaker says without a pause, in one or more segments."""


def timed(scene: Scene) -> bool:
    """Tell whether every segment has a start and an end."""
    return scene.once(has_times)


def has_times(scene: Scene) -> bool:
    """Tell whether no segment lacks a start or an end."""
    return len(scene.once(spells)) == sum([len(turn.segments) for turn in scene.call.turns])


def spells(scene: Scene) -> list[Spell]:
    """Return the segments that have both times, in source order."""
    return [
        (segment.start, segment.end, index, segment)
        for index, turn in enumerate(scene.call.turns)
        for segment in turn.segments
        if segment.start is not None and segment.end is not None
    ]


def by_start(scene: Scene) -> list[Spell]:
    """Return the segments that have both times, by the time they begin."""
    return sorted(scene.once(spells), key=itemgetter(0))


def speakers(scene: Scene) -> list[tuple[str, str]]:
    """Return who speaks in each turn: role and label."""
    return [(turn.role, turn.speaker) for turn in scene.call.turns]


def utterances(scene: Scene) -> list[Utterance]:
    """Return what the people in a call say without a pause, by the time it begins."""
    whose = scene.once(speakers)
    latest: dict[tuple[str, str], Utterance] = {}
    found = []
    for spell in scene.once(by_start):
        start, _, index, _ = spell
        who = whose[index]
        own = latest.get(who)
        if own and start - own[-1][1] <= PAUSE:
            own.append(spell)
        elif who[0] in PEOPLE:
            latest[who] = own = [spell]
            found.append(own)
    return found


def place(scene: Scene, spell: Spell) -> tuple[int, int]:
    """Return the characters of its turn at which a segment begins and ends."""
    _, _, index, segment = spell
    turn = scene.call.turns[index]
    if turn.segments[0] is segment:
        return 0, len(segment.text)
    which = next(n for n, one in enumerate(turn.segments) if one is segment)
    return turn.offsets[which], turn.offsets[which] + len(segment.text)


def text_of(utterance: Sequence[Spell]) -> str:
    """Return the words of an utterance."""
    return " ".join([segment.text for _, _, _, segment in utterance])
