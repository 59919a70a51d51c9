"""How alike two sentences are, and the sentences that a turn is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from qa_checker.events import Scene

SENTENCE_ZH = re.compile(r"[^。！？!?；;\s]+")
SENTENCE_EN = re.compile(r"[^!?;.\s](?:[^!?;.]|[.](?=\S))*")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PLACEHOLDER = re.compile(r"\[[^\]]*\]")
Units = str | list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a turn: characters `start` to `end`, compared by its `units`."""

    start: int
    end: int
    units: Units


def units(text: str, english: bool) -> Units:
    """Return what a text is compared by: letters in Chinese calls, words in English ones.

    Digits do not count: a number that is dictated or read back is meant to be said again.
    """
    found = WORD.findall(PLACEHOLDER.sub(" ", text.casefold()))
    return found if english else "".join(found)


def sentences(scene: Scene, turn: int, least: int) -> list[Said]:
    """Return the sentences of a turn with at least so many units; one of them is the whole turn."""
    text, english = scene.call.turns[turn].text, scene.language == "en"
    whole = Said(0, len(text), units(text, english))
    if len(whole.units) < least:
        return []
    parts = list(parts_of(text, english))
    return [whole, *(part for part in parts if len(part.units) >= least and len(parts) > 1)]


def parts_of(text: str, english: bool) -> Iterator[Said]:
    """Yield the sentences of a text, as marks (in Chinese calls spaces too) divide it."""
    for found in (SENTENCE_EN if english else SENTENCE_ZH).finditer(text):
        yield Said(found.start(), found.end(), units(found.group(), english))


def similarity(one: Units, other: Units, least: float) -> float:
    """Return 2 x (longest common subsequence) / (both lengths), or 0 below `least`."""
    short, long = sorted((len(one), len(other)))
    if 2 * short < least * (short + long):
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=least)
