"""NVIDIA NeMo and its models (Parakeet, Canary); seconds.

    {"text": "…", "model": "nvidia/canary-1b-v2", "words": [{"id": 0, …}],
     "segments": [{"start": 0.0, "end": 4.6, "text": "…", "words": [0, 1, 2]}]}

    {"session_id": "call", "speaker_count": 2, "words": […], "sentences": [
        {"speaker": "speaker_0", "start_time": 0.4, "end_time": 1.2, "text": "…"}]}

    {"text": "…", "timestamp": {"word": […], "segment": [{"segment": "…", "start": 0, "end": 4.6}]}}

Segments are read, or sentences; words repeat them and are read only if there is neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "NVIDIA NeMo"
UNIT = "seconds"
MODELS = ("nvidia", "nemo", "parakeet", "canary")
SPEAKER, TEXT = ("speaker", "speaker_label"), ("text", "sentence", "segment", "word")
START, END = ("start", "start_time"), ("end", "end_time")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a model's name, words as numbers, or a session with its speakers."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node has a model's name, words as numbers, or a session's speakers."""
    if not isinstance(document, dict) or not _blocks(document) + objects(document.get("words")):
        return False
    model = plain(document.get("model")).casefold()
    numbered = isinstance(at(document, "segments", 0, "words", 0), int)
    if "transcript" not in document and (numbered or any(name in model for name in MODELS)):
        return isinstance(document.get("text"), str)
    session = "session_id" in document and "speaker_count" in document
    return session or bool(at(document, "timestamp", "segment", 0, "segment"))


def _call(document: Any) -> Call:
    segments = [_segment(one) for one in _blocks(document)]
    if not any(one.text for one in segments):
        segments = list(sentences(_word(one) for one in objects(document.get("words"))))
    metadata = kept(duration=document.get("duration"), model=document.get("model"))
    return Call("", turns(segments), language=plain(document.get("language")), metadata=metadata)


def _blocks(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    stamped = objects(at(document, "timestamp", "segment"))
    return objects(document.get("segments")) or objects(document.get("sentences")) or stamped


def _one(given: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((given[key] for key in keys if given.get(key) is not None), None)


def _segment(given: Mapping[str, Any]) -> Segment:
    text, speaker = plain(_one(given, TEXT)).strip(), plain(_one(given, SPEAKER))
    return Segment(UNKNOWN, text, speaker, when(_one(given, START)), when(_one(given, END)))


def _word(given: Mapping[str, Any]) -> Word:
    text, speaker = plain(_one(given, TEXT)), plain(_one(given, SPEAKER))
    return Word(text, speaker, when(_one(given, START)), when(_one(given, END)))
