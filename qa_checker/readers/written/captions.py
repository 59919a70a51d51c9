"""Cues to segments: who speaks in a caption, and lines that roll from cue to cue.

A speaker is a `<v Name>` tag, or a label before a colon that is a role word, a speaker
number, comes back, leads every cue, or is a full name where others lead most cues; or such a
label in brackets; or the first row of every cue, if these rows come back; or `speakerName` in
a cue of JSON, as Microsoft Graph writes it. A cue of several speakers keeps its start for all
of them and its end for the last: who spoke when inside it is not known.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import plain
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import Refusal, parse
from qa_checker.readers.written.labels import NO_LABEL, is_speaker
from qa_checker.readers.written.lines import Line, take_apart

VOICE = lazy_re.compile(r"<v(?:\.[^\s>]*)?[\t ]+([^>]{1,200})>")
TAG = lazy_re.compile(
    r"</?(?:[cibuv]|lang|ruby|rt|font)(?:\.[^\s>]{0,200})?(?:[\t \n][^>]{0,200})?>"
    r"|<(?:[0-9]{2,}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}>"
)
CHANGE = lazy_re.compile(r"\s*(?:- |>>|&gt;&gt;)")
STYLE = lazy_re.compile(r"\{\\[^}]{0,99}\}")
CHEVRONS = lazy_re.compile(r"^[ \t]*>{2,3}[ \t]*", re.MULTILINE)
ASIDE = lazy_re.compile(r"\((?P<label>[^()]{1,40})\)\s*(?P<text>.*)", re.DOTALL)
NAME = lazy_re.compile(r"[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30}){1,3}$")
SOUND = lazy_re.compile(
    r"music|laugh|applau|noise|cross ?talk|inaudible|silence|sound", re.IGNORECASE
)
ROLLING = 0.3


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption as its file has it: seconds, raw text with tags, the line of its time."""

    start: float
    end: float
    text: str
    line: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice says within a cue; `voice` is "" where no tag names it."""

    cue: Cue
    voice: str
    line: Line


def caption_call(cues: Sequence[Cue], options: Options) -> Call:
    """Return the call of a caption file; its id is the file's."""
    rolled, notes = unrolled(_headed([_unpacked(cue) for cue in cues]))
    parts = [part for cue in rolled for part in _parts(cue)]
    people = _people(parts, options.roles)
    segments = [segment for cue in _by_cue(parts) for segment in _said(cue, people, options)]
    if not any(part.voice for part in parts):
        segments = _go_on(segments)
    if any(CHANGE.match(cue.text) for cue in cues) and not people:
        notes.append("dashes mark a change of speaker but not who speaks")
    return Call("", turns(segments), notes=tuple(notes))


def _unpacked(cue: Cue) -> Cue:
    """Take what is said out of a cue of JSON: {"speakerName": "…", "spokenText": "…"}."""
    if not cue.text.lstrip().startswith("{"):
        return cue
    try:
        told = parse(cue.text)
    except Refusal:
        return cue
    if not isinstance(told, dict) or not isinstance(told.get("spokenText"), str):
        return cue
    text = html.escape(told["spokenText"], quote=False)
    return replace(cue, text=text, name=plain(told.get("speakerName")).strip())


def _headed(cues: Sequence[Cue]) -> Sequence[Cue]:
    """Take the name off cues whose first row is one, as meeting software writes documents."""
    rows = [cue.text.split("\n") for cue in cues]
    heads = Counter(row[0].strip() for row in rows)
    led = all(len(row) > 1 and not NO_LABEL.search(row[0].strip()) for row in rows)
    if led and len(cues) > 1 and all(map(is_speaker, heads)):
        return _named(cues, rows)
    if not led or len(cues) < 3 or len(heads) * 2 > len(cues) + 1 or max(map(len, heads)) > 40:
        return cues
    if any(take_apart(1, head).label or "<" in head for head in heads):
        return cues
    return _named(cues, rows)


def _named(cues: Sequence[Cue], rows: Sequence[Sequence[str]]) -> list[Cue]:
    return [
        replace(cue, text="\n".join(row[1:]), name=row[0].strip())
        for cue, row in zip(cues, rows, strict=True)
    ]


def speech(raw: str) -> str:
    """Return what is said: tags and `>>` gone, entities read; a lone "<" is part of the words."""
    return CHEVRONS.sub("", html.unescape(STYLE.sub("", TAG.sub("", raw))))


