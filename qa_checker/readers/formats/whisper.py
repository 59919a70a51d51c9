"""Whisper and what is built on it: `segments[]`, seconds.

    {"text": "…", "language": "zh", "segments": [
        {"start": 0.0, "end": 2.4, "text": " 您好", "speaker": "SPEAKER_00", "words": […]}]}

openai-whisper, faster-whisper's wrappers, OpenAI's `verbose_json` and `diarized_json`,
whisper-timestamped, WhisperX, and the `chunks[]` of Hugging Face pipelines; a list of
segments alone, too. Pipelines name the speaker as they like (speaker_id, spk, role …); a
segment without one takes that of its words, or of a neighbour less than half a second away.
Loops the model falls into are read and noted.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.answers import flat
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.messages import speaker_of
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Whisper"
UNIT = "seconds"
MARKS = {"seek", "avg_logprob", "no_speech_prob", "compression_ratio", "tokens", "temperature"}
SURE = 0.95
NEAR = 0.5
LOOP = 4  # the same words so often in a row are not what anybody said
TOO_REGULAR = 2.4  # how far text shrinks when packed; Whisper's own limit for a loop
LONG = 120  # bytes; shorter text shrinks too little to tell
NO_SPEECH = 0.6


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for Whisper's own keys, 0.8 for timed segments, 0.6 for a list of them."""
    return _sure(source.document) or sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call."""
    if _sure(source.document):
        yield _call(source.document)
    else:
        yield from each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node has keys that only Whisper writes."""
    return isinstance(document, dict) and _sure(document) >= SURE


def _sure(document: object) -> float:
    if isinstance(document, list):
        timed = document and all(_is_timed(one) for one in document[:9])
        # whole numbers alone may as well be milliseconds, and then it is no list of Whisper's
        timed = timed and any(
            isinstance(time, float) for one in objects(document) for time in _times(one)
        )
        return (SURE if _marked(document[0]) else 0.6) if timed else 0.0
    if not isinstance(document, dict) or "sentence_info" in document:
        return 0.0
    if any("speaker" in one and "text" in one for one in objects(document.get("utterances"))[:9]):
        return 0.0  # finer than the segments beside them, and whoever speaks is told there
    parts = _parts(document)
    whole = isinstance(document.get("text"), str) and "language" in document
    ours = "word_segments" in document or document.get("task") in ("transcribe", "translate")
    if not parts:
        heard = _heard(document)
        worded = ours and bool(heard) and {"start", "end"} <= heard[0].keys()
        return SURE if worded or (document.get("segments") == [] and (whole or ours)) else 0.0
    if not any(_is_timed(one) for one in parts[:9]):
        return 0.0
    return SURE if ours or whole or _marked(parts[0]) else 0.8


def _call(document: Any) -> Call:
    parts = objects(document) if isinstance(document, list) else _parts(document)
    segments, notes = _with_speakers([_segment(part) for part in parts])
    if not segments:
        segments = list(sentences(_word(one) for one in _heard(document)))
    if not segments:
        segments = [Segment(UNKNOWN, text) for text in [plain(at(document, "text"))] if text]
    metadata = kept(duration=at(document, "duration"), model=at(document, "model"))
    notes += [*_loops(segments), *_doubts(parts)]
    language = plain(at(document, "language"))
    return Call("", turns(segments), language=language, metadata=metadata, notes=tuple(notes))


def _parts(document: object) -> list[dict[str, Any]]:
    """Return the segments; a pipeline with diarisation has them in `speakers`, else `chunks`."""
    for key in ("segments", "speakers", "chunks"):
        if found := [one for one in objects(at(document, key)) if "text" in one]:
            return found
    return []


def _heard(document: object) -> list[dict[str, Any]]:
    """Return the words that stand alone, beside the segments or instead of them."""
    return objects(at(document, "words")) or objects(at(document, "word_segments"))


def _is_timed(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("text"), str):
        return False
    return any(isinstance(time, int | float) for time in _times(one))


def _times(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return one.get("start"), one.get("end"), at(one, "timestamp", 0), at(one, "timestamp", 1)


def _marked(one: Mapping[str, Any]) -> bool:
    worded = isinstance(at(one, "words", 0), dict) and "start" in one
    return bool(MARKS & one.keys()) or ("timestamp" in one and "start" not in one) or worded


def _segment(part: Mapping[str, Any]) -> Segment:
    start = when(part.get("start", at(part, "timestamp", 0)))
    end = when(part.get("end", at(part, "timestamp", 1)))
    label, role = _who(part)
    speakers = [_who(word)[0] for word in objects(part.get("words"))] if not label else []
    told = Counter(speaker for speaker in speakers if speaker).most_common(1)
    speaker = label or (told[0][0] if told else "")
    channel = plain(part.get("channel"))
    return Segment(role, plain(part.get("text")).strip(), speaker, start, end, channel=channel)


def _who(one: Mapping[str, Any]) -> tuple[str, str]:
    """Return the label and the role; what others add to Whisper's output has many names."""
    speaker = plain(one.get("speaker"))
    return (speaker, UNKNOWN) if speaker else speaker_of(flat(one), {})


def _word(one: Mapping[str, Any]) -> Word:
    text = plain(one.get("word")) or plain(one.get("text"))
    start, end = when(one.get("start")), when(one.get("end"))
    return Word(text, _who(one)[0], start, end)


def _with_speakers(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    found = list(segments)
    if not any(one.speaker for one in segments):
        return found, []
    lent = 0
    for place, one in enumerate(segments):
        before = found[place - 1] if place else None
        after = segments[place + 1] if place + 1 < len(segments) else None
        near = [before] * _near(before, one) + [after] * _near(one, after)
        speaker = next((other.speaker for other in near if other and other.speaker), "")
        if speaker and not one.speaker:
            found[place] = replace(one, speaker=speaker)
            lent += 1
    told = f"{lent} segments without a speaker were given the one right beside them"
    return found, [told] if lent else []


def _near(first: Segment | None, second: Segment | None) -> bool:
    if first is None or second is None or first.end is None or second.start is None:
        return False
    return abs(second.start - first.end) < NEAR


def _loops(segments: Sequence[Segment]) -> list[str]:
    """Name what is said over and over, in one segment or in several."""
    runs = [(text, len(list(run))) for text, run in groupby(one.text for one in segments)]
    loops = sum(1 for text, times in runs if text and times >= LOOP)
    loops += sum(1 for one in segments if _is_regular(one.text))
    return [f"the same words over and over in {loops} places: a loop of the recogniser?"] * (
        loops > 0
    )


def _is_regular(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    return len(data) >= LONG and len(data) / len(zlib.compress(data)) > TOO_REGULAR


def _doubts(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    doubts = [when(part.get("no_speech_prob")) or 0.0 for part in parts if plain(part.get("text"))]
    doubtful = sum(doubt > NO_SPEECH for doubt in doubts)
    return [f"{doubtful} segments may be no speech, says the recogniser"] if doubtful else []
