"""A call as people had it: segments in the order they were said, merged into turns.

A *segment* is one line of the transcript; a *turn* is everything one speaker says
until somebody else speaks. Times are seconds from the start of the call, or None.
A call that was just read has its segments field by field (`segments.py`); its turns are
made of them when somebody first asks for one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from qa_checker.segments import Columns as Columns
from qa_checker.segments import Segment as Segment
from qa_checker.segments import Who as Who
from qa_checker.segments import columns as columns
from qa_checker.segments import replaceable
from qa_checker.segments import who as who

AGENT, CUSTOMER = "agent", "customer"
BOT, SYSTEM, SUPERVISOR, UNKNOWN = "bot", "system", "supervisor", "unknown"
ROLES = (AGENT, CUSTOMER, BOT, SYSTEM, SUPERVISOR, UNKNOWN)

# what can decide a role, the surest first; see readers/people/rungs.py
MAP, FIELD, CHANNEL, DIRECTION, CUES = "map", "field", "channel", "direction", "cues"
RUNGS = (MAP, FIELD, CHANNEL, DIRECTION, CUES, UNKNOWN)

NOTHING: Mapping[str, str] = MappingProxyType({})


@replaceable
class Turn(Struct, frozen=True, gc=False):
    """What one speaker says in one go; `number` counts from 1 as people do.

    `text` joins the segments by one space; `offsets` holds the character at which
    each segment begins in it.
    """

    number: int
    role: str
    speaker: str
    text: str
    segments: tuple[Segment, ...]
    offsets: tuple[int, ...]

    @property
    def start(self) -> float | None:
        """Seconds at which the first segment starts."""
        return self.segments[0].start

    @property
    def end(self) -> float | None:
        """Seconds at which the last segment ends."""
        return self.segments[-1].end

    def segment_at(self, character: int) -> tuple[Segment, int]:
        """Return the segment that holds a character of `text`, and where it begins."""
        which = max(0, bisect_right(self.offsets, character) - 1)
        return self.segments[which], self.offsets[which]

    def time_at(self, character: int) -> float | None:
        """Seconds at which a character is said, spread evenly over its segment."""
        segment, offset = self.segment_at(character)
        return segment.time_at(character - offset)


@replaceable
class Person(Struct, frozen=True, gc=False):
    """A speaker of a call, by the source's own label and channel, and how the role was found.

    `role` is one of ROLES, `rung` one of RUNGS; `segments` counts what they said.
    """

    label: str
    channel: str
    role: str
    rung: str
    segments: int


@replaceable
class Reading(Struct, frozen=True):
    """How a call was read, for people who want to check it; nothing is judged by it.

    `format` is the name of the reader, `title` what it is called; `score` says how sure it
    was (0 to 1), `runner_up` and `runner_up_score` who else would have read it. `unit` is how
    the file writes times, `encoding` how it writes text ("" if it is no text), `declared`
    whether a byte-order mark says so.
    """

    format: str
    title: str
    score: float
    runner_up: str = ""
    runner_up_score: float = 0.0
    unit: str = "none"
    encoding: str = ""
    declared: bool = False
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One conversation.

    `call_id` and `agent` are text as in the source; `source` names the file it came
    from; `language` is "zh", "en" or "" (decided by the text); `metadata` holds what
    else is known (channel, queue, direction …); `notes` are remarks of the reader
    that a person should see; `reading` tells how it was read, and is no part of what it is.
    """

    call_id: str
    turns: tuple[Turn, ...]
    agent: str = ""
    queue: str = ""
    started_at: str = ""
    language: str = ""
    metadata: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    source: str = ""
    notes: tuple[str, ...] = ()
    reading: Reading | None = field(default=None, compare=False, repr=False)
    said: Columns | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def segments(self) -> list[Segment]:
        """Every segment in source order."""
        return [segment for turn in self.turns for segment in turn.segments]

    def columns(self) -> Columns:
        """Return every segment in source order, field by field."""
        return columns(self.segments) if self.said is None else self.said


# A class of its own, which a call leaves when its turns are made: with `__getattr__` in Call
# itself, Python would look up every attribute of every call the slow way.
class _Unmade(Call):
    """A call whose turns are not made yet; in everything else the call that it becomes."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return object.__getattribute__(_made(self) if name == "turns" else self, name)

    def __eq__(self, other: object) -> bool:
        return bool(_made(self) == other)

    def __hash__(self) -> int:
        return hash(_made(self))

    def __repr__(self) -> str:
        return repr(_made(self))

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _made(self).__reduce_ex__(protocol)


def _made(call: Call) -> Call:
    said = call.said
    if said is not None:  # else another thread has made them meanwhile
        object.__setattr__(call, "turns", turns(said.segments()))
        object.__setattr__(call, "said", None)
    object.__setattr__(call, "__class__", Call)
    return call


def unmade(call: Call, said: Columns) -> Call:
    """Give a call that is new its segments as columns; its turns are made when asked for."""
    object.__setattr__(call, "said", said)
    object.__delattr__(call, "turns")
    object.__setattr__(call, "__class__", _Unmade)
    return call


def changed(call: Call, **changes: Any) -> Call:
    """Return a call with other fields, as `dataclasses.replace` does, and no turns made for it."""
    if call.said is None or "turns" in changes:
        return replace(_made(call), **changes)
    fields = {name: getattr(call, name) for name in ABOUT if name not in changes}
    return unmade(Call(turns=(), **fields, **changes), call.said)


ABOUT = tuple(one.name for one in fields(Call) if one.init and one.name != "turns")


def turn(number: int, segments: Sequence[Segment]) -> Turn:
    """Join segments of one speaker into a turn."""
    first = segments[0]
    if len(segments) == 1:
        return Turn(number, first.role, first.speaker, first.text, (first,), (0,))
    texts = [segment.text for segment in segments]
    offsets = accumulate((len(text) + 1 for text in texts[:-1]), initial=0)
    return Turn(number, first.role, first.speaker, " ".join(texts), tuple(segments), tuple(offsets))


def turns(segments: Iterable[Segment]) -> tuple[Turn, ...]:
    """Merge consecutive segments of equal role, speaker and channel into turns."""
    runs: list[list[Segment]] = []
    role = speaker = channel = None  # not `who`: a call for each segment takes longer
    for segment in segments:
        if segment.role == role and segment.speaker == speaker and segment.channel == channel:
            runs[-1].append(segment)
        else:
            role, speaker, channel = segment.role, segment.speaker, segment.channel
            runs.append([segment])
    return tuple([turn(number, run) for number, run in enumerate(runs, 1)])
