"""How alike two sentences are, and the sentences that a turn is made of."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from qa_checker import lazy_re
from qa_checker.events import Scene
from qa_checker.events._words import words

SENTENCE_ZH = lazy_re.compile(r"[^。！？!?；;\s]+")
SENTENCE_EN = lazy_re.compile(r"[^!?;.\s][^!?;.]*(?:[.](?=\S)[^!?;.]*)*")
MARK_ZH, ENDS_ZH = lazy_re.compile(r"[。！？!?；;\s]"), "。！？!?；;"
MARK_EN, ENDS_EN = lazy_re.compile("[!?;.]"), "!?;."
"""What may divide sentences, and marks that divide nothing at the end of a text."""
WORD = lazy_re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PLACEHOLDER = lazy_re.compile(r"\[[^\]]*\]")
DIFFERENT = 3
"""Least different units of a sentence."""


class Said(NamedTuple):
    """A sentence of a turn: characters `start` to `end`, compared by its `units`."""

    start: int
    end: int
    units: str


class Vocabulary(dict[str, str]):
    """One character for each word, given out when it is first asked for.

    Texts of words are compared far quicker as texts of such characters.
    """

    def __missing__(self, word: str) -> str:
        """Return the next character."""
        self[word] = found = chr(len(self) + 1)
        return found


def units(text: str, vocabulary: Vocabulary | None) -> str:
    """Return what a text is compared by, a character each: letters in Chinese calls.

    In English calls, which have a vocabulary, words. Digits do not count: a number that is
    dictated or read back is meant to be said again.
    """
    if "[" in text:
        text = PLACEHOLDER.sub(" ", text)
    if vocabulary is not None:
        return "".join([vocabulary[word] for word in words(text, WORD)])
    letters = text.replace("，", "")
    if letters.isalpha():
        return letters.casefold()  # most Chinese sentences: much quicker than to look for words
    return "".join(WORD.findall(text.casefold()))


def sentences(scene: Scene, turn: int, least: int) -> list[Said]:
    """Return the sentences of a turn with at least so many units; one of them is the whole turn.

    What consists of one or two units over and over (嗯嗯嗯嗯嗯) is no sentence.
    """
    known, vocabulary = scene.once(none_yet)
    if turn not in known:
        known[turn] = whole_and_parts(scene.call.turns[turn].text, vocabulary)
    size, found = known[turn]
    return [said for said in found if len(said.units) >= least] if size >= least else []


def none_yet(scene: Scene) -> tuple[dict[int, tuple[int, list[Said]]], Vocabulary | None]:
    """Return what is known of the turns before any is looked at, and the vocabulary."""
    return {}, Vocabulary() if scene.language == "en" else None


def whole_and_parts(text: str, vocabulary: Vocabulary | None) -> tuple[int, list[Said]]:
    """Return the units of a text, and the text and its sentences that have several units."""
    mark, ends = (MARK_ZH, ENDS_ZH) if vocabulary is None else (MARK_EN, ENDS_EN)
    alone = text.rstrip(ends)
    if not mark.search(alone):  # far quicker than to look for the only sentence
        whole = Said(0, len(text), units(alone, vocabulary))
        return len(whole.units), [whole] if differ(whole.units) else []
    parts = parts_of(text, vocabulary)
    whole = Said(0, len(text), of_all(text, parts, vocabulary))
    found = [whole, *parts] if len(parts) > 1 else [whole]
    return len(whole.units), [said for said in found if differ(said.units)]


def differ(said: str) -> bool:
    """Tell whether there are several different units; the first few mostly show it."""
    return len(set(said[:6])) >= DIFFERENT or len(set(said)) >= DIFFERENT


def of_all(text: str, parts: list[Said], vocabulary: Vocabulary | None) -> str:
    """Return the units of a text: those of its parts, unless a mark may stand in a placeholder."""
    if "[" in text:
        return units(text, vocabulary)
    return "".join([part.units for part in parts])


def parts_of(text: str, vocabulary: Vocabulary | None) -> list[Said]:
    """Return the sentences of a text, as marks (in Chinese calls spaces too) divide it."""
    sentence = SENTENCE_ZH if vocabulary is None else SENTENCE_EN
    return [Said(*one.span(), units(one.group(), vocabulary)) for one in sentence.finditer(text)]


def most_similar(one: str, others: list[str], least: float) -> tuple[float, int] | None:
    """Return the greatest similarity and which has it (the first of equals); None below `least`.

    Similarity is 2 x (longest common subsequence) / (both lengths).
    """
    found = process.extractOne(one, others, scorer=Indel.normalized_similarity, score_cutoff=least)
    return None if found is None else (found[1], found[2])