def unrolled(cues: Sequence[Cue]) -> tuple[list[Cue], list[str]]:
    """Drop lines a cue repeats from the end of the cue before, if the file rolls."""
    lines = [[row for row in map(str.strip, speech(cue.text).split("\n")) if row] for cue in cues]
    pairs = list(pairwise(lines))
    repeats = [_overlap(before, after) for before, after in pairs]
    rolling = sum(n > 0 for n in repeats)
    if rolling < 2 or rolling < ROLLING * len(pairs):
        return list(cues), []
    kept = [cues[0]]
    for cue, rows, repeat in zip(cues[1:], lines[1:], repeats, strict=True):
        if repeat < len(rows):
            text = "\n".join(rows[repeat:]) if repeat else cue.text
            kept.append(replace(cue, text=html.escape(text, quote=False) if repeat else text))
    return kept, [f"rolling captions: lines repeated from the cue before left out {rolling} times"]


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    sizes = range(min(len(before), len(after)), 0, -1)
    return next((size for size in sizes if before[-size:] == after[:size]), 0)


def _parts(cue: Cue) -> Iterator[Part]:
    """Cut a cue where the voice changes: at each `<v>`, and at each line with a dash or label."""
    pieces = VOICE.split(cue.text)
    voices = ["", *(html.unescape(voice).strip() for voice in pieces[1::2])]
    for voice, piece in zip(voices, pieces[::2], strict=True):
        rows = speech(piece).split("\n")
        for row in rows if not voice else [" ".join(filter(None, map(str.strip, rows)))]:
            if row.strip():
                yield Part(cue, voice or cue.name, _line(cue.line, row, voice))


def _line(number: int, row: str, voice: str) -> Line:
    """A clock before a word ("10:30 Meeting: …") is speech: a cue has its time elsewhere.

    `(speaker 0) …` and a name in brackets on a line of its own are speakers; sounds are not.
    """
    aside = ASIDE.match(row.strip())
    if aside is not None and not voice and _names(aside):
        return Line(number, aside["label"], aside["text"].strip(), row.strip())
    line = take_apart(number, row)
    if voice or (line.start is not None and not is_speaker(line.label)):
        return Line(number, "", line.whole, line.whole)
    return line


def _names(aside: re.Match[str]) -> bool:
    label = aside["label"]
    named = not aside["text"].strip() and NAME.match(label) and not SOUND.search(label)
    return is_speaker(label) or bool(named)


def _people(parts: Sequence[Part], given: Mapping[str, str]) -> set[str]:
    labels = [part.line.label for part in parts if part.line.label and not part.voice]
    counts = Counter(labels)
    known = {label for label in counts if label in given or is_speaker(label)}
    cues = {part.cue.line for part in parts}
    led = {part.cue.line for part in parts if part.line.label}
    again = {label for label in counts if counts[label] > 1 or cues == led}
    if again and len(led) * 2 > len(cues):
        again |= {label for label in counts if NAME.match(label)}
    return known | (again if len(again - known) <= 10 else set())


def _by_cue(parts: Sequence[Part]) -> list[list[Part]]:
    found: list[list[Part]] = []
    for part in parts:
        if found and found[-1][0].cue is part.cue:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _said(parts: Sequence[Part], people: set[str], options: Options) -> list[Segment]:
    """Return the segments of one cue, rows of one voice joined."""
    found: list[tuple[str, list[str]]] = []
    for part in parts:
        led = not part.voice and part.line.label in people
        speaker, text = (part.line.label, part.line.text) if led else (part.voice, part.line.whole)
        if found and not led and speaker in ("", found[-1][0]):
            found[-1][1].append(text)
        else:
            found.append((speaker, [text]))
    cue, last = parts[0].cue, len(found) - 1
    return [
        Segment(
            stated(speaker, options.roles) if speaker else UNKNOWN,
            " ".join(texts).strip(),
            speaker,
            cue.start,
            cue.end if number == last else None,
            cue.line,
        )
        for number, (speaker, texts) in enumerate(found)
    ]


def _go_on(segments: Sequence[Segment]) -> list[Segment]:
    """A cue without a label goes on with the speaker before, as in written text."""
    found: list[Segment] = []
    for segment in segments:
        if not segment.speaker and found and found[-1].speaker:
            segment = replace(segment, speaker=found[-1].speaker, role=found[-1].role)
        found.append(segment)
    return found
