"""whisper.cpp (`-oj`, `-ojf`): `transcription[]`, milliseconds.

    {"systeminfo": "…", "params": {…}, "result": {"language": "zh"}, "transcription": [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,400"},
         "offsets": {"from": 0, "to": 2400}, "text": " 您好", "speaker": "0"}]}

`speaker` is there with `-di`, "?" where it could not tell. With a tinydiarize model a segment
only says that somebody else goes on (`speaker_turn_next`); who it is, it does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import value as time_value

TITLE = "whisper.cpp"
UNIT = "milliseconds"
CHANGES = "changes of speaker are marked but not who speaks"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a transcription of parts with offsets or timestamps."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node is a transcription with offsets or timestamps."""
    parts = objects(at(document, "transcription"))
    if any("text" in one and ("offsets" in one or "timestamps" in one) for one in parts[:9]):
        return True
    return at(document, "transcription") == [] and at(document, "params") is not None


def _call(document: Any) -> Call:
    parts = objects(at(document, "transcription"))
    segments = [_segment(part) for part in parts]
    turning = any(part.get("speaker_turn_next") is True for part in parts)
    notes = (CHANGES,) if turning and not any(one.speaker for one in segments) else ()
    metadata = kept(model=at(document, "model", "type"))
    language = plain(at(document, "result", "language"))
    return Call("", turns(segments), language=language, metadata=metadata, notes=notes)


def _segment(part: dict[str, Any]) -> Segment:
    speaker = plain(part.get("speaker"))
    start, end = _at(part, "from"), _at(part, "to")
    text = plain(part.get("text")).strip()
    return Segment(UNKNOWN, text, "" if speaker == "?" else speaker, start, end)


def _at(part: dict[str, Any], side: str) -> float | None:
    offset = at(part, "offsets", side)
    if offset is not None:
        return when(offset, MILLISECOND)
    return time_value(at(part, "timestamps", side))
