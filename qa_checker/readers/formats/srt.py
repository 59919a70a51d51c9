"""SubRip captions (.srt), lenient: numbers, blank lines and hours may be missing.

    1
    00:00:01,000 --> 00:00:03,500
    客服：您好，请问有什么可以帮您？

Speakers as in WebVTT: `Name: text`, `[SPEAKER_00]: text`; FunASR's tools put them beside the
number, `1  spk0`. A cue begins at its time line,
so cues that are not parted by a blank line are not glued together.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.source import Options, SetAside, Source, split_lines
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import seconds
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "SubRip captions"
UNIT = "clock"
STAMP = r"((?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{1,2}[.,][0-9]{1,3})"
TIMING = lazy_re.compile(rf"\s*{STAMP}\s*-->\s*{STAMP}(?:\s.*)?$")
NUMBER = lazy_re.compile(r"\s*[0-9]{1,9}(?:\s{1,4}(spk[0-9]{1,3}))?\s*$")
GLANCE = 5


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 if the text begins with a time line, or a number and a time line."""
    rows = [row for row in source.lines[:50] if row.strip()][:GLANCE]
    if rows and NUMBER.match(rows[0]):
        rows = rows[1:]
    if len(rows) > 1 and TIMING.match(rows[0]) and TIMING.match(rows[1]):
        return 0.0  # words beside their times: lines of text
    return 0.95 if rows and TIMING.match(rows[0]) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the captions. Raises Refusal if there are none."""
    found = list(cues(source.text))
    if not any(cue.text for cue in found):
        raise Refusal("empty: captions without any text", "export the captions again")
    yield caption_call(found, options)


def cues(text: str) -> Iterator[Cue]:
    """Yield a cue for every time line; a number before the next one is not its text."""
    lines = split_lines(text)
    timed = [(place, match) for place, row in enumerate(lines) if (match := TIMING.match(row))]
    numbered = sum(place > 0 and bool(NUMBER.match(lines[place - 1])) for place, _ in timed)
    for number, (place, match) in enumerate(timed):
        last = timed[number + 1][0] if number + 1 < len(timed) else len(lines)
        body = lines[place + 1 : last]
        if last < len(lines) and numbered * 2 > len(timed) and body and NUMBER.match(body[-1]):
            body = body[:-1]
        start, end = seconds(match[1]), seconds(match[2])
        if start is None or end is None:
            start, end = float("nan"), float("nan")
        above = NUMBER.match(lines[place - 1]) if place else None
        name = (above[1] or "") if above else ""
        yield Cue(start, end, "\n".join(row for row in body if row.strip()), place + 1, name)
