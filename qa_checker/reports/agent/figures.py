"""The key figures of one agent; those that follow human verdicts are formulas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.agent.totals import Totals
from qa_checker.reports.cells import Cell, Range, formula, number, text
from qa_checker.reports.sheet import Row


def figure_rows(frame: Frame, totals: Totals) -> Iterator[Row]:
    """Yield the key figures; those that follow human verdicts are formulas."""
    say, scores = frame.say, totals.scores
    mean = sum(scores, Fraction(0)) / len(scores) if scores else None
    rate = Fraction(totals.passed, totals.rated) if totals.rated else None
    yield figure(say("figure.calls"), number(totals.calls, "figure"))
    yield figure(say("figure.scored"), number(len(scores), "figure"))
    yield figure(say("figure.skipped"), number(totals.skipped, "figure"))
    yield figure(say("figure.mean"), number(mean, "figure_score"))
    yield figure(say("figure.final_mean"), over_calls(frame, "AVERAGE", mean))
    yield figure(say("figure.pass_rate"), pass_rate(frame, rate))
    yield figure(say("figure.zeroed"), number(totals.zeroed, "figure"))
    yield figure(say("figure.waiting"), waiting(frame, totals))
    yield figure(say("figure.reviewed"), reviewed(frame))


def figure(name: str, value: Cell) -> Row:
    """Return a row of the figures."""
    return [text(name, "key"), value]


def over_calls(frame: Frame, function: str, cached: Fraction | None) -> Cell:
    """Return the mean of the final scores."""
    parts = column(frame, formulas.SCORE)
    names = ",".join(f"{{p{n}}}" for n in range(len(parts)))
    shown = "" if cached is None else cached
    return formula(f'IFERROR({function}({names}),"")', shown, "live_score_big", **parts)


def pass_rate(frame: Frame, cached: Fraction | None) -> Cell:
    """Return the share of final scores that pass, among those that can."""
    parts = column(frame, "H")
    yes = "+".join(f"COUNTIF({{p{n}}},{{yes}})" for n in range(len(parts)))
    no = "+".join(f"COUNTIF({{p{n}}},{{no}})" for n in range(len(parts)))
    words_used = {"yes": frame.word("yes"), "no": frame.word("no")}
    shown = "" if cached is None else cached
    pattern = f'IFERROR(({yes})/({yes}+{no}),"")'
    return formula(pattern, shown, "live_percent_big", **parts, **words_used)


def waiting(frame: Frame, totals: Totals) -> Cell:
    """Return how many calls still wait for a person."""
    parts = column(frame, "J")
    pattern = "+".join(f'COUNTIF({{p{n}}},">0")' for n in range(len(parts)))
    return formula(pattern, totals.waiting, "live_big", **parts)


def reviewed(frame: Frame) -> Cell:
    """Return how many items people have decided on."""
    parts = column(frame, "I")
    return formula("+".join(f"SUM({{p{n}}})" for n in range(len(parts))), 0, "live_big", **parts)


def column(frame: Frame, letter: str) -> dict[str, Range]:
    """Return a column of the calls sheet, for a formula."""
    ranges = frame.ranges("calls", letter, len(frame.visits))
    return {f"p{number}": one for number, one in enumerate(ranges)}
