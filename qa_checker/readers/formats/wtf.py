"""World Transcription Format, the common form of vCon tools; seconds.

    {"transcript": {"text": "…", "language": "en-US", "duration": 8.5},
     "segments": [{"id": 0, "start": 0.0, "end": 3.2, "text": "…", "speaker": 0}],
     "speakers": {"0": {"label": "Agent"}}, "metadata": {"provider": "deepgram", "model": "…"}}

The label of a speaker is taken where there is one, else its number. Words and the whole
text repeat the segments and are read only if there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "World Transcription Format"
UNIT = "seconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a transcript object beside segments or words."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node is a transcript with segments or words beside it."""
    parts = isinstance(at(document, "segments"), list) or isinstance(at(document, "words"), list)
    return parts and isinstance(at(document, "transcript", "text"), str)


def _call(document: Any) -> Call:
    names = _names(document.get("speakers"))
    segments = [_segment(one, names) for one in objects(document.get("segments"))]
    if not any(one.text.strip() for one in segments):
        segments = list(sentences(_word(one, names) for one in objects(document.get("words"))))
    if not segments:
        segments = [Segment(UNKNOWN, plain(at(document, "transcript", "text")))]
    metadata = kept(
        duration=at(document, "transcript", "duration"),
        provider=at(document, "metadata", "provider"),
        model=at(document, "metadata", "model"),
    )
    language = plain(at(document, "transcript", "language"))
    return Call("", turns(segments), language=language, metadata=metadata)


def _names(speakers: object) -> dict[str, str]:
    listed = objects(speakers)
    if isinstance(speakers, dict):
        return {key: plain(at(one, "label")) or key for key, one in speakers.items()}
    return {plain(one.get("id")): plain(one.get("label")) or plain(one.get("id")) for one in listed}


def _speaker(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    number = plain(one.get("speaker"))
    return names.get(number, number)


def _segment(one: Mapping[str, Any], names: Mapping[str, str]) -> Segment:
    start, end = when(one.get("start")), when(one.get("end"))
    return Segment(UNKNOWN, plain(one.get("text")).strip(), _speaker(one, names), start, end)


def _word(one: Mapping[str, Any], names: Mapping[str, str]) -> Word:
    start, end = when(one.get("start")), when(one.get("end"))
    return Word(plain(one.get("text")), _speaker(one, names), start, end)
