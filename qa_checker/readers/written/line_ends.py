"""What stands at the end of lines: times behind what is said, and words behind a short head.

客服：您好，请问有什么可以帮您？ [00:01-00:04]         times of every line, in order
00:05-00:07 客户 我想退款                              words, if none stand on the line below
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from qa_checker import lazy_re
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.lines import WORD, Line, take_apart
from qa_checker.readers.written.stamps import CLOCK, TO

TAIL = lazy_re.compile(
    rf"\s*(?P<time>[\[(（【<]\s?{CLOCK}(?:{TO}{CLOCK})?\s?[\])）】>]|\s{CLOCK}(?:{TO}{CLOCK})?)\s*$"
)
LONGEST = 80  # characters of a time from and to
LEAST = 2  # lines
MINUTE = 60.0


def ended(parts: Sequence[Line], people: Container[str]) -> list[Line]:
    """Return lines without the times that all lines of speakers end with: those are theirs."""
    said = [part for part in parts if part.label in people and part.text]
    tails = {part.number: _tail(part) for part in said}
    starts = [tail.start for tail in tails.values() if tail is not None]
    known = [start for start in starts if start is not None]
    bare = any(part.text[-1:].isdigit() for part in said)  # "明天 10:30" is said
    if bare and (len(known) <= LEAST or known[0] >= MINUTE):
        return list(parts)
    rising = all(before <= after for before, after in pairwise(known))
    if (
        len(known) < max(len(said), LEAST)
        or not rising
        or any(one.start is not None for one in said)
    ):
        return list(parts)
    return [tails.get(part.number) or part for part in parts]


def _tail(part: Line) -> Line | None:
    match = TAIL.search(part.text, max(0, len(part.text) - LONGEST))
    if match is None or not match.start():
        return None
    time = take_apart(part.number, match["time"])
    text = part.text[: match.start()]
    return replace(part, text=text, start=time.start, end=time.end, date=time.date)


def filled(parts: Iterable[Line]) -> Iterator[Line]:
    """Give heads with nothing below the words they hold: "客户 我想退款" is no name then."""
    for part, below in pairwise([*parts, Line(0, "-", "", "")]):
        word = WORD.match(part.label) if part.label and not part.text and below.label else None
        if word is not None and is_speaker(word["label"]):
            part = replace(part, label=word["label"], text=part.label[word.end() :], sure=False)
        yield part
