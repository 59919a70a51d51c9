"""Compile entries into a plan: one automaton for each way of reading, and what a literal
found by it leads to.

A plan is plain data, so that it can be kept between runs; automata and regexes are built
from it when a call first needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import ahocorasick_rs as aho
import re2

from qa_checker.matching.literals import EDGES, Compiled, compile_phrase
from qa_checker.matching.views import Way
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.regexes import regex_options
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.pinyin import soundings

SMALL = 4_000
"""Literals up to which the faster, larger kind of automaton is worth its memory."""


class Target(NamedTuple):
    """What a literal leads to: a phrase of an entry, and which literal of it this is.

    `role` is the one whose words the entry counts; `simple` tells whether the literal,
    as written, is all of the phrase.
    """

    entry: int
    role: str
    phrase: Compiled
    literal: str
    simple: bool = False


@dataclass(frozen=True)
class Automaton:
    """All literals to look for in one way of reading, and what each of them leads to."""

    way: Way
    literals: tuple[str, ...]
    targets: tuple[tuple[Target, ...], ...]
    anywhere: tuple[Target, ...]

    @cached_property
    def finder(self) -> aho.AhoCorasick:
        """What finds the literals, each by its number."""
        few = len(self.literals) <= SMALL
        kind = aho.Implementation.DFA if few else aho.Implementation.ContiguousNFA
        return aho.AhoCorasick(self.literals, implementation=kind, store_patterns=False)


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


@dataclass(frozen=True)
class Rules:
    """What decides on the hits of one entry, `name`: its exceptions, ready to be tried."""

    name: str
    entry: Entry
    ways: tuple[Way, ...]
    exceptions: tuple[Compiled, ...]
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
        automata=tuple(automaton(rules, way) for way in ways),
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
        exceptions=tuple(
            compiled
            for pattern in unless
            if pattern.phrase
            for compiled in compile_phrase(pattern.written, pattern.phrase)
        ),
        tokens=tuple(p for p in unless if p.tokens),
    )


def ways_of(entry: Entry) -> tuple[Way, ...]:
    """Return the ways in which an entry's phrases are looked for."""
    sounds = ("",) if entry.homophones == "off" else ("", entry.homophones)
    fillers = ("", "skip") if entry.fillers else ("",)
    return tuple((sound, filler) for filler in fillers for sound in sounds)


def automaton(rules: Sequence[Rules], way: Way) -> Automaton:
    """Collect the literals of all entries that are read in a way."""
    targets: dict[str, list[Target]] = {}
    anywhere = []
    for number, rule in enumerate(rules):
        role = rule.entry.role
        for phrase in compiled_phrases(rule.entry) if way in rule.ways else ():
            if not phrase.literals:
                anywhere.append(Target(number, role, phrase, ""))
            for literal in phrase.literals:
                bare = literal.strip(TURN_BREAK)
                simple = (
                    phrase.whole and bare == literal and not way[0] and bare.strip(EDGES) == bare
                )
                target = Target(number, role, phrase, bare, simple)
                for sounding in soundings(literal, way[0]) if way[0] else (literal,):
                    targets.setdefault(sounding, []).append(target)
    return Automaton(way, tuple(targets), tuple(map(tuple, targets.values())), tuple(anywhere))


def compiled_phrases(entry: Entry) -> Iterator[Compiled]:
    """Yield the phrases of an entry, ready to be looked for."""
    edges = not entry.fillers  # a turn without its fillers may begin or end with several marks
    for pattern in entry.phrases:
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
