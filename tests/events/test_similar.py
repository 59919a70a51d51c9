"""Sentences and their units are those that one finds by looking for sentences and words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Indel

from qa_checker.call import Call, Segment, turns
from qa_checker.events import Batch, Scene
from qa_checker.events._content import WORD as ENGLISH
from qa_checker.events._content import content_of, content_of_turns, stem
from qa_checker.events._similar import (
    DIFFERENT,
    PLACEHOLDER,
    SENTENCE_EN,
    SENTENCE_ZH,
    WORD,
    Vocabulary,
    most_similar,
    whole_and_parts,
)
from qa_checker.events._words import words
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.plain import plain

TEXTS = st.text(st.sampled_from("aB don't'’é 五好的吗ß，。？！.?!; \n[]1_-"), max_size=40)
SENTENCES = st.lists(st.sampled_from(["the", "line", "is", "dead", "again", "so"]), max_size=9)


def units_of(text: str, english: bool) -> list[str]:
    """Return the words of a text, in Chinese calls their letters."""
    found = WORD.findall(PLACEHOLDER.sub(" ", text).casefold())
    return found if english else list("".join(found))


def expected(text: str, english: bool) -> tuple[int, list[tuple[int, int, list[str]]]]:
    """Return the units of a text, and the text and its sentences that have several."""
    sentence = SENTENCE_EN if english else SENTENCE_ZH
    parts = [(*one.span(), units_of(one.group(), english)) for one in sentence.finditer(text)]
    whole = 0, len(text), units_of(text, english)
    found = [whole, *parts] if len(parts) > 1 else [whole]
    return len(whole[2]), [said for said in found if len(set(said[2])) >= DIFFERENT]


@given(TEXTS)
def test_words(text: str) -> None:
    for word in (WORD, ENGLISH):
        assert words(text, word) == word.findall(text.casefold())


@given(st.text(st.sampled_from("singedo'"), min_size=1, max_size=7))
def test_stem(word: str) -> None:
    assert stem(word) == re.sub("(?:ing|ed|es|s)$", "", word)


@pytest.mark.parametrize("english", [False, True])
@given(text=TEXTS)
def test_sentences(english: bool, text: str) -> None:
    vocabulary = Vocabulary() if english else None
    size, found = whole_and_parts(text, vocabulary)
    word = {character: each for each, character in (vocabulary or {}).items()}
    said = [(one.start, one.end, [word.get(c, c) for c in one.units]) for one in found]
    assert (size, said) == expected(text, english)


@given(SENTENCES, st.lists(SENTENCES, min_size=1, max_size=4), st.sampled_from([0.3, 0.6, 0.9]))
def test_words_are_as_alike_as_their_characters(
    one: list[str], others: list[list[str]], least: float
) -> None:
    vocabulary = Vocabulary()
    said, *then = ["".join([vocabulary[word] for word in each]) for each in (one, *others)]
    scorer = Indel.normalized_similarity
    found = process.extractOne(one, others, scorer=scorer, score_cutoff=least)
    assert most_similar(said, then, least) == (found and found[1:])


@given(st.lists(st.text(st.sampled_from("好的我要退三5a，。 订\U00020000"), max_size=9)))
def test_content_of_turns(said: list[str]) -> None:
    """Looked up for all turns at once, content is what it is in each."""
    call = Call("c", turns([Segment(f"r{n}", text) for n, text in enumerate(said)]), language="zh")
    text = plain([turn.text for turn in call.turns])
    found = content_of_turns(Scene(call, "zh", text, {}, Batch([call])))
    each = [content_of(turn, english=False) for turn in text.text.split(TURN_BREAK)]
    assert found == [frozenset(map(ord, units)) for units in each]
