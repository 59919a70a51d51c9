"""Lines that Whisper prints while it listens: whisper, whisper.cpp, faster-whisper.

    [00:00.000 --> 00:02.400]  您好，请问有什么可以帮您？
    [2.40s -> 4.10s] 我的快递没到。

Speakers as in WebVTT. What stands before the first time ("Detected language: …") is not said;
a line without a time goes on with the one before.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import seconds
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "Whisper's printed lines"
UNIT = "clock"
STAMP = r"((?:[0-9]{1,3}:)?(?:[0-9]{1,3}:[0-5])?[0-9]{1,5}\.[0-9]{1,3})s?"
LINE = lazy_re.compile(rf"\s*\[\s*{STAMP}\s*-{{1,2}}>\s*{STAMP}\s*\]\s?(.*)")
TRACK = lazy_re.compile(r"[A-Z]{1,3} (?:SPEAKER|speaker)_?[0-9]{1,3}$")  # as pyannote prints
GLANCE = 40


def sniff(source: Source, options: Options) -> float:
    """Return 0.6 if most lines begin so: role words behind the times make it plain text."""
    rows = [row for row in source.lines[:GLANCE] if row.strip()]
    timed = sum(LINE.match(row) is not None for row in rows)
    return 0.6 if timed * 2 > len(rows) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the lines. Raises Refusal if nothing is said in them."""
    found = list(cues(source.lines))
    if not any(cue.text.strip() for cue in found):
        raise Refusal("empty: captions without any text", "export the captions again")
    if all(TRACK.match(cue.text) for cue in found):
        raise Refusal("a timeline of who speaks when, without words", "export the words too")
    yield caption_call(found, options)


def cues(lines: list[str]) -> Iterator[Cue]:
    """Yield a cue for every line with a time, with the lines that follow it."""
    timed = [(place, match) for place, row in enumerate(lines) if (match := LINE.match(row))]
    ends = [place for place, _ in timed[1:]] + [len(lines)]
    for (place, match), end in zip(timed, ends, strict=True):
        body = [match[3], *(row for row in lines[place + 1 : end] if row.strip())]
        start, stop = seconds(match[1]), seconds(match[2])
        if start is None or stop is None:
            start, stop = float("nan"), float("nan")
        yield Cue(start, stop, "\n".join(body).strip(), place + 1)
