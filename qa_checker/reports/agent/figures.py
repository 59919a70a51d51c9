"""The key figures of one agent; those that follow human verdicts are formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from qa_checker.reports.agent import formulas
from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.cells import Cell, Range, formula, number, text
from qa_checker.reports.sheet import FIRST, Row
from qa_checker.reports.tallies import mean

TOP = FIRST + 1  # the row of the first figure


def figure_rows(frame: Frame) -> Iterator[Row]:
    """Yield the key figures from row TOP on; those that follow human verdicts are formulas."""
    say, sums = frame.say, frame.sums
    some = len(frame.visits) < sums.calls
    rate = Fraction(sums.passed, sums.rated) if sums.rated else None
    yield figure(say("figure.calls"), number(sums.calls, "figure"))
    if some:
        yield figure(say("figure.details"), number(len(frame.visits), "figure"))
    yield figure(say("figure.scored"), number(sums.scored, "figure"))
    yield figure(say("figure.skipped"), number(sums.skipped, "figure"))
    yield from means(frame, TOP + 3 + some)
    yield figure(say("figure.pass_rate"), pass_rate(frame, rate))
    yield figure(say("figure.zeroed"), number(sums.zeroed, "figure"))
    yield figure(say("figure.waiting"), waiting(frame))
    yield figure(say("figure.reviewed"), reviewed(frame))


def means(frame: Frame, row: int) -> Iterator[Row]:
    """Yield the mean scores, from `row` on if several rubrics gave them: then each has its own."""
    say, scores = frame.say, frame.sums.scores
    if len(scores) < 2:
        average = mean(next(iter(scores.values()), Counter()))
        yield figure(say("figure.mean"), number(average, "figure_score"))
        yield figure(say("figure.final_mean"), over_calls(frame, "AVERAGE", average))
        return
    rules = {number: rule for rule, number in frame.common.spool.numbers.items()}
    for place, (rubric, theirs) in enumerate(sorted(scores.items())):
        rule = Range("A", row + 3 * place, row + 3 * place)
        yield figure(rules[rubric], number(theirs.total(), "figure"))
        yield figure(say("figure.of_mean"), number(mean(theirs), "figure_score"))
        yield figure(say("figure.of_final_mean"), of_rubric(frame, rule, mean(theirs)))


def figure(name: str, value: Cell) -> Row:
    """Return a row of the figures."""
    return [text(name, "key"), value]


def over_calls(frame: Frame, function: str, cached: Fraction | None) -> Cell:
    """Return the mean of the final scores."""
    parts = column(frame, formulas.SCORE)
    names = ",".join(f"{{p{n}}}" for n in range(len(parts)))
    shown = "" if cached is None else cached
    return formula(f'IFERROR({function}({names}),"")', shown, "live_score_big", **parts)


def of_rubric(frame: Frame, rule: Range, cached: Fraction | None) -> Cell:
    """Return the mean of the final scores by the rubric whose name stands in a cell."""
    scores = column(frame, formulas.SCORE)
    rules = {f"r{name}": one for name, one in column(frame, formulas.RULE).items()}
    total = "+".join(f"SUMIFS({{{name}}},{{r{name}}},{{rule}})" for name in scores)
    count = "+".join(f'COUNTIFS({{{name}}},">-1",{{r{name}}},{{rule}})' for name in scores)
    pattern = f'IFERROR(({total})/({count}),"")'
    shown = "" if cached is None else cached
    return formula(pattern, shown, "live_score_big", **scores, **rules, rule=rule)


def pass_rate(frame: Frame, cached: Fraction | None) -> Cell:
    """Return the share of final scores that pass, among those that can."""
    parts = column(frame, "H")
    yes = "+".join(f"COUNTIF({{p{n}}},{{yes}})" for n in range(len(parts)))
    no = "+".join(f"COUNTIF({{p{n}}},{{no}})" for n in range(len(parts)))
    words_used = {"yes": frame.word("yes"), "no": frame.word("no")}
    shown = "" if cached is None else cached
    pattern = f'IFERROR(({yes})/({yes}+{no}),"")'
    return formula(pattern, shown, "live_percent_big", **parts, **words_used)


def waiting(frame: Frame) -> Cell:
    """Return how many calls still wait for a person."""
    parts = column(frame, "J")
    pattern = "+".join(f'COUNTIF({{p{n}}},">0")' for n in range(len(parts)))
    return formula(pattern, frame.sums.waiting, "live_big", **parts)


def reviewed(frame: Frame) -> Cell:
    """Return how many items people have decided on."""
    parts = column(frame, "I")
    return formula("+".join(f"SUM({{p{n}}})" for n in range(len(parts))), 0, "live_big", **parts)


def column(frame: Frame, letter: str) -> dict[str, Range]:
    """Return a column of the calls sheet, for a formula."""
    ranges = frame.ranges("calls", letter, frame.count)
    return {f"p{number}": one for number, one in enumerate(ranges)}
