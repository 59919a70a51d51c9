"""What is known about a call besides its words: from its file, beside it, its name, the user.

A table that the user names (`--metadata calls.csv`) goes before the file's name
(`--filename-pattern`), that before what the file says; a side-car only fills what is
missing. Keys that people write in many ways get ours beside theirs: 呼叫方向 = 呼入 is
also `direction = inbound`. The id of a call that has one stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import Any

from qa_checker.call import Call, changed
from qa_checker.readers.about.naming import misnamed, told_by_name
from qa_checker.readers.headers import field_of, plain
from qa_checker.readers.source import Options, Source
from qa_checker.readers.times import seconds
from qa_checker.readers.words import sections

FIELDS = ("call_id", "agent", "queue", "started_at", "language")
KEYS = ("channel", "direction", "duration", "file", "agent_channel", "customer_channel")
CHANNELS, DIRECTIONS = ("phone", "chat"), ("inbound", "outbound")


def informed(call: Call, source: Source, options: Options) -> Call:
    """Return the call with everything that is known about it, from wherever it is known."""
    if not (source.beside or options.metadata or options.filename_pattern):
        return _by_itself(call)
    told = told_by_name(options.filename_pattern, source.name)
    given = {**told, **_from_table(call, source, options)} if options.metadata else told
    known = {field: getattr(call, field).strip() for field in FIELDS}
    beside = _sorted_out(source.beside)
    above = _sorted_out(given)
    missing = {key: value for key, value in beside.items() if not known.get(key)}
    fields = {**known, **{key: missing[key] for key in FIELDS if key in missing}}
    fields |= {key: above[key] for key in FIELDS if key in above}
    fields["call_id"] = known["call_id"] or above.get("call_id") or beside.get("call_id", "")
    rest = {**beside, **call.metadata, **above}
    metadata = {
        key: value for key, value in rest.items() if key not in FIELDS or key in call.metadata
    }
    notes = list(call.notes)
    if options.filename_pattern and not told:
        notes.append("the file name does not fit the pattern")
    if told:
        notes += misnamed(options.filename_pattern)
    fields |= {"metadata": _ours(metadata, above), "notes": tuple(notes)}
    return _with(call, fields)


def _with(call: Call, fields: Mapping[str, Any]) -> Call:
    """Return the call with some fields; itself if it has them."""
    same = all(getattr(call, field) == value for field, value in fields.items())
    return call if same else changed(call, **fields)


def _by_itself(call: Call) -> Call:
    """Return a call of which no more is known than its file says."""
    fields: dict[str, Any] = {field: getattr(call, field).strip() for field in FIELDS}
    if call.metadata:
        fields["metadata"] = _ours(call.metadata, {})
    return _with(call, fields)


@lru_cache(maxsize=4096)
def meaning(key: str) -> str:
    """Return the field or key of ours that a key names, "" if none."""
    field = field_of(key)
    return field if field in FIELDS else _keys().get(plain(key), "")


def direction_of(value: str) -> str:
    """Return inbound or outbound, "" for anything else."""
    return _word(value, DIRECTIONS)


def seconds_of(value: str) -> float | None:
    """Return a duration in seconds, None if there is none that makes sense."""
    return seconds(value) or None


def row_about(
    table: Mapping[str, Mapping[str, str]], call_id: str, name: str
) -> Mapping[str, str] | None:
    """Return the row of the user's table about a call, by its id, else by its file's name."""
    last = PurePosixPath(name.rpartition("!")[2]).name
    keys = (call_id, name, last, "stdin" if last == "-" else PurePosixPath(last).stem)
    return next((table[key] for key in keys if key and key in table), None)


def _from_table(call: Call, source: Source, options: Options) -> Mapping[str, str]:
    """Return the user's row for a call, by its id, else by the name of its file."""
    return row_about(options.metadata, call.call_id, source.name) or {}


def _sorted_out(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts with our names for what is a field of a call; the first of two stays."""
    found: dict[str, str] = {}
    for key, value in facts.items():
        name = meaning(key)
        if value.strip():
            found.setdefault(name if name in FIELDS else key, value.strip())
    return found


def _ours(metadata: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Return metadata with channel, direction and duration under our names too.

    What is `above` the others goes before a key of ours that the file has.
    """
    found = dict(metadata)
    for key, value in metadata.items():
        name = meaning(key)
        if name in KEYS and name != "file":
            told = TOLD.get(name, str)(value)
            goes_before = key in above if key != name else name == "duration"
            if told and (goes_before or name not in found):
                found[name] = told
    return found


def _channel(value: str) -> str:
    for name in CHANNELS:
        if any(word in value for word in _values()[name]):
            return name
    return value


def _length(value: str) -> str:
    return "" if seconds_of(value) is None else f"{seconds_of(value):g}"


TOLD = {"channel": _channel, "direction": direction_of, "duration": _length}


def _word(value: str, known: tuple[str, ...]) -> str:
    key = value.strip().casefold()
    return next((name for name in known if key in _values()[name]), "")


@cache
def _keys() -> Mapping[str, str]:
    return {plain(word): key for key in KEYS for word in sections("metadata_words.txt")[key]}


@cache
def _values() -> Mapping[str, frozenset[str]]:
    listed = sections("metadata_words.txt")
    return {name: frozenset(listed[name]) for name in (*CHANNELS, *DIRECTIONS)}
