"""A rubric ready to judge: its rules, and one matching plan for each language."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from qa_checker import events
from qa_checker.judging import kept
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.problem import BadFile, Problem
from qa_checker.resources import shipped
from qa_checker.rules.checks import Check, kind_of
from qa_checker.rules.checks import kinds as check_kinds
from qa_checker.rules.consistency import EVENT, every_check
from qa_checker.rules.lexicon import SEGMENTER, Entry, Lexicon, read_lexicon
from qa_checker.rules.load import Memo, find_rubric, load, open_source
from qa_checker.rules.rubric import EventKinds, Rubric
from qa_checker.rules.source import Source, did_you_mean, sorted_problems
from qa_checker.rules.windows import Amount
from qa_checker.text import segment
from qa_checker.values import SCALARS, no_collection

T = TypeVar("T")
EVENT_WORDS = ("zh/events", "en/events")


@dataclass(frozen=True)
class Compiled:
    """A rubric with its plans by language, what its names stand for, and event settings.

    `roles` are the roles whose words the names are; `rule` is the rubric's
    `id@version#hash`, where the hash covers what can change a verdict.
    """

    rubric: Rubric
    plans: Mapping[str, Plan]
    names: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, Any]
    roles: Mapping[str, str]
    rule: str

    @cached_property
    def known(self) -> dict[tuple[int, Callable[..., Any]], tuple[Any, Any]]:
        """What judging works out of a rule once: the rule and that, by the rule's id() and by
        what works it out.
        """
        return {}

    @cached_property
    def judges(self) -> dict[Check, Callable[..., Any]]:
        """What judges each check that was planned."""
        return {}

    @cached_property
    def asked(self) -> Counter[Check]:
        """How often the rubric asks for each check."""
        return Counter(every_check(self.rubric))

    @cached_property
    def behind(self) -> dict[str, list[str]]:
        """The names that each entry stands behind: its own, and those of its groups."""
        found: dict[str, list[str]] = {}
        for name, entries in self.names.items():
            for full in entries:
                found.setdefault(full, []).append(name)
        return found

    def once(self, rule: Any, make: Callable[..., T], *more: Any) -> T:
        """Return make(rule, *more), worked out at most once for each rule."""
        key = id(rule), make
        kept = self.known.get(key)
        if kept is None or kept[0] is not rule:
            kept = self.known[key] = rule, make(rule, *more)
        found: T = kept[1]
        return found

    def role_of(self, names: Sequence[str]) -> str:
        """Return the role whose words all of some names are, "any" if there is no such role."""
        roles = {self.roles.get(name, "any") for name in names}
        return roles.pop() if len(roles) == 1 else "any"

    def __repr__(self) -> str:
        """Return the rule's name and the number of its items."""
        return f"<rubric {self.rule}: {len(self.rubric.items)} items>"


class Asked(NamedTuple):
    """What a rubric asks for: the settings of events, what names stand for, and the entries."""

    settings: Mapping[str, Any]
    names: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, Entry]


def load_rubric(wanted: str | Path) -> Compiled:
    """Read a rubric file, or a shipped one by name, and compile it.

    What was compiled before is taken from the user's cache folder, as long as nothing it rests
    on has changed. Where things stand in the files is known to `load_with_places` only.
    Raises BadFile with every mistake of the rubric and of the lexicons it uses.
    """
    place = kept.place_of(*find_rubric(wanted))
    if place is None:
        return load_with_places(wanted)
    known = kept.found(place)
    if known is not None:
        return known
    before = kept.key(place, kept.uses(place))
    compiled = load_with_places(wanted)
    kept.keep(place, compiled, before)
    return compiled


def load_with_places(wanted: str | Path) -> Compiled:
    """Read and compile a rubric as `load_rubric` does, each time anew: for those who say where
    in a file something is.
    """
    with no_collection():
        return compile_rubric(load(wanted, event_settings()))


def event_settings() -> EventKinds:
    """Return the settings that each event has, by the event's name."""
    return {name: event.Settings for name, event in events.kinds().items()}


def load_names(wanted: Iterable[str]) -> Iterator[tuple[Rubric, str]]:
    """Yield some rubrics, each with its `id@version#hash`, without compiling them.

    Raises BadFile with every mistake of one that cannot be used.
    """
    kinds, memo = event_settings(), Memo()
    for name in wanted:
        rubric = load(name, kinds, memo)
        yield rubric, rule_of(rubric, asked_for(rubric))


