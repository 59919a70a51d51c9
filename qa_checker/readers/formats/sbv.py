"""YouTube's SubViewer captions (.sbv).

    0:00:00.378,0:00:02.500
    客服：您好，请问有什么可以帮您？

Speakers as in WebVTT. A cue begins at its time line, so a missing blank line glues nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.source import Options, SetAside, Source, split_lines
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import seconds
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "SBV"
UNIT = "clock"
STAMP = r"([0-9]{1,3}:[0-9]{2}:[0-9]{2}\.[0-9]{1,3})"
TIMING = lazy_re.compile(rf"\s*{STAMP}\s*,\s*{STAMP}\s*$")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 if the first line that is not blank is a time line."""
    first = next((row for row in source.lines[:20] if row.strip()), "")
    return 0.95 if TIMING.match(first.lstrip("\ufeff")) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the captions. Raises Refusal if there are none."""
    found = list(cues(source.text))
    if not any(cue.text.strip() for cue in found):
        raise Refusal("empty: captions without any text", "export the captions again")
    yield caption_call(found, options)


def cues(text: str) -> Iterator[Cue]:
    """Yield a cue for every time line. `[br]` breaks a line, as in older files."""
    lines = split_lines(text.lstrip("\ufeff"))
    timed = [(place, match) for place, row in enumerate(lines) if (match := TIMING.match(row))]
    ends = [place for place, _ in timed[1:]] + [len(lines)]
    for (place, match), end in zip(timed, ends, strict=True):
        body = "\n".join(row for row in lines[place + 1 : end] if row.strip())
        start, stop = seconds(match[1]), seconds(match[2])
        if start is None or stop is None:
            start, stop = float("nan"), float("nan")
        yield Cue(start, stop, body.replace("[br]", "\n"), place + 1)
