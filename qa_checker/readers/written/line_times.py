"""Times that stand alone on a line, and lines that begin with a time and name nobody."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from qa_checker import lazy_re
from qa_checker.readers.written.lines import Line

BEGINNING = lazy_re.compile(r"[\[(（【<［]|[0-9:：]{4,8}")
DIGITS = lazy_re.compile("[0-9]")


def timed(parts: Sequence[Line]) -> Iterator[Line]:
    """Give a time that stands alone on its line to the speaker on the next one, or above it."""
    alone: Line | None = None
    head: Line | None = None
    for part in parts:
        if part.start is not None and not part.label and not part.text:
            if head is not None:
                yield _at_time(head, part)
                head = None
            else:
                alone = part
            continue
        if head is not None:
            yield head
        if alone is not None and part.label and part.start is None:
            part = _at_time(part, alone)
        alone, head = None, None
        if part.label and not part.text and part.start is None:
            head = part
        else:
            yield part
    if head is not None:
        yield head


def _at_time(part: Line, time: Line) -> Line:
    return replace(part, start=time.start, end=time.end, date=time.date)


def going_on(parts: Sequence[Line], people: Container[str]) -> tuple[list[Line], list[int]]:
    """Give a line that begins with a time as those of speakers do, and names nobody, to the last.

    It is a turn of its own, for it has a time of its own. Returns the numbers of such lines, too.
    """
    led = led_by(parts, people)
    found: list[Line] = []
    nameless: list[int] = []
    last = ""
    for part in parts:
        last = part.label if part.label in people else last
        if last and not part.label and part.start is not None and beginning(part) in led:
            part = replace(part, label=last)
            nameless.append(part.number)
        found.append(part)
    return found, nameless


def led_by(parts: Sequence[Line], people: Container[str]) -> set[str]:
    """Return how the times are written that lines of speakers begin with."""
    timed = (part for part in parts if part.label in people and part.start is not None)
    return {beginning(part) for part in timed} - {""}


def beginning(part: Line) -> str:
    """Return how the time at the beginning of a line is written, "" if there is none."""
    match = BEGINNING.match(part.whole)
    return DIGITS.sub("0", match[0]) if match is not None else ""
