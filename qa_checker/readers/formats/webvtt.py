"""WebVTT captions, as Teams, Zoom, Webex and YouTube give them.

    WEBVTT

    00:01.000 --> 00:04.500
    <v Alice Chen>Let's start with the renewal.</v>

Cues are the ones the specification's parser gives. Speakers: `<v Name>`, `Name: text`,
`[SPEAKER_00]: text`, or a cue id like `1 "Name" (123)`; hours are optional; lines that
roll from cue to cue are read once. A file with times of SubRip (`00:01,000`) is read as those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.formats import srt
from qa_checker.readers.source import Options, SetAside, Source, split_lines
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "WebVTT captions"
UNIT = "clock"
SIGNATURE = lazy_re.compile(r"\ufeff?WEBVTT(?=[ \t\r\n]|$)")
STAMP = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
TIMING = lazy_re.compile(rf"[ \t\f]*{STAMP}[ \t\f]*-->[ \t\f]*{STAMP}")
WEBEX = lazy_re.compile(r'(?:[0-9]+\s+)?"([^"]{1,80})"(?:\s*\([0-9]+\))?\s*$')
ARROW = "-->"
HALF = lazy_re.compile(r"\s*[0-9]{1,3}:[0-9:.,]*\s*(?:-{1,2}>?[\s0-9:.,]*)?$")


def sniff(source: Source, options: Options) -> float:
    """Return 1 if the file begins with WEBVTT."""
    return 1.0 if SIGNATURE.match(source.text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the captions. Raises Refusal if there are none."""
    found = list(cues(source.text)) or list(srt.cues(source.text))
    if not found:
        raise Refusal("empty: captions without a single cue", "export the captions again")
    call = caption_call(found, options)
    yield replace(call, notes=(*call.notes, *_broken(source.lines)))


def _broken(lines: list[str]) -> list[str]:
    """Return a note on rows that begin a cue but whose time is cut off or wrong."""
    rows = enumerate(zip(["", *lines], lines, strict=False), 1)
    found = [
        number
        for number, (before, row) in rows
        if HALF.match(row) and not TIMING.match(row) and (not before.strip() or before.isdigit())
    ]
    if not found:
        return []
    return [f"{len(found)} cues with a broken time not read, the first at line {found[0]}"]


def cues(text: str) -> Iterator[Cue]:
    """Yield the cues of a WebVTT text as its specification reads them."""
    if not SIGNATURE.match(text):
        return
    lines = split_lines(text.replace("\0", "\ufffd"))
    place = 1
    while place < len(lines) and lines[place] and ARROW not in lines[place]:
        place += 1
    while place < len(lines):
        while place < len(lines) and not lines[place]:
            place += 1
        cue, place = _block(lines, place)
        if cue is not None:
            yield cue


def _block(lines: list[str], place: int) -> tuple[Cue | None, int]:
    """Read one block: an id line, a time line, the text up to a blank line or an arrow."""
    first, cue = place, None
    name = ""
    body: list[str] = []
    arrow = False
    while place < len(lines) and lines[place]:
        line = lines[place]
        if ARROW in line:
            if arrow or place - first > 1:
                break
            arrow, name, body = True, "".join(body), []
            cue = _timed(line, place + 1, name)
        else:
            body.append(line)
        place += 1
    if cue is None:
        return None, max(place, first + 1)
    return Cue(cue.start, cue.end, "\n".join(body), cue.line, cue.name), place


def _timed(line: str, number: int, name: str) -> Cue | None:
    match = TIMING.match(line)
    if match is None:
        return None
    speaker = WEBEX.match(name)
    parts = match.groups()
    return Cue(_at(parts[:4]), _at(parts[4:]), "", number, speaker[1] if speaker else "")


def _at(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
