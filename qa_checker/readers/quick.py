"""Our own form read fast: a line that is exactly it becomes a call at once.

Anything odd (another key, a time as text, a key twice, broken JSON) is no business of
this module: it answers None, and `records.py` reads the line with care or says what is wrong.
"""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter
from typing import Annotated

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.roles import stated
from qa_checker.readers.source import Options

Seconds = Annotated[float, Meta(gt=-1e15, lt=1e15)]
Text = str | UnsetType


class Turn(Struct, forbid_unknown_fields=True, gc=False):
    """A turn of our own form, and nothing else."""

    text: str
    role: Text = UNSET
    speaker: Text = UNSET
    start: Seconds | UnsetType | None = UNSET
    end: Seconds | UnsetType | None = UNSET
    channel: Text = UNSET


class Record(Struct, forbid_unknown_fields=True):
    """A call of our own form, and nothing else."""

    turns: list[Turn]
    call_id: Text = UNSET
    agent: Text = UNSET
    queue: Text = UNSET
    started_at: Text = UNSET
    language: Text = UNSET
    metadata: dict[str, str] | UnsetType = UNSET
    notes: Annotated[list[str], Meta(min_length=1)] | UnsetType = UNSET


DECODER, ENCODER = Decoder(Record), Encoder()
FIELDS = attrgetter("call_id", "agent", "queue", "started_at", "language")


class Quick:
    """Reads lines by the same options; role words are looked up once each."""

    def __init__(self, options: Options) -> None:
        self.given = options.roles
        self.roles = {"": UNKNOWN}

    def call(self, row: bytes, line: int | None = None) -> Call | None:
        """Return the call of a line in UTF-8, None if it has to be read with care."""
        try:
            record = DECODER.decode(row)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        if _key_twice(row, record):
            return None
        said = turns(self._segments(record.turns, line))
        fields = ("" if one is UNSET else one.strip() for one in FIELDS(record))
        call_id, agent, queue, started_at, language = fields
        notes, more = tuple(record.notes or ()), record.metadata or {}
        return Call(call_id, said, agent, queue, started_at, language, more, notes=notes)

    def _segments(self, said: list[Turn], line: int | None) -> list[Segment]:
        """Return the segments of all turns, made field by field: no turn costs a call."""
        words = [one.role or "" for one in said]
        for word in set(words).difference(self.roles):
            self.roles[word] = stated(word, self.given)
        roles = map(self.roles.__getitem__, words)
        texts = [one.text for one in said]
        labels = [
            word if one.speaker is UNSET else one.speaker
            for word, one in zip(words, said, strict=True)
        ]
        starts = [None if one.start is UNSET else one.start for one in said]
        ends = [None if one.end is UNSET else one.end for one in said]
        channels = [one.channel or "" for one in said]
        return list(map(Segment, roles, texts, labels, starts, ends, repeat(line), channels))


def _key_twice(row: bytes, record: Record) -> bool:
    """Tell whether a key may be there twice: of those only the last would be left.

    What was decoded is written again: a colon more in the line is a key that was dropped.
    """
    if b"\\" in row and b"\\u003" in row:  # may be a colon
        return True
    return row.count(b":") != ENCODER.encode(record).count(b":")
