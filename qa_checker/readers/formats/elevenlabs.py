"""ElevenLabs Scribe: `words` with their spacing, seconds; speakers if they were told apart.

    {"language_code": "eng", "text": "Hi there.", "words": [
      {"text": "Hi", "start": 0.1, "end": 0.5, "type": "word", "speaker_id": "speaker_0"},
      {"text": " ", "start": 0.5, "end": 0.5, "type": "spacing", "speaker_id": "speaker_0"}]}

Of a recording with a transcript a channel, `transcripts` with `channel_index`, all are one call.
Audio events such as "(laughs)" are no words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.exports import each, in_order, made, sure
from qa_checker.readers.exported.said import Word, at, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "ElevenLabs Scribe"
UNIT = "seconds"
KINDS = frozenset(["word", "spacing", "audio_event"])
LANGUAGES = {"eng": "en", "cmn": "zh", "zho": "zh", "yue": "zh"}
GLANCE = 10


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for words with their spacing between them."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node has words that are of a kind, or a list a channel of such."""
    if not isinstance(node, dict):
        return False
    words = [one for part in _channels(node) for one in objects(part.get("words"))[:GLANCE]]
    return any(one.get("type") in KINDS and "text" in one for one in words)


def call_of(node: Any) -> Call:
    """Return the call of a transcript."""
    channels = _channels(node)
    segments = [said for part in channels for said in sentences(_words(part))]
    language = plain(at(channels[0], "language_code"))
    return made(
        in_order(segments),
        call_id=node.get("transcription_id"),
        language=LANGUAGES.get(language, language),
    )


def _channels(node: dict[str, Any]) -> list[dict[str, Any]]:
    return objects(node.get("transcripts")) or [node]


def _words(part: dict[str, Any]) -> Iterator[Word]:
    channel = plain(part.get("channel_index"))
    for one in objects(part.get("words")):
        if one.get("type", "word") == "word":
            speaker = plain(one.get("speaker_id")) or channel
            start, end = when(one.get("start")), when(one.get("end"))
            yield Word(plain(one.get("text")), speaker, start, end, channel)
