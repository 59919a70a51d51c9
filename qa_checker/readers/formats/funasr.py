"""FunASR: results of AutoModel, and of the runtime's server.

    [{"key": "call", "text": "…", "sentence_info": [
        {"text": "您好，很高兴为您服务。", "start": 340, "end": 2100, "spk": 0}]}]
    {"mode": "offline", "wav_name": "call", "text": "…", "stamp_sents": [
        {"text_seg": "您 好", "punc": "，", "start": 340, "end": 900}]}

Each object is a call; messages of one wav_name are one call, the corrected ones
("2pass-offline") instead of the first guesses. The pipelines of ModelScope call them
`sentences`, with a `ts_list` each. Times are milliseconds. The whole text
repeats the sentences and is read only where there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import (
    Answer,
    Shape,
    calls,
    decoded,
    flat,
    held,
    listed,
    surest,
)
from qa_checker.readers.exported.said import at
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "FunASR"
UNIT = "milliseconds"
MODES = ("offline", "2pass-offline", "2pass-online", "online")
KNOWN = {
    *("key", "text", "timestamp", "sentence_info", "text_tn", "raw_text", "words", "punc_array"),
    *("spk_embedding", "ctc_text", "ctc_timestamps", "timestamps", "label"),
}
ENOUGH = 0.9
ALONE = "alone"


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for sentence_info or stamp_sents, 0.9 for text with token times, 0.6 for text."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal if nothing is said in it."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    if any(map(_is_sentence, _sentences(one)[:20])):
        return 0.97
    if ALONE in one:
        return 0.9
    if not isinstance(one.get("text"), str):
        return 0.0
    if one.get("mode") in MODES and ("wav_name" in one or "is_final" in one):
        return 0.95
    if "key" not in one or not set(one) <= KNOWN:
        return 0.0
    return 0.9 if isinstance(at(decoded(one.get("timestamp")), 0), list) else 0.6


def _is_sentence(one: dict[str, Any]) -> bool:
    text = any(key in one for key in ("text", "sentence", "text_seg"))
    return text and "start" in one and "end" in one


def _is_alone(one: dict[str, Any]) -> bool:
    """Messages heard live, or sentences alone: FunASR counts whole milliseconds, not seconds."""
    if one.get("mode") in MODES[1:]:
        return True
    whole = all(isinstance(one.get(key), int) for key in ("start", "end"))
    return whole and _is_sentence(one) and ("spk" in one or "timestamp" in one)


SHAPE = Shape(_sure, ALONE, _is_alone)


def _sentences(one: dict[str, Any]) -> list[dict[str, Any]]:
    found = listed(one.get("sentence_info")) or listed(one.get("stamp_sents"))
    older = [each for each in listed(one.get("sentences")) if "ts_list" in each]
    return found or older


def _call(answer: Answer) -> Call:
    parts = _parts(answer.result)
    segments = [segment for one in parts for segment in _said(one)]
    notes = _lost(segments, "".join(held(one, "text") for one in parts))
    names = [held(one, "wav_name", "key") for one in parts]
    call = call_of(
        Answer({"wav_name": next(iter(names), "")}, answer.around), segments, notes=notes
    )
    return replace(call, call_id=held(answer.result, "key") or call.call_id)


def _parts(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a result, or the messages of one heard live: the corrected ones if there are any."""
    alone = listed(one.get(ALONE))
    if not alone:
        return [one]
    if "mode" not in alone[0]:
        return [{"sentence_info": alone}]
    return [each for each in alone if each.get("mode") in MODES[:2]] or alone


def _said(one: dict[str, Any]) -> list[Segment]:
    found = [_segment(sentence) for sentence in _sentences(one)]
    if any(segment.text for segment in found):
        return found
    whole = held(one, "text")
    return [_whole(one, whole)] if whole else []


def _segment(one: dict[str, Any]) -> Segment:
    fields = flat(one)
    text = held(fields, "text", "sentence")
    if "textseg" in fields and not text:
        text = run_on(held(fields, "textseg").split()) + held(fields, "punc")
    start, end = (when(fields.get(key), MILLISECOND) for key in ("start", "end"))
    return Segment(UNKNOWN, text, held(fields, "spk", "speaker"), start, end)


def _whole(one: dict[str, Any], text: str) -> Segment:
    """Return the whole text as one sentence, from its first token's time to its last's."""
    times = decoded(one.get("timestamp"))
    start = when(at(times, 0, 0), MILLISECOND)
    end = when(at(times, len(times) - 1, 1), MILLISECOND) if isinstance(times, list) else None
    return Segment(UNKNOWN, text, "", start, end)


def _lost(segments: Iterable[Segment], whole: str) -> list[str]:
    """Say so if the sentences hold clearly less than the whole text."""
    told, all_of_it = _letters("".join(one.text for one in segments)), _letters(whole)
    if told >= ENOUGH * all_of_it:
        return []
    return [f"the sentences hold {told} of the {all_of_it} characters of the whole text"]


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
