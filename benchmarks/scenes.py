"""What happens in a generated call: which phrases are said in which turn, and where it is quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.fragments import CUSTOMER, Fragments, Phrase

T = TypeVar("T")
Rand = Callable[[], float]
"""Returns the next number from 0 to 1."""

TURNS = 60
SCENES = (
    ("greeting", 0.85, 0, 4),
    ("identity", 0.60, 4, 12),
    ("hold", 0.50, 12, 40),
    ("paraphrase", 0.65, 8, 30),
    ("anger", 0.60, 6, 30),
    ("anger", 0.40, 20, 50),
    ("promise", 0.40, 10, 50),
    ("avoid.refuse", 0.35, 6, 50),
    ("avoid.blame", 0.25, 6, 50),
    ("avoid.rude", 0.10, 6, 50),
    ("avoid.stall", 0.25, 6, 50),
    ("complaint", 0.25, 16, 40),
    ("callback", 0.30, 20, 58),
    ("closing", 0.80, 54, 60),
)
"""What may happen in a call: the theme, how often, and between which turns."""


@dataclass(slots=True)
class Script:
    """What a call must hold: phrases by turn, turns that are a nod, turns after a silence."""

    said: dict[int, list[str]] = field(default_factory=dict)
    nods: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)


def pick(rand: Rand, options: Sequence[T]) -> T:
    """Return one of some options; `Random.choice` takes three times as long."""
    return options[int(rand() * len(options))]


def script(rand: Rand, known: Fragments, lexicon: Mapping[str, Sequence[Phrase]]) -> Script:
    """Decide what happens in a call."""
    plan = Script(nods={turn for turn in range(6, TURNS - 6) if rand() < 0.08})
    plan.silent = {turn for turn in range(6, TURNS - 6, 2) if rand() < 0.012}
    for name, chance, low, high in SCENES:
        if rand() < chance:
            place = place_of(rand, known.themes[name].role, low, high)
            say(rand, known, plan, name, lexicon[name], place)
            if name == "hold":
                plan.nods.add(place + 1)
                plan.silent.add(place + 2)
            if name == "anger" and rand() < 0.65:
                answer = place + pick(rand, (1, 1, 1, 3, 5))
                say(rand, known, plan, "empathy", lexicon["empathy"], answer)
    plan.nods -= set(plan.said)
    return plan


def place_of(rand: Rand, role: str, low: int, high: int) -> int:
    """Return a turn of a role: agents have the even ones."""
    return pick(rand, range(low, high, 2)) + (role == CUSTOMER)


def say(
    rand: Rand, known: Fragments, plan: Script, name: str, options: Sequence[Phrase], place: int
) -> None:
    """Let a phrase of a theme be said in a turn, now and then negated."""
    phrase = pick(rand, options)
    text = phrase.head
    if phrase.gap:
        text = known.between.join([phrase.head, *talk(rand, known, phrase.gap), phrase.tail])
    if known.themes[name].negation == "drop" and rand() < 0.25:
        text = known.between.join([pick(rand, known.negators), text])
    plan.said.setdefault(place, []).append(text)


def talk(rand: Rand, known: Fragments, most: int) -> list[str]:
    """Return what stands in a gap: a thing and its state, or a filler, or nothing."""
    if most < 12:
        return [pick(rand, known.fillers)] if rand() < 0.5 else []
    return [pick(rand, known.slots["thing"]), pick(rand, known.slots["state"])]
