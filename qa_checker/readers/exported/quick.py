"""Our own form read fast: a line that is exactly it becomes a call at once.

Anything odd (another key, a time as text, a key twice, broken JSON) is no business of
this module: it answers None, and `records.py` reads the line with care or says what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Literal

import numpy as np
from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType, defstruct
from msgspec.json import Decoder
from msgspec.structs import astuple

from qa_checker.call import UNKNOWN, Call, Columns, unmade
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options

Seconds = Annotated[float, Meta(gt=-1e15, lt=1e15)]
Text = str | UnsetType
KEYS: dict[str, Any] = {
    "role": str,
    "text": str,
    "speaker": str,
    "start": Seconds,
    "end": Seconds,
    "channel": str,
}


class Turn(Struct, forbid_unknown_fields=True, gc=False, kw_only=True):
    """A turn of our own form, and nothing else."""

    role: Text = UNSET
    text: str
    speaker: Text = UNSET
    start: Seconds | UnsetType | None = UNSET
    end: Seconds | UnsetType | None = UNSET
    channel: Text = UNSET


class Record(Struct, forbid_unknown_fields=True, kw_only=True):
    """A call of our own form, and nothing else."""

    call_id: Text = UNSET
    agent: Text = UNSET
    queue: Text = UNSET
    started_at: Text = UNSET
    language: Text = UNSET
    metadata: dict[str, str] | UnsetType = UNSET
    notes: Annotated[list[str], Meta(min_length=1)] | UnsetType = UNSET
    turns: list[Turn]


DECODER = Decoder(Record)
ABOUT = attrgetter("call_id", "agent", "queue", "started_at", "language")
COLON = ord(":")
FEW = 4  # different role words: so many are looked for by name, and counted one by one
ODD = (MsgspecError, UnicodeDecodeError, RecursionError)
TIMES = ("start", "end")
COLUMN: Mapping[str, Callable[[list[Any]], list[Any]]] = {
    "role": lambda turns: [one.role for one in turns],
    "text": lambda turns: [one.text for one in turns],
    "speaker": lambda turns: [one.speaker for one in turns],
    "start": lambda turns: [one.start for one in turns],
    "end": lambda turns: [one.end for one in turns],
    "channel": lambda turns: [one.channel for one in turns],
}
Found = tuple[Record, dict[str, list[Any]], int]


class Quick:
    """Reads lines by the same options; role words are looked up once each.

    A line whose turns all have the keys of the line before, and role words that were there
    before, is read as nothing else; any other has to be asked what each turn has.
    """

    def __init__(self, options: Options) -> None:
        self.given = options.roles
        self.roles = {"": UNKNOWN}
        self.keys: tuple[str, ...] = ()
        self.words: tuple[str, ...] = ()

    def call(self, row: bytes, line: int | None = None) -> Call | None:
        """Return the call of a line in UTF-8, None if it has to be read with care."""
        found = self._as_before(row) or self._any(row)
        if found is None:
            return None
        record, columns, keys = found
        if _key_twice(row, record, columns, keys):
            return None
        about = ("" if one is UNSET else one.strip() for one in ABOUT(record))
        call_id, agent, queue, started_at, language = about
        notes, more = tuple(record.notes or ()), record.metadata or {}
        call = Call(call_id, (), agent, queue, started_at, language, more, notes=notes)
        said = columns if self.keys else _filled(columns)
        return unmade(call, self._said(said, len(record.turns), line))

    def _as_before(self, row: bytes) -> Found | None:
        if not self.keys:
            return None
        try:
            record = _decoder(self.keys, self.words).decode(row)
        except ODD:
            return None
        columns = {key: COLUMN[key](record.turns) for key in self.keys}
        return record, columns, len(self.keys) * len(record.turns)

    def _any(self, row: bytes) -> Found | None:
        try:
            record = DECODER.decode(row)
        except ODD:
            return None
        columns, keys = _columns(record.turns)
        self.keys = tuple(columns) if keys == len(columns) * len(record.turns) else ()
        words = tuple(dict.fromkeys([*self.words, *columns.get("role", ())]))
        self.words = words if self.keys and len(words) <= FEW else ()
        return record, columns, keys

    def _said(self, columns: Mapping[str, list[Any]], size: int, line: int | None) -> Columns:
        nothing, never = [""] * size, [None] * size
        words = columns.get("role", nothing)
        counts = _counted(words)
        for word in counts:
            if word not in self.roles:
                self.roles[word] = stated(word, self.given)
        known = {(self.roles[word], word, ""): count for word, count in counts.items()}
        as_said = all(word == role for role, word, _ in known)
        return Columns(
            words if as_said else list(map(self.roles.__getitem__, words)),
            columns.get("text", nothing),
            columns.get("speaker", words),
            columns.get("start", never),
            columns.get("end", never),
            [line] * size,
            columns.get("channel", nothing),
            None if "speaker" in columns or "channel" in columns else known,
        )


def _counted(words: list[str]) -> Mapping[str, int]:
    """Return how often each word is there, in the order of their first; of few, the quick way."""
    different = dict.fromkeys(words)
    if len(different) > FEW:
        return Counter(words)
    return {word: words.count(word) for word in different}


@lru_cache(maxsize=256)
def _decoder(keys: tuple[str, ...], words: tuple[str, ...]) -> Decoder[Any]:
    """Return what decodes a call if its turns all have these keys, and no other.

    Role words that are known are each one text, not a new one for every turn.
    """
    kinds = [(key, KEYS[key]) for key in keys]
    if words:
        kinds = [(key, Literal[words] if key == "role" else kind) for key, kind in kinds]
    turn = defstruct("Turn", kinds, forbid_unknown_fields=True, gc=False)
    said = [("turns", list[turn])]  # type: ignore[valid-type]
    return Decoder(defstruct("Record", said, bases=(Record,), forbid_unknown_fields=True))


def _columns(turns: Sequence[Turn]) -> tuple[dict[str, list[Any]], int]:
    """Return the values of the keys that turns have, UNSET for none, and how many there are."""
    each = zip(KEYS, zip(*map(astuple, turns), strict=True), strict=False)
    found = {key: list(column) for key, column in each if any(one is not UNSET for one in column)}
    return found, sum(one is not UNSET for column in found.values() for one in column)


def _filled(columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return columns without UNSET: a turn's role word for a label, "", or None for a time."""
    found: dict[str, list[Any]] = {}
    for key, column in columns.items():
        words = found.get("role") if key == "speaker" else None
        others = words or [None if key in TIMES else ""] * len(column)
        both = zip(column, others, strict=True)
        found[key] = [other if one is UNSET else one for one, other in both]
    return found


def _key_twice(row: bytes, record: Record, columns: Mapping[str, list[Any]], keys: int) -> bool:
    """Tell whether a key may be there twice: of those only the last would be left.

    Each key has a colon, of which the turns have as many as `keys`. A colon that is neither a
    key's nor in a value is that of a key that was dropped.
    """
    if b"\\" in row and b"\\u003" in row:  # may be a colon
        return True
    about = [one for one in ABOUT(record) if one is not UNSET]
    notes, more = record.notes or [], record.metadata or {}
    extra = (record.notes is not UNSET) + (record.metadata is not UNSET)
    left = int(np.count_nonzero(np.frombuffer(row, np.uint8) == COLON)) - keys
    left -= 1 + len(about) + len(more) + extra
    if left:
        texts = [value for key, value in columns.items() if key not in TIMES]
        for values in (about, notes, more, more.values(), *texts):
            left -= "\n".join(filter(None, values)).count(":")
    return bool(left)
