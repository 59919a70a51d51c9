"""A call under one rubric while it is judged: what was found in it, found once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Turn
from qa_checker.events import Batch, Scene, kinds
from qa_checker.events._times import timed
from qa_checker.hit import Hit
from qa_checker.judging.compiled import Compiled
from qa_checker.matching.find import find_each
from qa_checker.rules.windows import Amount
from qa_checker.scorecard import Searched
from qa_checker.text.characters import HAN, TURN_BREAK, WORD
from qa_checker.text.characters import kinds as kinds_of_characters
from qa_checker.text.codes import as_codes
from qa_checker.text.plain import Plain, each_call, plain

EVENT = "event."
MIN_TURNS = 2
HAN_SHARE = 0.2
PLACE = itemgetter(1, 2, 3)
"""Turn, start and end of a hit."""
NO_TURNS: tuple[int, ...] = ()
NO_HITS: tuple[Hit, ...] = ()
SILENCE = Turn(1, UNKNOWN, "", "", (), ())
"""What stands for the turns of a call that has none."""


def language_of(call: Call) -> str:
    """Return the call's language: as stated, else zh if a fifth of its letters are Han."""
    if call.language:
        return call.language.replace("_", "-").split("-")[0].lower()
    text = "".join([turn.text for turn in call.turns])
    found = kinds_of_characters().take(as_codes(text)).tobytes()
    han = found.count(HAN)
    return "zh" if han and han >= HAN_SHARE * (han + found.count(WORD)) else "en"


class Sides(NamedTuple):
    """Who has which turns.

    `turns` are the indexes of the turns of each role, and of everybody ("any"); `unknown` those
    of which nobody knows who speaks. `too_short`: neither side has two turns. `one_sided`: one
    side is silent, or neither has two turns, and thus there is no conversation to score. `sure`:
    what was not found was not said, for all who speak are known and there is enough of it.
    """

    turns: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    too_short: bool
    one_sided: bool
    sure: bool


@lru_cache(maxsize=256)  # as a rule two people take turns, and calls of one length are alike
def sides(roles: tuple[str, ...]) -> Sides:
    """Return who has which turns, by the role of each."""
    turns = {"any": tuple(range(len(roles)))}
    for role in dict.fromkeys(roles):
        turns[role] = tuple([index for index, each in enumerate(roles) if each == role])
    agent, customer, unknown = (turns.get(role, NO_TURNS) for role in (AGENT, CUSTOMER, UNKNOWN))
    too_short = max(len(agent), len(customer), len(unknown)) < MIN_TURNS
    one_sided = not unknown and (too_short or not (agent and customer))
    return Sides(turns, unknown, too_short, one_sided, not (unknown or too_short))


@dataclass
class Look:
    """One call, and everything that checks ask about it."""

    compiled: Compiled
    call: Call
    language: str
    sides: Sides = field(init=False)
    found: dict[tuple[str, Amount | None], list[Hit]] = field(default_factory=dict)
    everywhere: dict[str, tuple[Searched]] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict)
    """What several checks ask for, by what they have in common."""

    def __post_init__(self) -> None:
        self.sides = sides(tuple([turn.role for turn in self.call.turns]))

    @cached_property
    def scene(self) -> Scene:
        """The call with the hits of all entries."""
        return next(scenes(self.compiled, self.language, [self.call]))

    @cached_property
    def whole(self) -> Plain:
        """The plain text of all turns."""
        return plain([turn.text for turn in self.call.turns])

    @cached_property
    def said(self) -> list[str]:
        """The plain text of every turn."""
        return self.whole.text.split(TURN_BREAK)

    def turns_of(self, role: str) -> tuple[int, ...]:
        """Return the indexes of the turns of a role ("any": all)."""
        return self.sides.turns.get(role, NO_TURNS)

    def hits(self, name: str, over: Amount | None = None) -> Sequence[Hit]:
        """Return the hits of an entry, a group or an event, in the order of the call."""
        names = self.compiled.names.get(name, ())
        if len(names) == 1:
            return self.scene.hits.get(names[0], NO_HITS)
        if names and name not in self.heard:
            return NO_HITS
        key = (name, over)
        found = self.found.get(key)
        if found is None:
            is_event = name.startswith(EVENT)
            found = self.event(name.removeprefix(EVENT), over) if is_event else self.group(names)
            self.found[key] = found
        return found

    def group(self, names: Sequence[str]) -> list[Hit]:
        """Return the hits of several entries, in the order of the call."""
        hits = self.scene.hits
        return distinct(chain(*[hits[full] for full in names if full in hits]))

    @cached_property
    def heard(self) -> set[str]:
        """The names of entries and groups that there may be hits of; of no others are there any."""
        behind = self.compiled.behind
        return {name for full in self.scene.hits for name in behind.get(full, ())}

    def event(self, name: str, over: Amount | None) -> list[Hit]:
        """Return the hits of an event, in the order of the call."""
        settings = self.compiled.settings[name]
        hits = kinds()[name].detect(self.scene, settings, over)
        return sorted(hits, key=PLACE)

    @cached_property
    def has_starts(self) -> bool:
        """Whether every segment says when it starts."""
        return None not in [segment.start for segment in self.call.segments]

    @property
    def timed(self) -> bool:
        """Whether every segment says when it starts and ends."""
        return timed(self.scene)

    def time(self, hit: Hit, end: bool = False) -> float | None:
        """Return the seconds at which a hit begins (or ends)."""
        return self.call.turns[hit.turn].time_at(hit.end if end else hit.start)

    def meta(self, key: str) -> str:
        """Return a value of the call's metadata, "" if it is not known."""
        own = {"queue": self.call.queue, "agent": self.call.agent, "language": self.language}
        return self.call.metadata.get(key, "") or own.get(key, "")


def scenes(compiled: Compiled, language: str, calls: Sequence[Call]) -> Iterator[Scene]:
    """Yield calls of one language with the hits of all entries, found in all of them at once."""
    spoken = [call.turns or (SILENCE,) for call in calls]
    counts = list(map(len, spoken))
    texts = [turn.text for turns in spoken for turn in turns]
    whole = plain(texts)
    plan = compiled.plans.get(language)
    hits: list[dict[str, list[Hit]]] = [{} for _ in calls]
    if plan:
        roles = [turn.role for turns in spoken for turn in turns]
        hits = find_each(plan, whole, texts, roles, counts)
    batch = Batch(calls)
    for place, text in enumerate(each_call(whole, counts)):
        yield Scene(calls[place], language, text, hits[place], batch, place)


def look_at(looks: Iterable[Look]) -> None:
    """Make the scenes of calls under one rubric at once, which is much quicker."""
    languages: dict[str, list[Look]] = {}
    for look in looks:
        languages.setdefault(look.language, []).append(look)
    for language, some in languages.items():
        calls = [look.call for look in some]
        for look, scene in zip(some, scenes(some[0].compiled, language, calls), strict=True):
            look.__dict__["scene"] = scene


def among(value: str, listed: Iterable[str]) -> bool:
    """Tell whether a value of the metadata is one of some; Voice is voice."""
    return value.casefold() in [each.casefold() for each in listed]


def distinct(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits of several names in the order of the call; what overlaps counts once."""
    found = list(hits)
    if len(found) < 2:
        return found
    found.sort(key=lambda h: (h.turn, h.start, -h.end))
    kept: list[Hit] = []
    taken = (-1, 0)
    for hit in found:
        if hit[1:3] >= taken:
            kept.append(hit)
            taken = hit.turn, hit.end
    return kept
