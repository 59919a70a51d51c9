"""Events: what happens in a call beyond its words, one kind a file, found by its folder.

A kind is a module with a docstring that is its manual, and:

    TITLE                            what people call it, by language
    Settings                         frozen dataclass; its fields are made with rules.fields.key
    UNITS                            units that `over` may have, () if it takes none
    WORDS                            names of the settings that name lexicon entries
    timing(over) -> str              never, convicts or always: whether it needs times
    detect(scene, settings, over)    yields hits, in the order of the call

`over` replaces the default size of the event. Modules that begin with _ are shared tools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, TypeVar

from qa_checker.call import Call
from qa_checker.hit import Hit
from qa_checker.rules.windows import Amount
from qa_checker.scorecard import Words
from qa_checker.text.plain import Plain

T = TypeVar("T")
NEVER, CONVICTS, ALWAYS = "never", "convicts", "always"
"""Needs no times; judges without times only if it finds something; cannot do without."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls that are looked at together; `known` keeps what was worked out for all of them."""

    calls: Sequence[Call]
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[Batch], T]) -> T:
        """Return make(batch), worked out at most once a batch."""
        if make not in self.known:
            self.known[make] = make(self)
        found: T = self.known[make]
        return found


@dataclass(frozen=True, slots=True)
class Scene:
    """What an event looks at: the call, its plain text, and the hits of all entries.

    `hits` holds the hits of each entry by its full name, in the order of the call.
    `batch` are the calls that are looked at together, of which this is number `place`.
    `known` keeps what several events work out of the same scene.
    """

    call: Call
    language: str
    plain: Plain
    hits: Mapping[str, Sequence[Hit]]
    batch: Batch
    place: int = 0
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[Scene], T]) -> T:
        """Return make(scene), worked out at most once a scene."""
        if make not in self.known:
            self.known[make] = make(self)
        found: T = self.known[make]
        return found

    def words(self, name: str) -> list[Hit]:
        """Return the hits of an entry or a group, in the order of the call."""
        if name not in self.known:
            below = f"{name}."
            named = [full for full in self.hits if full == name or full.startswith(below)]
            found = [hit for full in named for hit in self.hits[full]]
            found.sort(key=lambda hit: (hit.turn, hit.start, hit.end))
            self.known[name] = found
        words: list[Hit] = self.known[name]
        return words


class Event(Protocol):
    """What the module of an event holds."""

    TITLE: Words
    Settings: type[Any]
    UNITS: tuple[str, ...]
    WORDS: tuple[str, ...]

    def timing(self, over: Amount | None) -> str:
        """Tell whether the event needs times."""

    def detect(self, scene: Scene, settings: Any, over: Amount | None) -> Iterator[Hit]:
        """Yield the hits of the event in the order of the call."""


class Kinds(Mapping[str, Event]):
    """Every event by its name; its module is imported when it is asked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        self.known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Event:
        if name not in self.known:
            if name not in self.names:
                raise KeyError(name)
            self.known[name] = import_module(f"{__name__}.{name}")
        found: Event = self.known[name]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@cache
def kinds() -> Mapping[str, Event]:
    """Return every event by its name (without "event.")."""
    return Kinds(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))


def titles() -> dict[str, Words]:
    """Return what people call each event."""
    return {name: getattr(event, "TITLE", {"": name}) for name, event in kinds().items()}
