"""Sentences and their units are those that one finds by looking for sentences and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Indel

from qa_checker.call import AGENT, CUSTOMER, SYSTEM, Call, Segment, turns
from qa_checker.events import Batch, Scene
from qa_checker.events._again import Sought, may_be_again
from qa_checker.events._content import WORD as ENGLISH
from qa_checker.events._content import content_of, content_of_turns, stem
from qa_checker.events._similar import (
    DIFFERENT,
    SENTENCE_EN,
    SENTENCE_ZH,
    most_similar,
    sentences,
)
from qa_checker.events._units import PLACEHOLDER, WORD, Vocabulary, units
from qa_checker.events._words import words
from qa_checker.text.characters import TURN_BREAK
from qa_checker.text.plain import plain

TEXTS = st.text(st.sampled_from("aB don't'’é 五好的吗ß，。？！.?!; \n[]1_-"), max_size=40)
SHARES = st.sampled_from([0.3, 0.6, 0.9])
SENTENCES = st.lists(st.sampled_from(["the", "line", "is", "dead", "again", "so"]), max_size=9)


def units_of(text: str, english: bool) -> list[str]:
    """Return the words of a text, in Chinese calls their letters."""
    found = WORD.findall(PLACEHOLDER.sub(" ", text).casefold())
    return found if english else list("".join(found))


def expected(text: str, english: bool, least: int) -> list[tuple[int, int, list[str]]]:
    """Return the text and its sentences that have so many units, and several different ones."""
    sentence = SENTENCE_EN if english else SENTENCE_ZH
    parts = [(*one.span(), units_of(one.group(), english)) for one in sentence.finditer(text)]
    whole = 0, len(text), units_of(text, english)
    found = [whole, *parts] if len(parts) > 1 and len(whole[2]) >= least else [whole]
    kept = [said for said in found if len(said[2]) >= least]
    return [said for said in kept if len(set(said[2])) >= DIFFERENT]


def scenes(said: list[list[tuple[str, str]]], language: str) -> list[Scene]:
    """Return scenes of calls, looked at together, of which each turn has a role and a text."""
    segments = [[Segment(role, text) for role, text in call] for call in said]
    batch = Batch([Call("c", turns(each), language=language) for each in segments])
    texts = [[turn.text for turn in call.turns] or [""] for call in batch.calls]
    return [
        Scene(call, language, plain(own), {}, batch, place)
        for place, (call, own) in enumerate(zip(batch.calls, texts, strict=True))
    ]


@given(TEXTS)
def test_words(text: str) -> None:
    for word in (WORD, ENGLISH):
        assert words(text, word) == word.findall(text.casefold())


@given(st.text(st.sampled_from("singedo'"), min_size=1, max_size=7))
def test_stem(word: str) -> None:
    assert stem(word) == re.sub("(?:ing|ed|es|s)$", "", word)


@pytest.mark.parametrize("english", [False, True])
@given(said=st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=3), least=st.integers(0, 6))
def test_sentences(english: bool, said: list[list[str]], least: int) -> None:
    calls = [[(AGENT if at % 2 else CUSTOMER, text) for at, text in enumerate(own)] for own in said]
    word: dict[str, str] = {}
    language = "en" if english else "zh"
    for scene in scenes(calls, language):
        for index, turn in enumerate(scene.call.turns):
            found = sentences(scene, index, least)
            wanted = expected(turn.text, english, least)
            assert [one[:2] for one in found] == [one[:2] for one in wanted]
            for one, (_, _, own) in zip(found, wanted, strict=True):
                assert len(one.units) == len(own)
                assert all(word.setdefault(c, w) == w for c, w in zip(one.units, own, strict=True))


@given(TEXTS)
def test_units(text: str) -> None:
    vocabulary = Vocabulary()
    word = dict(zip(map(vocabulary.__getitem__, found := units_of(text, True)), found, strict=True))
    assert units(text, None) == "".join(units_of(text, False))
    assert [word[character] for character in units(text, vocabulary)] == found


@pytest.mark.parametrize("language", ["zh", "en"])
@given(
    said=st.lists(
        st.lists(st.tuples(st.sampled_from([AGENT, CUSTOMER, SYSTEM]), TEXTS), max_size=9),
        min_size=1,
        max_size=3,
    ),
    sought=st.builds(
        Sought, st.integers(0, 4), st.sampled_from([0.3, 0.6, 0.9]), st.integers(0, 3)
    ),
)
def test_what_may_be_said_again_is_all_that_is(
    language: str, said: list[list[tuple[str, str]]], sought: Sought
) -> None:
    for scene in scenes(said, language):
        may = may_be_again(scene, sought)
        assert may == sorted(set(may))
        assert set(may) >= {*said_again(scene, sought)}


def said_again(scene: Scene, sought: Sought) -> Iterator[int]:
    """Yield the turns that say again what their speaker said, each compared with each."""
    for index, turn in enumerate(scene.call.turns):
        own = [i for i in range(index) if scene.call.turns[i].role == turn.role]
        recent = own[-sought.turns :] if sought.turns else []
        then = [one.units for i in recent for one in sentences(scene, i, sought.least)]
        now = sentences(scene, index, sought.least) if turn.role != SYSTEM else []
        if any(most_similar(one.units, then, sought.share) for one in now):
            yield index


@given(SENTENCES, st.lists(SENTENCES, min_size=1, max_size=4), SHARES)
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


@given(st.lists(TEXTS, min_size=1, max_size=9))
def test_content_of_english_turns(said: list[str]) -> None:
    """Words are looked up once, and carry what they carry in each turn."""
    for scene in scenes([[(AGENT, text) for text in said]], "en"):
        each = scene.plain.text.split(TURN_BREAK)
        assert content_of_turns(scene) == [content_of(text, english=True) for text in each]
