"""How alike two sentences are, and the sentences that a turn is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
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
    """Return the sentences of a turn with at least so many units; one of them is the whole turn.

    What consists of one or two units over and over (嗯嗯嗯嗯嗯) is no sentence.
    """
    text, english = scene.call.turns[turn].text, scene.language == "en"
    whole = Said(0, len(text), units(text, english))
    if len(whole.units) < least:
        return []
    parts = list(parts_of(text, english))
    found = [whole, *parts] if len(parts) > 1 else [whole]
    return [part for part in found if len(part.units) >= least and len(set(part.units)) > 2]


def parts_of(text: str, english: bool) -> Iterator[Said]:
    """Yield the sentences of a text, as marks (in Chinese calls spaces too) divide it."""
    for found in (SENTENCE_EN if english else SENTENCE_ZH).finditer(text):
        yield Said(found.start(), found.end(), units(found.group(), english))


def most_similar(one: Units, others: list[Units], least: float) -> tuple[float, int] | None:
    """Return the greatest similarity and which has it (the first of equals); None below `least`.

    Similarity is 2 x (longest common subsequence) / (both lengths).
    """
    found = process.extractOne(one, others, scorer=Indel.normalized_similarity, score_cutoff=least)
    return None if found is None else (found[1], found[2])
