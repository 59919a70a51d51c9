"""What a column or key means: 话术, Utterance and "transcript" are all `text`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from qa_checker.call import Call, changed
from qa_checker.readers.words import fold, sections

BRACKETS = str.maketrans("", "", " .()[]<>{}\"'*:：（）【】")
ABOUT = ("call_id", "agent", "queue", "started_at", "language")  # the fields of a call
FIELDS = (
    "text", "role", "speaker", "channel", "turn", "sentence",
    "start", "end", "start_ms", "end_ms", *ABOUT,
)  # fmt: skip
MILLISECONDS = ("ms", "millis", "milliseconds", "毫秒")


def plain(header: str) -> str:
    """Return a header as headers are compared: no case, spaces, brackets, _ - or dots."""
    return fold(header).translate(BRACKETS)


@cache
def aliases() -> Mapping[str, str]:
    """Return every known header, plain, with the field it names."""
    listed = sections("headers.txt").items()
    return {plain(header): field for field, entries in listed for header in entries}


@lru_cache(maxsize=4096)
def field_of(header: str) -> str:
    """Return the field a header names, "start_ms"/"end_ms" if it says so, or ""."""
    key = plain(header)
    for unit in MILLISECONDS:
        time = aliases().get(key.removesuffix(unit))
        if key.endswith(unit) and time in ("start", "end"):
            return f"{time}_ms"
    for unit in ("seconds", "secs", "sec", "秒", "s"):
        time = aliases().get(key.removesuffix(unit))
        if key.endswith(unit) and time in ("start", "end"):
            return time
    return aliases().get(key, "")


def check_fields(named: Iterable[str]) -> None:
    """Raise ValueError if one of some names is no field that a column can hold."""
    for name in named:
        if name not in FIELDS:
            raise ValueError(f"columns: {name!r} is not a field; write one of {', '.join(FIELDS)}")


def about_call(key: str) -> str:
    """Return the field of a call that a key names, or the key; a bare "id" is the call's."""
    field = "call_id" if key.casefold() == "id" else field_of(key)
    return field if field in ABOUT else key


def call_fields(call: Call, fields: Mapping[str, str]) -> Call:
    """Return the call with its known fields set and the others kept as metadata."""
    own = {key: value.strip() for key, value in fields.items() if key in ABOUT and value.strip()}
    rest = {key: value.strip() for key, value in fields.items() if key not in ABOUT}
    kept = {**call.metadata, **{key: value for key, value in rest.items() if value}}
    return changed(
        call,
        call_id=own.get("call_id", call.call_id),
        agent=own.get("agent", call.agent),
        queue=own.get("queue", call.queue),
        started_at=own.get("started_at", call.started_at),
        language=own.get("language", call.language),
        metadata=kept,
    )
