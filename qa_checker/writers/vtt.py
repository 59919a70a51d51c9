"""WebVTT captions, a file a call: a cue a segment, the speaker as `<v Agent>`.

    WEBVTT

    00:00:00.000 --> 00:00:03.100
    <v 客服>您好

Every segment needs a start. One without an end lasts until the next one starts, the last
a second: a cue has to have an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from qa_checker.atomic import replacing
from qa_checker.call import Call, Segment
from qa_checker.judging.look import language_of
from qa_checker.readers.strict_json import Refusal
from qa_checker.writers._labels import label

SUFFIX, MANY = ".vtt", False
LOSES = ("metadata", "remarks", "about", "id", "labels", "channels", "breaks", "finer")
SHORTEST = 1.0
UNTIMED = (
    "captions need times, and this call has none",
    "convert it to jsonl, csv, xlsx, txt or vcon",
)


def write(calls: Iterable[Call], path: Path) -> None:
    """Write one call. Raises Refusal if a segment has no time."""
    for call in calls:
        if any(one.start is None for one in call.segments):
            raise Refusal(*UNTIMED)
        with replacing(path) as file:
            file.write(("WEBVTT\n\n" + "\n".join(cues(call))).encode())


def made_up(call: Call) -> bool:
    """Tell whether a cue of the call gets an end that nobody gave."""
    starts, ends = ([one.start for one in call.segments], [one.end for one in call.segments])
    return None not in starts and None in ends


def cues(call: Call) -> Iterator[str]:
    """Yield the cues of a call whose segments all have a start."""
    language = "zh" if language_of(call) == "zh" else "en"
    for one, following in pairwise([*call.segments, None]):
        if one is not None and one.start is not None:
            said = f"<v {escape(label(one, language))}>{escape(' '.join(one.text.split()))}"
            yield f"{stamp(one.start)} --> {stamp(_end(one, following))}\n{said}\n"


def _end(one: Segment, following: Segment | None) -> float:
    start = one.start or 0.0
    if one.end is not None:
        return one.end
    after = following.start if following is not None and following.start is not None else start
    return after if after > start else start + SHORTEST


def escape(text: str) -> str:
    """Return text that is no tag, no entity and no time line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stamp(seconds: float) -> str:
    """Return seconds as hh:mm:ss.mmm."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
