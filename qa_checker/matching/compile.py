"""Compile entries into a plan: one automaton for each way of reading, and what a literal
found by it leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    """All literals to look for in one way of reading."""

    way: Way
    finder: aho.AhoCorasick
    targets: tuple[tuple[Target, ...], ...]
    anywhere: tuple[Target, ...]


@dataclass(frozen=True)
class Regexes:
    """Regexes with the entry of each; `together` tells at once which of them match (None if
    they are too large to be looked for together).
    """

    entries: tuple[int, ...]
    written: tuple[str, ...]
    compiled: tuple[re2._Regexp, ...]
    together: re2.Set | None


@dataclass(frozen=True)
class Rules:
    """What decides on the hits of one entry, `name`: its exceptions, ready to be tried."""

    name: str
    entry: Entry
    ways: tuple[Way, ...]
    exceptions: tuple[Compiled, ...]
    regexes: tuple[re2._Regexp, ...]
    tokens: tuple[Pattern, ...]


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
        regexes=tuple(compiled_regex(p.regex) for p in unless if p.regex),
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
    kind = aho.Implementation.DFA if len(targets) <= SMALL else aho.Implementation.ContiguousNFA
    finder = aho.AhoCorasick(list(targets), implementation=kind, store_patterns=False)
    return Automaton(way, finder, tuple(map(tuple, targets.values())), tuple(anywhere))


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
    """Compile all regexes, and a set that tells which of them match; None if there are none."""
    found = [
        (number, pattern.regex)
        for number, entry in enumerate(entries)
        for pattern in entry.phrases
        if pattern.regex
    ]
    if not found:
        return None
    numbers, written = zip(*found, strict=True)
    return Regexes(numbers, written, tuple(map(compiled_regex, written)), set_of(written))


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
