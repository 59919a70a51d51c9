"""The words sheet: avoided phrases that were said, and what to say instead."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.reports.cells import number, text
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.summary.ground import Ground
from qa_checker.reports.summary.lines import PhraseTally

WIDTHS = {
    "phrase": 26, "entry": 20, "times": 8, "calls": 8, "points_lost": 10, "instead": 44,
    "why": 40, "example": 56, "who": 28, "pattern": 72,
}  # fmt: skip
WHO, QUOTES = 5, 4


def sheet(ground: Ground) -> Sheet:
    """Return the words sheet."""
    say = ground.say
    return Sheet(
        title=say("sheet.summary.phrases"),
        columns=[Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=rows(ground),
        heading=say("heading.phrases"),
        hint=say("hint.phrases"),
        frozen=1,
        printed=9,
        tab="B00020",
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every phrase, the commonest first."""
    ordered = sorted(ground.tally.phrases.items(), key=lambda one: (-one[1].times, one[0]))
    for _, phrase in ordered:
        yield [
            text(quotes(phrase), "strong"),
            text(phrase.title),
            number(phrase.times, "points"),
            number(phrase.calls, "points"),
            number(phrase.lost, "points"),
            text(phrase.instead),
            text(phrase.why, "quiet"),
            text(phrase.example),
            text(who(ground, phrase)),
            text(phrase.pattern, "quiet"),
        ]


def quotes(phrase: PhraseTally) -> str:
    """Return what was said, the commonest first."""
    ordered = sorted(phrase.quotes.items(), key=lambda one: (-one[1], one[0]))
    shown = [quote for quote, _ in ordered[:QUOTES]]
    return "\n".join([*shown, "…"] if len(ordered) > QUOTES else shown)


def who(ground: Ground, phrase: PhraseTally) -> str:
    """Return who said it most."""
    ordered = sorted(phrase.agents.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{ground.name(agent)} ×{times}" for agent, times in ordered[:WHO]]
    return ground.say("list").join([*named, "…"] if len(ordered) > WHO else named)
