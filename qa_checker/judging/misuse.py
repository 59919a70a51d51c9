"""Mistakes of a rubric that only its events and the segmenter can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qa_checker import events
from qa_checker.judging.asked import event_entries, members
from qa_checker.problem import Problem
from qa_checker.rules.consistency import EVENT, every_check
from qa_checker.rules.lexicon import SEGMENTER, Lexicon
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.windows import Amount
from qa_checker.text import segment


def further_problems(rubric: Rubric, settings: Mapping[str, Any]) -> list[Problem]:
    """Return every mistake that only the events and the segmenter can tell."""
    source = Source(rubric.path, "\n".join(rubric.lines))
    check_event_sizes(rubric, source)
    check_event_words(rubric, source, settings)
    return [*source.problems, *check_segmenter(rubric.lexicons)]


def check_event_sizes(rubric: Rubric, source: Source) -> None:
    """Note where `over` has a unit that the event is not measured in."""
    for check in every_check(rubric):
        over: Amount | None = getattr(check, "over", None)
        for name in check.find if over is not None else ():
            units = events.kinds()[name.removeprefix(EVENT)].UNITS
            if over is not None and over.unit not in units:
                said = f"is measured in {' or '.join(units)}" if units else "has no size"
                message = f"{name} {said}, not in {over.unit}"
                source.problem(check.node.at("over"), "QA103", message, "change or remove over")


def check_event_words(rubric: Rubric, source: Source, settings: Mapping[str, Any]) -> None:
    """Note where an event's setting names an entry that does not exist."""
    known = {**event_entries(), **rubric.entries} if settings else {}
    for name, setting in settings.items():
        for field in events.kinds()[name].WORDS:
            word = getattr(setting, field)
            if word and not members(known, word) and rubric.node is not None:
                place = rubric.node.at("events", name, field)
                help = did_you_mean(word, known) or "correct the name"
                source.problem(place, "QA202", f'no lexicon entry "{word}"', help)


def check_segmenter(lexicons: Iterable[Lexicon]) -> Iterator[Problem]:
    """Yield where tokens: patterns lack the pinned segmenter, or it is not here."""
    for lexicon in lexicons:
        tokens = [p for e in lexicon.entries for p in (*e.phrases, *e.unless) if p.tokens]
        if not tokens or tokens[0].node is None:
            continue
        source = Source(lexicon.path, "\n".join(lexicon.lines))
        if "zh" in lexicon.languages and not lexicon.segmenter:
            message = "tokens: in a Chinese lexicon needs a pinned segmenter"
            help = f"add at the head: segmenter: {SEGMENTER}"
            source.problem(tokens[0].node, "QA102", message, help)
        elif lexicon.segmenter and segment.installed() != segment.PINNED:
            message = f"this lexicon needs {SEGMENTER}; installed is jieba@{segment.installed()}"
            help = f"pip install jieba=={segment.PINNED}"
            source.problem(tokens[0].node, "QA103", message, help)
        yield from source.problems
