"""Google Cloud Speech-to-Text v1 and v2: `results` of alternatives with words.

    {"results": [{"channelTag": 1, "languageCode": "en-us", "alternatives": [
       {"transcript": "Hello there.", "words": [
         {"startTime": "0.300s", "endTime": "0.900s", "word": "Hello", "speakerTag": 1}]}]}]}

Times are "1.500s" or {"seconds": 1, "nanos": 500000000}; v2 writes `startOffset` and
`speakerLabel`, and puts the results of a batch below the name of the recording. Where
speakers were told apart, v1 repeats all words of a channel with their `speakerTag` in the last
result, whether the others have words or only a transcript: only that one is read then. Tag 0 is
nobody known. Keys may also be in snake case. Of answers to streamed speech, in a list or one a
line, the final results are read. NVIDIA Riva has the same shape, with whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import GLANCE, each, either, in_order, made, sure
from qa_checker.readers.exported.said import Word, at, objects, plain, sentences, unfinished
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import value as time_value

TITLE = "Google Cloud Speech-to-Text"
UNIT = "seconds"
OTHERS = {"final", "timestamps", "word_alternatives", "content"}  # Watson, Speechmatics
LIVE = {"isFinal", "is_final", "stability"}
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for results with alternatives of words or a transcript, or an operation."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every recording."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node holds the results of one recording, or a running operation."""
    if _lists(node):
        return True
    kind = plain(at(node, "metadata", "@type")) or plain(at(node, "response", "@type"))
    return "google.cloud.speech" in kind


def call_of(node: Any) -> Call:
    """Return the call of a recording. Raises Refusal for an operation that is not done."""
    if at(node, "error"):
        raise unfinished(TITLE, at(node, "error", "message") or "error")
    if at(node, "done") is False or (not _lists(node) and at(node, "done") is None):
        raise unfinished(TITLE, "running")
    found = [one for results in _lists(node) for one in _segments(results)]
    first = [either(one, "languageCode", "language_code") for one in _all(node)]
    return made(in_order(found), language=next(filter(None, first), ""))


def _lists(node: object) -> list[list[Node]]:
    """Return every list of results: bare, in a response, or below the name of a recording."""
    if isinstance(node, list):
        found = objects(node)
        found = found if any(map(_is_result, found[:GLANCE])) else _streamed(found)
        return [found] if found else []
    results = either(node, "results")
    if isinstance(results, dict):
        every = [v for v in results.values() if isinstance(v, dict)]
        inline = [either(one, "inlineResult", "inline_result") or one for one in every]
        below = [either(at(one, "transcript"), "results") for one in inline]
        return [found for one in below if isinstance(one, list) for found in _lists(one)]
    if isinstance(results, list):
        return _lists(results)
    response = at(node, "response")
    return _lists(response) if isinstance(response, dict) else []


def _streamed(answers: Sequence[Node]) -> list[Node]:
    """Return the final results of answers given while somebody spoke, none of other answers."""
    given = [one for answer in answers for one in objects(answer.get("results"))]
    live = [one for one in given if LIVE & one.keys()]
    return [one for one in live if either(one, "isFinal", "is_final") is True] or live[-1:]


def _all(node: object) -> list[Node]:
    return [one for results in _lists(node) for one in results]


def _is_result(result: Node) -> bool:
    best = at(result, "alternatives", 0)
    if not isinstance(best, dict) or OTHERS & (best.keys() | result.keys()):
        return False
    words = objects(best.get("words"))[:1]
    return isinstance(best.get("transcript"), str) or any("word" in one for one in words)


def _segments(results: Sequence[Node]) -> Iterator[Segment]:
    final = [one for one in results if either(one, "isFinal", "is_final") is not False]
    kept = [one for one in final or results if objects(one.get("alternatives"))]
    channels: dict[str, list[Node]] = {}
    for one in kept:
        channels.setdefault(_channel(one), []).append(one)
    repeated = {channel for channel, said in channels.items() if _last_repeats(said)}
    for result in kept:
        channel = _channel(result)
        if channel not in repeated or result is channels[channel][-1]:
            yield from _result(result)


def _last_repeats(results: Sequence[Node]) -> bool:
    """Tell whether the last result is all the others once more, now with speakers."""
    *others, last = results
    again = [_word(one, "") for one in _words(last)]
    if not others or not any(word.speaker for word in again):
        return False
    before = [_word(one, "") for result in others for one in _words(result)]
    if not before:
        told = _squeezed(_text(result) for result in others)
        return not _text(last).strip() or told in _squeezed(word.text for word in again)
    first = before[0].start
    return not any(word.speaker for word in before) or (
        first is not None and again[0].start is not None and again[0].start <= first
    )


def _squeezed(texts: Iterable[str]) -> str:
    return "".join(mark for mark in "".join(texts).casefold() if mark.isalnum())


def _result(result: Node) -> Iterator[Segment]:
    channel, text = _channel(result), _text(result)
    words = [_word(one, channel) for one in _words(result)]
    found = list(sentences(words))
    whole = "".join("".join(one.text for one in found).split()) == "".join(text.split())
    named = any(word.speaker for word in words)
    if whole or not text.strip() or named:
        yield from found if named else (replace(one, speaker=channel) for one in found)
        return
    start = words[0].start if words else None
    end = words[-1].end if words else None
    yield Segment(UNKNOWN, text.strip(), channel, start, end, channel=channel)


def _channel(result: Node) -> str:
    return plain(either(result, "channelTag", "channel_tag"))


def _text(result: Node) -> str:
    return plain(at(result, "alternatives", 0, "transcript"))


def _words(result: Node) -> list[Node]:
    return objects(at(result, "alternatives", 0, "words"))


def _word(word: Node, channel: str) -> Word:
    """Return a word; Riva counts its times in milliseconds, and its speakers from 0."""
    riva = _in_milliseconds(word)
    tag = plain(either(word, "speakerLabel", "speaker_label", "speakerTag", "speaker_tag"))
    start = span(either(word, "startTime", "startOffset", "start_time", "start_offset"))
    end = span(either(word, "endTime", "endOffset", "end_time", "end_offset"))
    if start is None and end is not None:
        start = 0.0
    if riva:
        start, end = (None if one is None else round(one / 1000, 3) for one in (start, end))
    nobody = tag == "0" and not riva
    return Word(plain(word.get("word")), "" if nobody else tag, start, end, channel)


def _in_milliseconds(word: Node) -> bool:
    """Tell whether a word's times are bare whole numbers, as NVIDIA Riva writes them."""
    raw = either(word, "endTime", "end_time")
    return isinstance(raw, int) and not isinstance(raw, bool)


def span(raw: object) -> float | None:
    """Return the seconds of "1.500s", 1.5 or {seconds, nanos}; None if there are none."""
    if not isinstance(raw, dict):
        return time_value(raw)
    whole, part = when(raw.get("seconds")), when(raw.get("nanos"), 1e-9)
    return round((whole or 0.0) + (part or 0.0), 6)
