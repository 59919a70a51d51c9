"""A transcript inside another document: its field's value to segments.

[{"speaker": "Agent", "message": "…"}, …]       a list of messages
{"segments": […]}, {"results": {…}}, …          JSON of any format of `formats/`
{"transcript": "…", "words": […]}               an alternative of Deepgram
"Agent: …" or "…"                               a block of text, or JSON in a string
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.formats import deepgram, known_formats, recognise
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, Source
from qa_checker.readers.strict_json import NOT_JSON, Refusal, document
from qa_checker.readers.written.dialogue import conversation

SURE = 0.6
SPEAKER = ("speaker", "role", "name", "participant")
TEXT = ("message", "text", "content", "transcript", "utterance")


@dataclass(frozen=True)
class Said:
    """What a body holds, its language if it says so, and remarks of its reader."""

    segments: Sequence[Segment] = ()
    language: str = ""
    notes: tuple[str, ...] = ()


def transcript_of(body: object, encoding: str, options: Options, without: str) -> Said:
    """Return what a body says; nothing if it is no transcript.

    `encoding` is "json", "none", "base64url" or "". `without` is the format that asks: a
    body in its own shape is not looked into.
    """
    if isinstance(body, str):
        text = decoded(body) if encoding == "base64url" else body
        inner = document(text)
        if isinstance(inner, dict | list):
            return transcript_of(inner, "none", options, without)
        return Said() if inner is not NOT_JSON and encoding == "json" else block(text, options)
    if isinstance(body, list) and (messages := _messages(body)):
        return Said(messages)
    if isinstance(body, dict | list):
        return _known(body, options, without) or _alternative(body, options)
    return Said()


def decoded(text: str) -> str:
    """Return the text behind base64url, "" if it is none."""
    try:
        return urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def block(text: str, options: Options) -> Said:
    """Return the turns of a text with labels; without them, a paragraph is a segment of nobody."""
    found = conversation(text, options.roles)
    if found.segments:
        return Said(found.segments)
    paragraphs = [" ".join(part.split()) for part in text.replace("\r", "").split("\n\n")]
    return Said([Segment(UNKNOWN, part) for part in paragraphs if part])


def is_of_people(body: object) -> bool:
    """Tell whether a body is a list of messages, each with a speaker; two of them at least."""
    told = [_one(one, SPEAKER) for one in objects(body) if _one(one, ("message",))]
    return len(set(told) - {""}) > 1 and all(told)


def _messages(body: object) -> list[Segment]:
    listed = objects(body)
    told = [one for one in listed if _one(one, SPEAKER) and _one(one, TEXT)]
    if not told or len(told) * 2 < len(listed):
        return []
    return [
        Segment(
            UNKNOWN,
            _one(one, TEXT),
            _one(one, SPEAKER),
            when(one.get("start")),
            when(one.get("end")),
        )
        for one in listed
    ]


def _one(given: Mapping[str, Any], keys: Sequence[str]) -> str:
    return next((found for key in keys if (found := plain(given.get(key)).strip())), "")


def _known(body: object, options: Options, without: str) -> Said | None:
    """Ask the other formats; a refusal means that there is nothing to read."""
    source = Source("body", text=json.dumps(body))
    name = recognise(source, options)
    if name in ("", without) or known_formats()[name].sniff(source, options) < SURE:
        return None
    try:
        found = [
            one for one in known_formats()[name].read(source, options) if isinstance(one, Call)
        ]
    except Refusal as refusal:
        return Said(notes=(refusal.reason,))
    segments = [segment for call in found[:1] for segment in call.segments]
    first = found[0] if found else Call("", ())
    return Said(segments, first.language, first.notes)


def _alternative(body: object, options: Options) -> Said:
    text = plain(at(body, "transcript")) or plain(at(body, "text"))
    timed = deepgram.alternative(body) if at(body, "words") or at(body, "paragraphs") else []
    language = plain(at(body, "detected_language")) or plain(at(body, "language"))
    return Said(timed or block(text, options).segments, language)
