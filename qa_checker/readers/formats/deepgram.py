"""Deepgram: `results.channels[].alternatives[]`, seconds.

    {"metadata": {"request_id": "…", "duration": 25.9},
     "results": {"utterances": [{"speaker": 0, "channel": 0, "start": 0.1, "end": 3.2,
                                 "transcript": "…"}],
                 "channels": [{"alternatives": [{"transcript": "…", "words": [{…}]}]}]}}

Read once: the utterances if there are any, else the paragraphs of each channel, else its
words, else its text. With several channels a speaker is labelled `channel/speaker`. Of live
messages (`"type": "Results"`, in a list or one a line) the final ones are read as utterances.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.said import (
    Word,
    at,
    joined,
    kept,
    label,
    objects,
    plain,
    sentences,
    unfinished,
)
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Deepgram"
UNIT = "seconds"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for channels of alternatives, or for the error of a request."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for the error of a request."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node is a result of the service, or its error."""
    failed = at(document, "err_code") and at(document, "err_msg")
    return _is_result(document) or bool(_live(document)) or bool(failed)


def _call(given: Any) -> Call:
    document = _whole(_live(given)) or given
    if not _is_result(document):
        raise unfinished(TITLE, at(document, "err_code"), document)
    channels = objects(at(document, "results", "channels"))
    first = channels[0] if channels else {}
    metadata = kept(
        duration=at(document, "metadata", "duration"),
        request_id=at(document, "metadata", "request_id"),
        created=at(document, "metadata", "created"),
    )
    language = plain(at(first, "detected_language") or at(first, "alternatives", 0, "languages", 0))
    return Call("", turns(_segments(document, channels)), language=language, metadata=metadata)


def _is_result(document: object) -> bool:
    first = at(document, "results", "channels", 0)
    return isinstance(at(first, "alternatives"), list)


def _live(document: object) -> list[dict[str, Any]]:
    """Return the messages with words that came while somebody spoke."""
    rows = objects(document) if isinstance(document, list) else []
    results = (row for row in rows if row.get("type") == "Results")
    return [row for row in results if isinstance(at(row, "channel", "alternatives"), list)]


def _whole(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return live messages as the answer that a recording would get."""
    if not messages:
        return None
    final = [row for row in messages if row.get("is_final") is True]
    utterances = [found for row in final if (found := _final(row))]
    channels = at(messages[0], "channel_index", 1)
    several = isinstance(channels, int) and channels > 1
    return {
        "metadata": messages[0].get("metadata"),
        "results": {"channels": [{"alternatives": []}] * (1 + several), "utterances": utterances},
    }


def _final(row: dict[str, Any]) -> dict[str, Any] | None:
    best = at(row, "channel", "alternatives", 0)
    words = objects(at(best, "words"))
    if not words:
        return None
    times = {"start": words[0].get("start"), "end": words[-1].get("end")}
    return {"channel": at(row, "channel_index", 0), **best, **times}


def _segments(body: object, channels: list[dict[str, Any]]) -> list[Segment]:
    several = len(channels) > 1
    utterances = objects(at(body, "results", "utterances")) or objects(at(body, "utterances"))
    if utterances:
        return [one for said in utterances for one in _utterance(said, several)]
    found = []
    for number, channel in enumerate(channels):
        where = str(number) if several else ""
        found += alternative(at(channel, "alternatives", 0), where)
    return found


def _utterance(said: Mapping[str, Any], several: bool) -> list[Segment]:
    channel = plain(said.get("channel"))
    where = channel if several else ""
    words = _words(said, where)
    if "speaker" not in said and any(word.speaker != where for word in words):
        return list(sentences(words))
    text = plain(said.get("transcript")) or joined(word.text for word in words)
    speaker = label(where, plain(said.get("speaker")))
    start, end = when(said.get("start")), when(said.get("end"))
    return [Segment(UNKNOWN, text, speaker, start, end, channel=channel)]


def alternative(said: object, channel: str = "") -> list[Segment]:
    """Return what one alternative says; `channel` is "" where there is only one."""
    found = list(_paragraphs(said, channel)) or list(sentences(_words(said, channel)))
    text = plain(at(said, "transcript"))
    if not found and text:
        rows = (row.strip() for row in text.split("\n"))
        found = [Segment(UNKNOWN, row, channel, channel=channel) for row in rows if row]
    return found


def _paragraphs(said: object, channel: str) -> Iterator[Segment]:
    for paragraph in objects(at(said, "paragraphs", "paragraphs")):
        speaker = label(channel, plain(paragraph.get("speaker")))
        for one in objects(paragraph.get("sentences")):
            start, end = when(one.get("start")), when(one.get("end"))
            yield Segment(UNKNOWN, plain(one.get("text")), speaker, start, end, channel=channel)


def _words(said: object, channel: str) -> list[Word]:
    return [
        Word(
            plain(word.get("punctuated_word")) or plain(word.get("word")),
            label(channel, plain(word.get("speaker"))),
            when(word.get("start")),
            when(word.get("end")),
            channel,
        )
        for word in objects(at(said, "words"))
    ]
