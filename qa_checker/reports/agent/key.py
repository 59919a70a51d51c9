"""The key sheet: how to work with the workbook, its words, and the bands of each rubric."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.cells import Cell, number, text
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.scorecard import words

WIDTHS = (24, 84, 3, 34, 10, 14, 10)
# the first three are the choices of the drop-down, so they stay first
TERMS = (
    "verdict.pass", "verdict.fail", "verdict.na", "verdict.manual", "auto.score", "auto.section",
    "term.final", "term.provisional", "mark.good", "mark.bad", "mark.stretch", "mark.context",
    "term.yellow", "term.pale", "term.cut",
)  # fmt: skip


def sheet(frame: Frame) -> Sheet:
    """Return the key sheet."""
    titles = ("term", "meaning", "", "rubric", "lowest", "band", "passes")
    columns = [
        Column(frame.say(f"column.{title}") if title else "", width)
        for title, width in zip(titles, WIDTHS, strict=True)
    ]
    return Sheet(
        title=frame.title("key"),
        columns=columns,
        rows=rows(frame),
        heading=frame.say("heading.key"),
        hint=frame.say("hint.key"),
        tab="999999",
        filters=False,
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield terms and bands side by side; formulas look both up by row."""
    empty: tuple[Cell | None, ...] = (None,)
    for left, right in zip_longest(terms(frame), bands(frame), fillvalue=()):
        yield [*(left or (None, None)), *empty, *right]


def terms(frame: Frame) -> Iterator[Row]:
    """Yield every word with what it means."""
    for term in TERMS:
        yield text(frame.say(term), "key"), text(frame.say(f"meaning.{term}"))


def bands(frame: Frame) -> Iterator[Row]:
    """Yield the bands of the rubrics of this agent's calls, lowest first."""
    for number_of in frame.rubrics:
        rubric, listed = frame.common.rubrics[number_of], frame.common.bands[number_of]
        passing = rubric.bands.get(rubric.pass_band)
        name = words(rubric.title, frame.language) or rubric.id
        for low, band in listed:
            passes = "" if passing is None else frame.say("yes" if low >= passing else "no")
            yield (
                text(f"{name} {rubric.version}"),
                number(low, "points"),
                text(band, "centre"),
                text(passes, "centre"),
            )
