"""AssemblyAI: `utterances[]` or `words[]`, whole milliseconds; `audio_duration` in seconds.

    {"status": "completed", "audio_duration": 25,
     "utterances": [{"speaker": "A", "start": 170, "end": 2514, "text": "…", "words": […]}]}

Read once: the utterances if there are any, else sentences or paragraphs, else the words.
Speakers are letters, or channel numbers. A list of utterances alone is read as well, and a
transcript in camel case; of streamed messages, in a list or one a line, each turn that has ended.
One that is queued, processing or failed is refused with that word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, either, sure
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences, unfinished
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "AssemblyAI"
UNIT = "milliseconds"
BLOCKS = ("utterances", "sentences", "paragraphs")
LASTING, LANGUAGE = ("audio_duration", "audioDuration"), ("language_code", "languageCode")
MARKS = {"audio_url", "audioUrl", "acoustic_model", "language_model", "speech_model", *LASTING}
ROLES = frozenset(["role", "speakerRole", "speaker_role"])  # whoever adds one names the call too
SHORT = 20  # speech takes more of a recording than one part in this
OTHER_UNIT = "times left out: not in milliseconds, as AssemblyAI gives them"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for a transcript of the service, the state of one, or its utterances."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal if the only one is not completed."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node is a transcript, its state, or the messages of a stream."""
    keys = set(document) if isinstance(document, dict) else set()
    if keys & MARKS:
        return bool(keys & {"status", "words", *BLOCKS})
    first = at(document, 0) or at(document, "utterances", 0)
    wanted = {"speaker", "start", "end", "text", "words", "confidence"}
    if isinstance(document, list) and any(map(_is_turn, objects(document))):
        return True
    worded = at(first, "words", 0) is None or isinstance(at(first, "words", 0, "text"), str)
    whole = not isinstance(at(first, "end"), float) or at(first, "end").is_integer()
    theirs = isinstance(first, dict) and ROLES.isdisjoint(first)
    return theirs and wanted <= first.keys() and worded and whole


def _is_turn(message: dict[str, Any]) -> bool:
    return message.get("type") == "Turn" and "end_of_turn" in message


def _streamed(rows: object) -> list[dict[str, Any]]:
    """Return the turns of a stream that have ended, each as an utterance, formatted if it was."""
    ended: dict[object, dict[str, Any]] = {}
    for row in objects(rows):
        words = objects(row.get("words"))
        if _is_turn(row) and row["end_of_turn"] is True and words:
            times = {"start": words[0].get("start"), "end": words[-1].get("end")}
            said = {"text": row.get("transcript"), "speaker": row.get("speaker_label")}
            ended[row.get("turn_order")] = {"words": words, **said, **times}
    return list(ended.values())


def _call(given: Any) -> Call:
    document = given
    if isinstance(given, list):
        document = {"utterances": _streamed(given) or given}
    blocks = next((found for key in BLOCKS if (found := objects(document.get(key)))), [])
    words = objects(document.get("words"))
    status = plain(document.get("status"))
    if status not in ("", "completed"):
        raise unfinished(TITLE, status, document)
    if not (blocks or words or document.get("text")):
        raise Refusal("empty: the recogniser heard no speech", "check the recording")
    segments = [said for one in blocks for said in _block(one)]
    segments = segments or list(sentences(map(_word, words)))
    if not segments:
        segments = [Segment(UNKNOWN, plain(document.get("text")))]
    lasting, named = (either(document, *keys) for keys in (LASTING, LANGUAGE))
    duration = when(lasting)
    notes: tuple[str, ...] = ()
    if not _are_milliseconds(blocks or words, segments, duration):
        segments = [replace(one, start=None, end=None) for one in segments]
        notes = (OTHER_UNIT,)
    metadata = kept(duration=lasting, transcript_id=document.get("id"))
    return Call("", turns(segments), language=plain(named), metadata=metadata, notes=notes)


def _block(one: dict[str, Any]) -> Iterator[Segment]:
    """Yield the segment of a block, or one for each who speaks where only its words tell."""
    words = objects(one.get("words"))
    people = list(dict.fromkeys(plain(word.get("speaker")) for word in words))
    if len(people) > 1 and not plain(one.get("speaker")):
        yield from sentences(map(_word, words))
    else:
        speaker = plain(one.get("speaker")) or next(iter(people), "")
        yield _segment({**one, "speaker": speaker})


def _segment(one: dict[str, Any]) -> Segment:
    start, end = (when(one.get(key), MILLISECOND) for key in ("start", "end"))
    speaker, channel = plain(one.get("speaker")), plain(one.get("channel"))
    return Segment(UNKNOWN, plain(one.get("text")), speaker or channel, start, end, channel=channel)


def _word(one: dict[str, Any]) -> Word:
    start, end = (when(one.get(key), MILLISECOND) for key in ("start", "end"))
    speaker, channel = plain(one.get("speaker")), plain(one.get("channel"))
    return Word(plain(one.get("text")), speaker or channel, start, end, channel)


def _are_milliseconds(
    raw: Sequence[dict[str, Any]], segments: Sequence[Segment], duration: float | None
) -> bool:
    """Parts of milliseconds are seconds; so are times that fill next to nothing of the call."""
    numbers = [one.get(key) for one in raw for key in ("start", "end")]
    if any(isinstance(number, float) and not number.is_integer() for number in numbers):
        return False
    last = max((one.end for one in segments if one.end is not None), default=None)
    return not (last and duration and last * SHORT < duration and last * 1000 <= duration * 1.05)
