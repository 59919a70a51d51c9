"""Somebody speaks for long without the other side getting a word in: length alone.

    chars = characters of the turn without white space and punctuation
    words = words of the turn (English)
    s     = end of its last segment - start of its first

A turn is a hit if it has more than `chars` in a Chinese call (`words` in an English one), or more
than `seconds` where it has times. With `over`, only that unit counts. `size` and `unit` are those
of what was exceeded. For explaining at length without checking back see event.over_explaining.

    - id: no_monologue
      points: 5
      deduct: 1
      check: {find: event.long_turn, role: agent, max: 0, over: 200 chars}

    events:
      long_turn: {chars: 150, words: 100, seconds: 45 s}

Needs no times, unless `over` is in seconds.

Defaults: 120 characters (of the order of half a minute: at 280 characters a minute 26 s);
60 s (call-ai-metrics' monologue); 80 words, which at 190 words a minute take those 26 s: 120
English characters would be but two dozen words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from qa_checker.call import Turn
from qa_checker.events import ALWAYS, NEVER, Scene
from qa_checker.events._timeline import lasting
from qa_checker.events._turns import PEOPLE, chars, first_turns, hit, how_long, words
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_whole
from qa_checker.rules.windows import Amount, as_amount

MILLISECOND = 0.001


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as long."""

    chars: int = key(as_whole, "characters, in Chinese calls", default=120)
    words: int = key(as_whole, "words, in English calls", default=80)
    seconds: Amount = key(as_amount("s"), "seconds", default=Amount(Fraction(60), "s"))


TITLE = {"zh": "单轮过长", "en": "Long turn"}
UNITS = ("s", "chars", "words")
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Only a size in seconds needs times."""
    return ALWAYS if over is not None and over.unit == "s" else NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each long turn; `size` is its length in `unit`."""
    limits = limits_of(scene.language, settings, over)
    for index in may_be_long(scene, limits):
        turn = scene.call.turns[index]
        if turn.role not in PEOPLE:
            continue
        for unit, limit in limits.items():
            size = measured(scene, index, turn, unit)
            if size is not None and size > limit:
                detail = how_long(size, unit)
                yield hit("long_turn", index, turn, size=size, unit=unit, detail=detail)
                break


def may_be_long(scene: Scene, limits: Mapping[str, float]) -> list[int]:
    """Return the turns that may exceed a limit, as all their characters and times tell."""
    first, last = scene.batch.once(first_turns)[scene.place : scene.place + 2]
    long = np.zeros(last - first, dtype=np.bool_)
    for unit, limit in limits.items():
        if unit == "s":
            long |= scene.batch.once(lasting)[first:last] > limit - MILLISECOND
        else:
            long |= np.diff(scene.plain.begins)[: last - first] > limit
    found: list[int] = np.flatnonzero(long).tolist()
    return found


def limits_of(language: str, settings: Settings, over: Amount | None) -> dict[str, float]:
    """Return the largest size of a turn that is not long, in each unit that counts."""
    if over is not None:
        return {over.unit: float(over.value)}
    text = ("words", settings.words) if language == "en" else ("chars", settings.chars)
    return {text[0]: text[1], "s": float(settings.seconds.value)}


def measured(scene: Scene, index: int, turn: Turn, unit: str) -> float | None:
    """Return the size of a turn; None where it has no times."""
    if unit == "s":
        start, end = turn.start, turn.end
        return None if start is None or end is None else round(end - start, 3)
    return float((words if unit == "words" else chars)(scene.plain, index))
