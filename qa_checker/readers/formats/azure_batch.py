"""Azure Speech batch transcription, v3.x and 2024-11-15: `recognizedPhrases` in ticks.

    {"timestamp": "2025-03-01T09:30:00Z", "durationInTicks": 74800000, "duration": "PT7.48S",
     "combinedRecognizedPhrases": [{"channel": 0, "display": "Hello. Hi."}],
     "recognizedPhrases": [{"recognitionStatus": "Success", "channel": 0, "speaker": 1,
       "offset": "PT0.04S", "duration": "PT2.18S",
       "offsetInTicks": 400000, "durationInTicks": 21800000,
       "nBest": [{"confidence": 0.95, "display": "Hello."}]}]}

A tick is 100 ns; without ticks the milliseconds are taken, then the ISO duration. The
first of `nBest` is the service's choice. `combinedRecognizedPhrases` repeats everything
and is not read. Phrases whose status is not Success are left out with a note. A speaker may
stand in `nBest`; Video Indexer writes the same keys with capitals.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import (
    GLANCE,
    each,
    either,
    first_text,
    in_order,
    lasting,
    made,
    pointer,
    sure,
)
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import MILLISECOND, TICK, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, names

TITLE = "Azure Batch Transcription"
UNIT = "ticks"
PERIOD = lazy_re.compile(
    r"P(?:([0-9]{1,3})D)?(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?"
    r"(?:([0-9]{1,7}(?:\.[0-9]{1,9})?)S)?)?$"
)
CAPITALS = "RecognizedPhrases"
SPOKEN = {"", "success"}
END = "endofdictation"  # no speech, and nothing went wrong
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for an object with recognised phrases, or a transcription job."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcription."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is the transcription of one recording, or the job of it."""
    found = objects(either(node, "recognizedPhrases", CAPITALS))[:GLANCE]
    known = any({"nBest", "NBest", "recognitionStatus"} & one.keys() for one in found)
    return known or isinstance(at(node, "combinedRecognizedPhrases"), list) or _is_job(node)


def _is_job(node: object) -> bool:
    return "/speechtotext/" in plain(at(node, "self")) and bool(plain(at(node, "status")))


def _small(value: Any) -> Any:
    """Return a value whose keys begin with a small letter, all the way down."""
    if isinstance(value, list):
        return [_small(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key[:1].lower() + key[1:]: _small(one) for key, one in value.items()}


def call_of(given: Node) -> Call:
    """Return the call of a transcription. Raises Refusal if nothing was recognised."""
    node = _small(given) if CAPITALS in given else given
    if _is_job(node):
        raise pointer(TITLE, node.get("status"), answer=node)
    phrases = objects(node.get("recognizedPhrases"))
    said, notes = recognised(phrases, "recognitionStatus")
    ticks, milliseconds = either(node, "durationInTicks", "durationTicks"), "durationMilliseconds"
    known = lasting(ticks, TICK) or lasting(node.get(milliseconds), MILLISECOND)
    return made(
        in_order(map(_segment, said)),
        metadata=kept(duration=known or lasting(period(node.get("duration")))),
        notes=notes,
        language=next((one["locale"] for one in said if one.get("locale")), ""),
    )


def recognised(phrases: list[Node], key: str) -> tuple[list[Node], list[str]]:
    """Return the phrases that are speech, and a note on the others.

    Raises Refusal if there are phrases and none was recognised.
    """
    states = [plain(one.get(key)) for one in phrases]
    said = [one for one, state in zip(phrases, states, strict=True) if state.casefold() in SPOKEN]
    bad = Counter(state for state in states if state.casefold() not in SPOKEN | {END})
    if not bad:
        return said, []
    if not said:
        raise Refusal(f"nothing was recognised: {names(sorted(bad))}", "check the recording")
    return said, [f"{bad.total()} phrases not recognised and left out: {names(sorted(bad))}"]


def _segment(phrase: Node) -> Segment:
    best = at(phrase, "nBest", 0)
    start = _time(phrase, "offset")
    length = _time(phrase, "duration")
    channel = plain(phrase.get("channel"))
    return Segment(
        UNKNOWN,
        first_text(best, "display", "maskedITN", "itn", "lexical"),
        plain(phrase.get("speaker")) or plain(at(best, "speaker")) or channel,
        start,
        None if start is None or length is None else round(start + length, 6),
        channel=channel,
    )


def _time(phrase: Node, name: str) -> float | None:
    ticks, milliseconds = phrase.get(f"{name}InTicks"), phrase.get(f"{name}Milliseconds")
    if ticks is not None:
        return when(ticks, TICK)
    return period(phrase.get(name)) if milliseconds is None else when(milliseconds, MILLISECOND)


def period(raw: object) -> float | None:
    """Return the seconds of an ISO duration ("PT1M2.5S"); None if empty, NaN if unreadable."""
    if not plain(raw):
        return None
    match = PERIOD.match(plain(raw))
    if match is None:
        return math.nan
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return round(((days * 24 + hours) * 60 + minutes) * 60 + seconds, 6)
