"""What the lint codes look at: every rule file of a run, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from qa_checker.hit import Hit
from qa_checker.judging.asked import event_entries, event_words, settings_of, used_names
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.scalars import LANGUAGES
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.text.plain import plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a lint code found at a node; `length` characters from `offset` if not all of it."""

    node: Node
    message: str
    help: str = ""
    offset: int = 0
    length: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One rule file of a run; `lexicon` or `rubric` is set if it could be read."""

    source: Source
    lexicon: Lexicon | None = None
    rubric: Rubric | None = None


@dataclass(frozen=True)
class Book:
    """All rule files of a run that load: those that were named, and the lexicons they use.

    `complete` tells whether every file that was named is among them; `known` keeps what
    several codes work out of the same book.
    """

    files: tuple[File, ...]
    complete: bool = True
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[Book], T]) -> T:
        """Return make(book), worked out at most once."""
        if make not in self.known:
            self.known[make] = make(self)
        found: T = self.known[make]
        return found

    @property
    def rubrics(self) -> tuple[Rubric, ...]:
        """The rubrics of the run."""
        return tuple(file.rubric for file in self.files if file.rubric is not None)

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """The lexicons that were named, then those that rubrics use; the same text once."""
        named = [file.lexicon for file in self.files if file.lexicon is not None]
        used = [lexicon for rubric in self.rubrics for lexicon in rubric.lexicons]
        return tuple({lexicon.lines: lexicon for lexicon in reversed([*named, *used])}.values())[
            ::-1
        ]

    @cached_property
    def asked(self) -> frozenset[str]:
        """Every entry and group that some rubric of the run asks for."""
        return frozenset(name for rubric in self.rubrics for name in asked(rubric))

    @cached_property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The paths of lexicons that are used together: by a rubric, or from one folder."""
        paths = {lexicon.lines: lexicon.path for lexicon in self.lexicons}
        folders: dict[str, set[str]] = {}
        for path in paths.values():
            folders.setdefault(str(PurePath(path).parent), set()).add(path)
        used = ({paths[lexicon.lines] for lexicon in r.lexicons} for r in self.rubrics)
        return tuple(map(frozenset, (*folders.values(), *used)))

    def together(self, one: str, two: str) -> bool:
        """Tell whether lexicons are used together: what is said of one may concern the other."""
        return one == two or any(one in group and two in group for group in self.groups)

    @cached_property
    def avoided(self) -> Finder:
        """All entries that tell what not to say."""
        entries = [e for lexicon in self.lexicons for e in lexicon.entries if e.polarity == "avoid"]
        return Finder(tuple(entries))


@dataclass(frozen=True)
class Finder:
    """Entries, ready to be looked for in single texts just as they are in calls."""

    entries: tuple[Entry, ...]

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The plans by language; in them the entries have names that no two of them share."""
        named = [replace(e, lexicon="", id=str(number)) for number, e in enumerate(self.entries)]
        return {language: compile_plan(named, language) for language in LANGUAGES}

    def hits(self, texts: Iterable[tuple[str, str]], language: str) -> dict[int, list[Hit]]:
        """Return the hits in each of some (role, text) by its number.

        The `name` of a hit leads to its entry: see `entry`.
        """
        said = list(texts)
        if not said:
            return {}
        roles, written = zip(*said, strict=True)
        found: dict[int, list[Hit]] = {}
        for hits in find(self.plans[language], plain(written), written, roles).values():
            for hit in hits:
                found.setdefault(hit.turn, []).append(hit)
        return found

    def entry(self, hit: Hit) -> Entry:
        """Return the entry of a hit."""
        return self.entries[int(hit.name.removeprefix("."))]


def asked(rubric: Rubric) -> set[str]:
    """Return every entry and group that a rubric asks for, by itself or through events."""
    known = {**event_entries(), **rubric.entries}
    names = used_names(rubric) | event_words(settings_of(rubric))
    return {name for name in names if any(holds(name, full) for full in known)}


def holds(name: str, full: str) -> bool:
    """Tell whether a name is that of an entry, or of a group that it belongs to."""
    return full == name or full.startswith(f"{name}.")


def roles_meet(one: Entry, two: Entry) -> bool:
    """Tell whether two entries may count the same words."""
    return "any" in (one.role, two.role) or one.role == two.role
