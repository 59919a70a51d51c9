"""Figures, errors and other tables as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_checker.call import Segment
from qa_checker.problem import UNSAFE, wide
from qa_checker.studies.errors import FalseAlarm, Miss
from qa_checker.studies.figures import Figures
from qa_checker.studies.rows import Row

HEAD = ("source", "rows", "positive", "found", "precision", "recall", "F1", "95 % interval")
WIDEST = 160


def share(value: float | None) -> str:
    """Return a share in two decimals, – where there is none."""
    return "–" if value is None else f"{value:.2f}"


def interval(each: Figures) -> str:
    """Return the bounds of an F1, – where there are none."""
    return "–" if each.low is None else f"{share(each.low)} to {share(each.high)}"


def table(figures: Sequence[Figures]) -> str:
    """Return the figures as a table of plain text."""
    return "\n".join(aligned([HEAD, *map(cells, figures)]))


def cells(each: Figures) -> tuple[str, ...]:
    """Return the figures of one source as text."""
    return (
        each.source,
        str(each.rows),
        str(each.positives),
        str(each.found),
        share(each.precision),
        share(each.recall),
        share(each.f1),
        interval(each),
    )


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of cells as lines whose columns begin below each other."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield UNSAFE.sub("\ufffd", "  ".join(map(padded, row, widths)).rstrip())


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(1 + wide(character) for character in text)


def padded(text: str, width: int) -> str:
    """Return a text filled with spaces to a width in columns."""
    return text + " " * (width - columns(text))


def errors(missed: Sequence[Miss], wrong: Sequence[FalseAlarm], show: int) -> Iterator[str]:
    """Yield what to read of the errors, at most `show` of each kind."""
    if missed[:show]:
        yield "\nmisses 漏检 (most frequent, then shortest):"
    for miss in missed[:show]:
        times = f"  ×{miss.times}" if miss.times > 1 else ""
        yield from told(miss.row, f"“{short(miss.row.segment.text)}”{times}")
    if wrong[:show]:
        yield "\nfalse alarms 误检 (phrases with most of them):"
    for alarm in wrong[:show]:
        yield from told(alarm.row, f"“{short(alarm.row.segment.text)}”")
        yield UNSAFE.sub("\ufffd", f"      found “{short(alarm.quote.words)}” {by(alarm)}")


def by(alarm: FalseAlarm) -> str:
    """Return what raised a false alarm, and how often it was wrong."""
    detail = f" ({alarm.quote.detail})" if alarm.quote.detail else ""
    return f"by {alarm.quote.phrase}{detail}, wrong in {alarm.wrong} of {alarm.found}"


def told(row: Row, said: str) -> Iterator[str]:
    """Yield a row with its line and what was said before it."""
    yield UNSAFE.sub("\ufffd", f"  line {row.segment.line}  {row.segment.role}: {said}")
    for before in row.before[-1:]:
        yield UNSAFE.sub("\ufffd", f"      after {spoken(before)}")


def spoken(segment: Segment) -> str:
    """Return who said what."""
    return f"{segment.role}: “{short(segment.text)}”"


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split()).encode(errors="replace").decode()
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
