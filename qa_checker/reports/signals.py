"""What a call signals, in words: labels with the quotes behind them, and counts by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qa_checker.events import titles
from qa_checker.reports.judged import Judged
from qa_checker.reports.telling import quoted
from qa_checker.reports.words import Say, clock, known
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.sentences.names import Names
from qa_checker.scorecard import Signal, titled, words

QUOTES = 2  # of a label, in the ledger of a call
WIDEST = 36  # characters that the name of a column may have


def signal_titles(rubric: Rubric, language: str) -> dict[str, str]:
    """Return what people call each signal of a rubric, by its id."""
    names = Names(rubric, language, titles())
    groups = {lexicon.id: words(lexicon.title, language) for lexicon in rubric.lexicons}
    return {
        rule.id: words(rule.title, language) or groups.get(rule.id) or brief(names.title(rule.id))
        for rule in rubric.signals
    }


def brief(title: str) -> str:
    """Return the title of a group, which names all its entries, with the first alone if long."""
    first, _, more = title.partition(" / ")
    return f"{first} …" if more and len(title) > WIDEST else title


def labels(judged: Judged) -> Iterator[Signal]:
    """Yield the signals that gave a call a label."""
    return (signal for signal in judged.card.signals if signal.label)


def counts(say: Say, judged: Judged, named: dict[str, str]) -> Counter[str]:
    """Return how often what is only counted came up, by title and by who did or said it."""
    labelled = {rule.id for rule in judged.rubric.signals if rule.labels}
    return Counter(
        say("signal.by", title=named[signal.id], role=known(say, "role", one.role))
        for signal in judged.card.signals
        if signal.id not in labelled and signal.id in named
        for one in signal.evidence
    )


def label_told(say: Say, signal: Signal, title: str, language: str) -> str:
    """Return the title of a signal with its label."""
    label = titled(signal.label, signal.label_title, language)
    return say("signal.label", title=title, label=label)


def label_brief(say: Say, judged: Judged, signal: Signal, title: str, language: str) -> str:
    """Return a label with the first words behind it, in one line for a table."""
    told = label_told(say, signal, title, language)
    if not signal.evidence:
        return told
    first = signal.evidence[0]
    return say("signal.brief", told=told, turn=first.turn, quote=quoted(say, judged.call, first))


def label_lines(
    say: Say, judged: Judged, signal: Signal, title: str, language: str
) -> Iterator[str]:
    """Yield a label, and below it the first words behind it."""
    yield label_told(say, signal, title, language)
    for one in signal.evidence[:QUOTES]:
        line = say(
            "evidence.line",
            turn=one.turn,
            time=f" {clock(one.time)}" if clock(one.time) else "",
            role=known(say, "role", one.role),
            quote=quoted(say, judged.call, one),
        )
        yield f"    {line}"


def signal_lines(say: Say, judged: Judged, language: str) -> Iterator[str]:
    """Yield everything that a call signals: labels first, then counts."""
    named = signal_titles(judged.rubric, language)
    for signal in labels(judged):
        title = named.get(signal.id, signal.id)
        yield from label_lines(say, judged, signal, title, language)
    for name, count in counts(say, judged, named).items():
        yield say("signal.count", name=name, count=count)
