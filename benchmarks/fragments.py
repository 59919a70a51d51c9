"""What generated calls and lexicons are put together from: words/LANGUAGE.yaml as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import prod
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS = Path(__file__).parent / "words"
AGENT, CUSTOMER = "agent", "customer"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the lexicon: `written` there, and said as `head`, talk, `tail`."""

    written: str
    head: str
    tail: str = ""
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """A lexicon entry: its phrases are every choice of one text from each of `parts`.

    `share` is its part of the lexicon in percent; with a `gap`, the last part may stand
    that many units behind the others.
    """

    role: str
    share: int
    parts: tuple[tuple[str, ...], ...]
    negation: str = "keep"
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Fragments:
    """One language: lines by role with slots in braces, and the themes of its lexicon.

    `between` joins the parts of a phrase, `comma` and `stop` the clauses of a turn.
    `turn_length` holds the mean characters of a turn by role, `speed` the characters
    said in a second. `negators` go in front of a phrase that is not meant.
    """

    lines: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, Theme]
    nods: tuple[str, ...]
    fillers: tuple[str, ...]
    negators: tuple[str, ...]
    between: str
    comma: str
    stop: str
    turn_length: Mapping[str, int]
    speed: float


@cache
def fragments(language: str) -> Fragments:
    """Return what one language is made of: zh or en."""
    written = (WORDS / f"{language}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(written, Loader=yaml.CSafeLoader)
    data["themes"] = {name: theme(said) for name, said in data["themes"].items()}
    return Fragments(**data)


def theme(said: dict[str, Any]) -> Theme:
    """Read one theme."""
    return Theme(**{**said, "parts": tuple(map(tuple, said["parts"]))})


@cache
def phrases(language: str, number: int) -> Mapping[str, tuple[Phrase, ...]]:
    """Return a lexicon of that many phrases by theme: the same for the same number."""
    known = fragments(language)
    counts = {name: number * each.share // 100 for name, each in known.themes.items()}
    largest = max(counts, key=lambda name: counts[name])
    counts[largest] += number - sum(counts.values())
    return {
        name: tuple(chosen(known, name, count, Random(f"{language} {name}")))
        for name, count in counts.items()
    }


def chosen(known: Fragments, name: str, count: int, random: Random) -> list[Phrase]:
    """Choose different phrases of a theme; ValueError if it has too few."""
    parts = known.themes[name].parts
    total = prod(map(len, parts))
    different = dict.fromkeys(
        phrase(known, name, choice(parts, place)) for place in random.sample(range(total), total)
    )
    if len(different) < count:
        raise ValueError(f"{name} has only {len(different)} phrases, not {count}")
    return list(islice(different, count))


def choice(parts: tuple[tuple[str, ...], ...], place: int) -> list[str]:
    """Return the texts that a number stands for: one digit for each part."""
    texts = []
    for options in parts:
        place, digit = divmod(place, len(options))
        texts.append(options[digit])
    return texts


def phrase(known: Fragments, name: str, texts: list[str]) -> Phrase:
    """Put a phrase together."""
    gap = known.themes[name].gap
    front = known.between.join(text for text in (texts[:-1] if gap else texts) if text)
    if not gap:
        return Phrase(front, front)
    written = known.between.join([front, f"<0-{gap}>", texts[-1]])
    return Phrase(written, front, texts[-1], gap)
