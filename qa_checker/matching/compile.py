"""Compile entries into a plan: all that is needed to find their hits.

A plan is plain data, so that it can be kept between runs; automata and regexes are built
from it when a call first needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import re2

from qa_checker import lazy_re
from qa_checker.matching.automaton import Automaton, automaton
from qa_checker.matching.literals import Compiled, compile_phrase
from qa_checker.matching.targets import Wanted
from qa_checker.matching.views import Way
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.phrase import affirmed
from qa_checker.rules.regexes import regex_options

NOT_OF_LINES = lazy_re.compile(r"\\[AzQ]|\(\?\w*-")
"""What means another thing in one of several lines, or when more is written behind it."""


@dataclass(frozen=True)
class Regexes:
    """Regexes with the entry of each."""

    entries: tuple[int, ...]
    written: tuple[str, ...]

    @cached_property
    def compiled(self) -> tuple[re2._Regexp, ...]:
        """Each regex by itself."""
        return tuple(map(compiled_regex, self.written))

    @cached_property
    def together(self) -> re2.Set | None:
        """What tells at once which of them match a text, None if it would be too large."""
        return set_of(self.written)

    @cached_property
    def lines(self) -> re2._Regexp | None:
        """What matches wherever one of them does in a line of a text, and maybe elsewhere; None if
        there may be no such regex.
        """
        return of_lines(self.written)


@dataclass(frozen=True)
class Rules:
    """What decides on the hits of one entry, `name`: whether it has `exceptions` that are
    phrases, and its other exceptions, ready to be tried.
    """

    name: str
    entry: Entry
    ways: tuple[Way, ...]
    exceptions: bool
    tokens: tuple[Pattern, ...]

    @cached_property
    def regexes(self) -> tuple[re2._Regexp, ...]:
        """The regexes among its exceptions."""
        return tuple(compiled_regex(p.regex) for p in self.entry.unless if p.regex)


@dataclass(frozen=True)
class Plan:
    """Everything needed to find the hits of some entries in calls of one language."""

    language: str
    rules: tuple[Rules, ...]
    automata: tuple[Automaton, ...]
    exceptions: tuple[Automaton, ...]
    regexes: Regexes | None
    tokens: tuple[tuple[int, Pattern], ...]


def compile_plan(entries: Iterable[Entry], language: str) -> Plan:
    """Compile the entries that hold for calls of a language."""
    chosen = [entry for entry in entries if language in entry.languages]
    rules = tuple(rules_of(entry) for entry in chosen)
    ways = sorted({way for rule in rules for way in rule.ways})
    return Plan(
        language=language,
        rules=rules,
        automata=tuple(automaton(wanted(rules, way, compiled_phrases), way) for way in ways),
        exceptions=tuple(automaton(wanted(rules, way, compiled_exceptions), way) for way in ways),
        regexes=all_regexes(chosen),
        tokens=tuple(
            (number, pattern)
            for number, entry in enumerate(chosen)
            for pattern in entry.phrases
            if pattern.tokens
        ),
    )


def rules_of(entry: Entry) -> Rules:
    """Compile the exceptions of an entry."""
    unless = entry.unless
    return Rules(
        name=entry.full_name,
        entry=entry,
        ways=ways_of(entry),
        exceptions=any(p.phrase for p in unless),
        tokens=tuple(p for p in unless if p.tokens),
    )


def ways_of(entry: Entry) -> tuple[Way, ...]:
    """Return the ways in which an entry's phrases are looked for."""
    sounds = ("",) if entry.homophones == "off" else ("", entry.homophones)
    fillers = ("", "skip") if entry.fillers else ("",)
    return tuple((sound, filler) for filler in fillers for sound in sounds)


def wanted(
    rules: Sequence[Rules], way: Way, compiled: Callable[[Entry], Iterator[Compiled]]
) -> Iterator[Wanted]:
    """Yield the phrases (or the exceptions) of all entries that are read in a way."""
    for number, rule in enumerate(rules):
        for phrase in compiled(rule.entry) if way in rule.ways else ():
            yield Wanted(number, rule.entry.role, phrase)


def compiled_phrases(entry: Entry) -> Iterator[Compiled]:
    """Yield the phrases of an entry, ready to be looked for."""
    edges = not entry.fillers  # a turn without its fillers may begin or end with several marks
    for pattern in entry.phrases:
        if pattern.phrase:
            phrase = affirmed(pattern.phrase) if entry.negation == "drop" else pattern.phrase
            yield from compile_phrase(pattern.written, phrase, edges)


def compiled_exceptions(entry: Entry) -> Iterator[Compiled]:
    """Yield the exceptions of an entry that are phrases, ready to be looked for."""
    edges = not entry.fillers
    for pattern in entry.unless:
        if pattern.phrase:
            yield from compile_phrase(pattern.written, pattern.phrase, edges)


def compiled_regex(regex: str) -> re2._Regexp:
    """Compile a regex as rules.patterns has checked it."""
    return re2.compile(regex, regex_options())


def all_regexes(entries: Sequence[Entry]) -> Regexes | None:
    """Collect the regexes of all entries; None if there are none."""
    found = [
        (number, pattern.regex)
        for number, entry in enumerate(entries)
        for pattern in entry.phrases
        if pattern.regex
    ]
    if not found:
        return None
    numbers, written = zip(*found, strict=True)
    return Regexes(numbers, written)


def of_lines(regexes: Sequence[str]) -> re2._Regexp | None:
    """Return a regex for all lines of a text at once, None if some regexes do not allow that."""
    if any(map(NOT_OF_LINES.search, regexes)):
        return None
    try:
        return compiled_regex(f"(?m:{'|'.join(f'(?:{regex})' for regex in regexes)})")
    except re2.error:
        return None


def set_of(regexes: Sequence[str]) -> re2.Set | None:
    """Return a set that tells which regexes match a text, None if it would be too large."""
    together = re2.Set.SearchSet(regex_options())
    for regex in regexes:
        together.Add(regex)
    try:
        together.Compile()
    except re2.error:
        return None
    return together
