"""Sentences of speech services to a call: in order, each once, each with a speaker.

An answer that only points to its transcript is refused, and one without sentences is never an
empty call.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from qa_checker.call import Call, Segment, turns
from qa_checker.readers.exported.answers import Answer
from qa_checker.readers.moments import when
from qa_checker.readers.strict_json import Refusal

SAME_TIME = 0.3


def call_of(
    answer: Answer,
    segments: Iterable[Segment],
    duration: float | None = None,
    notes: Sequence[str] = (),
    task: str = "",
) -> Call:
    """Return the call of an answer: its sentences in order, its ids, its length in seconds.

    Raises Refusal if there is no sentence.
    """
    said, more = in_order(segments)
    if not said:
        raise Refusal("empty: no turn in it", "export the transcript again")
    task = task or answer.plain("taskid", "jobid", "reqid")
    name = recording(answer.plain("fileurl", "filelink", "wavname", "audiourl", "filename"))
    known = {"task_id": task, "recording": name, "duration": _length(duration)}
    return Call(
        PurePosixPath(name).stem or task,
        turns(said),
        metadata={key: value for key, value in known.items() if value},
        notes=(*notes, *more),
    )


def lasting(answer: Answer, unit: float, *names: str) -> float | None:
    """Return the seconds of the first of some fields that holds a number."""
    return when(answer.plain(*names), unit)


def in_order(segments: Iterable[Segment]) -> tuple[list[Segment], list[str]]:
    """Return sentences by their start, each once, with a speaker each, and notes."""
    said = list(segments)
    starts = [one.start for one in said]
    if all(start is not None and not math.isnan(start) for start in starts):
        said.sort(key=lambda one: one.start or 0.0)
    kept: list[Segment] = []
    for one in said:
        if not any(_echo(one, other) for other in kept[-20:]):
            kept.append(one)
    again = len(said) - len(kept)
    notes = [f"{again} sentences told again on another channel left out"] if again else []
    return _named(kept), notes


def recording(address: str) -> str:
    """Return the file name of a path or an address, without the key that signs it."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return PurePosixPath(unquote(path).replace("\\", "/")).name


def run_on(parts: Iterable[str]) -> str:
    """Join recognised pieces as they are; a space only where two Latin words would meet."""
    text = ""
    for part in parts:
        if text and part and _latin(part[0]) and (_latin(text[-1]) or text[-1] in ",.!?;:"):
            text += " "
        text += part
    return text


def _echo(one: Segment, other: Segment) -> bool:
    return (
        one.channel != other.channel
        and one.text == other.text
        and one.start is not None
        and other.start is not None
        and abs(one.start - other.start) <= SAME_TIME
    )


def _named(segments: Sequence[Segment]) -> list[Segment]:
    """Without a label a channel is the speaker; one label on two channels is two people."""
    people = dict.fromkeys((one.channel, one.speaker) for one in segments)
    labels = [speaker for _, speaker in people if speaker]
    if len(labels) == len(set(labels)):
        return [replace(one, speaker=one.speaker or one.channel) for one in segments]
    alone = len(people) == len({channel for channel, _ in people})
    return [
        replace(one, speaker=one.channel if alone else f"{one.channel}-{one.speaker}")
        for one in segments
    ]


def _length(duration: float | None) -> str:
    if duration is None or not math.isfinite(duration) or duration <= 0:
        return ""
    return f"{duration:.3f}".rstrip("0").rstrip(".")


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