def compile_rubric(rubric: Rubric) -> Compiled:
    """Compile what a rubric asks for; entries that nothing asks for are left out."""
    settings, names, entries = asked = asked_for(rubric)
    languages = sorted({language for entry in entries.values() for language in entry.languages})
    plans = {language: compile_plan(entries.values(), language) for language in languages}
    roles = {name: common_role(entries, found) for name, found in names.items() if found}
    return Compiled(rubric, plans, names, settings, roles, rule_of(rubric, asked))


def asked_for(rubric: Rubric) -> Asked:
    """Return what a rubric asks for. Raises BadFile with what only that can tell is wrong."""
    settings = settings_of(rubric)
    problems = further_problems(rubric, settings)
    if problems:
        raise BadFile(sorted_problems(problems))
    used = used_names(rubric) | event_words(settings)
    known = {**(event_entries() if settings else {}), **rubric.entries}
    names = {name: tuple(members(known, name)) for name in used}
    every = sorted({full for found in names.values() for full in found})
    return Asked(settings, names, {full: known[full] for full in every})


def rule_of(rubric: Rubric, asked: Asked) -> str:
    """Return `id@version#hash`, where the hash covers what can change a verdict."""
    digest = fingerprint(rubric, asked.entries.values(), asked.settings)
    return f"{rubric.id}@{rubric.version}#{digest}"


def used_names(rubric: Rubric) -> set[str]:
    """Return every entry, group and event that a rubric asks for."""
    used = {
        name for check in every_check(rubric) for name in check_kinds()[kind_of(check)].names(check)
    }
    return used | {signal.id for signal in rubric.signals if not signal.labels}


def common_role(known: Mapping[str, Entry], found: Iterable[str]) -> str:
    """Return the role that some entries share, "any" if they differ."""
    roles = {known[full].role for full in found}
    return roles.pop() if len(roles) == 1 else "any"


def members(known: Mapping[str, Entry], name: str) -> list[str]:
    """Return the full names of the entries that a name or a group stands for."""
    return [full for full in known if full == name or full.startswith(f"{name}.")]


@cache
def event_entries() -> dict[str, Entry]:
    """Return the shipped entries that events use: backchannels, hold phrases and the like."""
    found = shipped("lexicons")
    lexicons: list[Lexicon] = []
    for name in EVENT_WORDS:
        source = open_source(found[name], f"lexicons/{name}.yaml")
        lexicon = read_lexicon(source)
        source.check()
        if lexicon is not None:
            lexicons.append(lexicon)
    return {entry.full_name: entry for lexicon in lexicons for entry in lexicon.entries}


def settings_of(rubric: Rubric) -> dict[str, Any]:
    """Return the settings of each event that a rubric asks for, the rubric's or the default."""
    used = sorted(name for name in used_names(rubric) if name.startswith(EVENT))
    named = [name.removeprefix(EVENT) for name in used]
    return {n: rubric.events.get(n) or events.kinds()[n].Settings() for n in named}


def event_words(settings: Mapping[str, Any]) -> set[str]:
    """Return the entries and groups that the settings of events name."""
    kinds = events.kinds()
    return {getattr(setting, f) for name, setting in settings.items() for f in kinds[name].WORDS}


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


def fingerprint(rubric: Rubric, entries: Iterable[Entry], settings: Mapping[str, Any]) -> str:
    """Return twelve digits that change whenever a verdict could."""
    parts = [rubric, list(entries), listed(settings)]
    written = json.dumps(
        parts, ensure_ascii=False, sort_keys=True, default=essence, check_circular=False
    )
    return hashlib.sha256(written.encode()).hexdigest()[:12]


@cache
def essential(kind: Hashable) -> list[str] | None:
    """Return the fields of a dataclass that can change a verdict; None for anything else."""
    if not is_dataclass(kind):
        return None
    return [
        field.name
        for field in fields(kind)
        if field.name not in SKIPPED and not field.metadata.get("key", {}).get("wording")
    ]


SKIPPED = ("node", "path", "lines", "lexicons", "uses", "windows", "in_seconds")


def essence(value: Any) -> Any:
    """Return one of our values as plain data, without wording and places; of what it holds,
    the rest is left to JSON.

    Kinds are named: all: and any: of the same parts are not the same rule.
    """
    if isinstance(value, Fraction):
        return str(value)
    kind: Any = type(value)
    names = essential(kind)
    if names is None:
        raise TypeError(f"{kind.__name__} is not plain data")
    parts = {name: listed(getattr(value, name)) for name in names}
    return [f"{kind_of(value)}.{kind.__name__}", parts]


def listed(value: Any) -> Any:
    """Return a mapping as pairs in their order; anything else as it is."""
    if type(value) in SCALARS or not isinstance(value, Mapping):
        return value
    return [[key, listed(item)] for key, item in value.items()]
