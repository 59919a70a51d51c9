"""A rubric ready to judge: its rules, and one matching plan for each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from qa_checker.judging import kept
from qa_checker.judging.asked import (
    common_role,
    event_entries,
    event_settings,
    event_words,
    members,
    settings_of,
    used_names,
)
from qa_checker.judging.fingerprint import fingerprint
from qa_checker.judging.misuse import further_problems
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.problem import BadFile
from qa_checker.rules.checks import Check
from qa_checker.rules.consistency import every_check
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.load import Memo, find_rubric, load
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.source import sorted_problems
from qa_checker.values import no_collection

T = TypeVar("T")


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
