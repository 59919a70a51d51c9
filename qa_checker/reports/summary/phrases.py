"""The words sheet: avoided words that were said, and what to say instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qa_checker.reports.cells import number, text
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.summary.ground import Ground
from qa_checker.reports.summary.lines import PhraseTally

WIDTHS = {
    "entry": 22, "phrase": 40, "times": 8, "calls": 8, "points_lost": 10, "instead": 44,
    "word_rule": 46, "why": 36, "example": 46, "who": 26, "item": 26, "pattern": 60,
}  # fmt: skip
WHO, QUOTES, RULES, PATTERNS = 5, 6, 3, 6


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
        printed=10,
        tab="B00020",
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every kind of avoided words, the commonest first."""
    ordered = sorted(ground.tally.phrases.items(), key=lambda one: (-one[1].times, one[0]))
    for name, phrase in ordered:
        yield [
            text(phrase.title),
            text(said(phrase.quotes, QUOTES), "strong"),
            number(phrase.times, "points"),
            number(phrase.calls, "points"),
            number(phrase.lost, "points"),
            text(phrase.instead),
            text(rules(ground, phrase)),
            text(phrase.why, "quiet"),
            text(phrase.example),
            text(who(ground, phrase)),
            text(name, "id"),
            text(said(unlike(phrase.patterns, phrase.quotes), PATTERNS), "quiet"),
        ]


def said(counted: Counter[str], most: int) -> str:
    """Return texts in lines, the commonest first, with how often where it is more than once."""
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    shown = [f"{one} ×{times}" if times > 1 else one for one, times in ordered[:most]]
    return "\n".join([*shown, "…"] if len(ordered) > most else shown)


def unlike(patterns: Counter[str], quotes: Counter[str]) -> Counter[str]:
    """Return the phrases that say more than what was said."""
    return Counter({one: times for one, times in patterns.items() if one not in quotes})


def rules(ground: Ground, phrase: PhraseTally) -> str:
    """Return the rules that found the words, as sentences."""
    told = dict.fromkeys(ground.sentence(rubric, item) for rubric, item in phrase.items)
    shown = [one for one in told if one]
    return "\n".join([*shown[:RULES], "…"] if len(shown) > RULES else shown)


def who(ground: Ground, phrase: PhraseTally) -> str:
    """Return who said it most."""
    ordered = sorted(phrase.agents.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{ground.name(agent)} ×{times}" for agent, times in ordered[:WHO]]
    return ground.say("list").join([*named, "…"] if len(ordered) > WHO else named)
