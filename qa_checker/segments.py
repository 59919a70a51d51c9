"""What is said in a call: one line of the transcript after the other, or field by field.

A *segment* is one line. Readers ask all texts, all starts … of a call at once: those are its
*columns*. Times are seconds from the start of the call, or None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import make_dataclass
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

T = TypeVar("T", bound=Struct)
Who = tuple[str, str, str]


def replaceable(kind: type[T]) -> type[T]:
    """Let `dataclasses.replace` work on a struct, as it does on everything else here."""
    fields = make_dataclass(kind.__name__, kind.__struct_fields__)
    kind.__dataclass_fields__ = fields.__dataclass_fields__  # type: ignore[attr-defined]
    return kind


# A struct is made ten times as fast as a frozen dataclass, and a call has hundreds of them;
# without gc: neither can be part of a cycle.
@replaceable
class Segment(Struct, frozen=True, gc=False):
    """One line of a transcript.

    `role` is one of `call.ROLES`, `speaker` the source's own label, `start` and `end` are
    seconds, `line` is the line (or row) of the source it was read from, from 1;
    `channel` is the recording's channel as the source names it ("0", "ch_1", "left").
    """

    role: str
    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    line: int | None = None
    channel: str = ""

    def time_at(self, character: int) -> float | None:
        """Seconds at which a character is said, spread evenly over the segment.

        The segment's start where it has no end; None where it has no start.
        """
        if self.start is None or self.end is None or not self.text:
            return self.start
        share = min(1.0, character / len(self.text))
        return self.start + share * (self.end - self.start)


class Columns(NamedTuple):
    """The segments of a call field by field: seven lists of one length, in a Segment's order.

    `known` counts who speaks, the first one first, where that was found on the way.
    """

    roles: Sequence[str]
    texts: Sequence[str]
    speakers: Sequence[str]
    starts: Sequence[float | None]
    ends: Sequence[float | None]
    lines: Sequence[int | None]
    channels: Sequence[str]
    known: Mapping[Who, int] | None = None

    def segments(self) -> list[Segment]:
        """Return the segments, made anew."""
        return list(map(Segment, *self[:-1]))

    def by_start(self) -> Columns:
        """Return the segments in the order of their starts, of which none is missing."""
        starts: Any = self.starts
        if starts == sorted(starts):
            return self
        return self.at(sorted(range(len(starts)), key=starts.__getitem__))

    def at(self, places: Sequence[int]) -> Columns:
        """Return the segments at some places, in the order of those."""
        if len(places) < 2:
            segments = self.segments()
            return columns([segments[place] for place in places])
        taken: Iterable[Any] = map(list, map(itemgetter(*places), self[:-1]))
        return Columns(*taken)

    def who(self) -> Iterable[Who]:
        """Return the speaker of each segment."""
        return zip(self.roles, self.speakers, self.channels, strict=True)

    def people(self) -> Mapping[Who, int]:
        """Return everybody who speaks, the first one first, with how many segments are theirs."""
        return Counter(self.who()) if self.known is None else self.known

    def counted(self) -> Columns:
        """Return the same with the people, so that they are counted once."""
        return self if self.known is not None else self._replace(known=self.people())


def columns(segments: Sequence[Segment]) -> Columns:
    """Return segments field by field."""
    return Columns(
        [one.role for one in segments],
        [one.text for one in segments],
        [one.speaker for one in segments],
        [one.start for one in segments],
        [one.end for one in segments],
        [one.line for one in segments],
        [one.channel for one in segments],
    )


def who(segment: Segment) -> Who:
    """Return what tells one speaker from another: role, label and channel."""
    return segment.role, segment.speaker, segment.channel
