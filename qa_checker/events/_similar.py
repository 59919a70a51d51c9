"""How alike two sentences are, and the sentences that a turn is made of."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from qa_checker import lazy_re
from qa_checker.events import Scene

SENTENCE_ZH = lazy_re.compile(r"[^。！？!?；;\s]+")
SENTENCE_EN = lazy_re.compile(r"[^!?;.\s][^!?;.]*(?:[.](?=\S)[^!?;.]*)*")
WORD = lazy_re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PLACEHOLDER = lazy_re.compile(r"\[[^\]]*\]")
DIFFERENT = 3
"""Least different units of a sentence."""
Units = str | list[str]


class Said(NamedTuple):
    """A sentence of a turn: characters `start` to `end`, compared by its `units`."""

    start: int
    end: int
    units: Units


def units(text: str, english: bool) -> Units:
    """Return what a text is compared by: letters in Chinese calls, words in English ones.

    Digits do not count: a number that is dictated or read back is meant to be said again.
    """
    if "[" in text:
        text = PLACEHOLDER.sub(" ", text)
    elif not english and (letters := text.replace("，", "")).isalpha():
        return letters.casefold()  # most Chinese sentences: much quicker than to look for words
    found = WORD.findall(text.casefold())
    return found if english else "".join(found)


def sentences(scene: Scene, turn: int, least: int) -> list[Said]:
    """Return the sentences of a turn with at least so many units; one of them is the whole turn.

    What consists of one or two units over and over (嗯嗯嗯嗯嗯) is no sentence.
    """
    known = scene.once(none_yet)
    if turn not in known:
        known[turn] = whole_and_parts(scene.call.turns[turn].text, scene.language == "en")
    size, found = known[turn]
    return [said for said in found if len(said.units) >= least] if size >= least else []


def none_yet(scene: Scene) -> dict[int, tuple[int, list[Said]]]:
    """Return what is known of the turns before any is looked at."""
    return {}


def whole_and_parts(text: str, english: bool) -> tuple[int, list[Said]]:
    """Return the units of a text, and the text and its sentences that have several units."""
    parts = parts_of(text, english)
    whole = Said(0, len(text), of_all(text, parts, english))
    found = [whole, *parts] if len(parts) > 1 else [whole]
    return len(whole.units), [said for said in found if differ(said.units)]


def differ(said: Units) -> bool:
    """Tell whether there are several different units; the first few mostly show it."""
    return len(set(said[:6])) >= DIFFERENT or len(set(said)) >= DIFFERENT


def of_all(text: str, parts: list[Said], english: bool) -> Units:
    """Return the units of a text: those of its parts, unless a mark may stand in a placeholder."""
    if "[" in text:
        return units(text, english)
    each = [part.units for part in parts]
    return list(chain.from_iterable(each)) if english else "".join(map(str, each))


def parts_of(text: str, english: bool) -> list[Said]:
    """Return the sentences of a text, as marks (in Chinese calls spaces too) divide it."""
    found = (SENTENCE_EN if english else SENTENCE_ZH).finditer(text)
    return [Said(*one.span(), units(one.group(), english)) for one in found]


def most_similar(one: Units, others: list[Units], least: float) -> tuple[float, int] | None:
    """Return the greatest similarity and which has it (the first of equals); None below `least`.

    Similarity is 2 x (longest common subsequence) / (both lengths).
    """
    found = process.extractOne(one, others, scorer=Indel.normalized_similarity, score_cutoff=least)
    return None if found is None else (found[1], found[2])
