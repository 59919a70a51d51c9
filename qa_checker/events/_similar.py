"""How alike two sentences are, and the sentences that a turn is made of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from qa_checker import lazy_re
from qa_checker.events import Batch, Scene
from qa_checker.events._turns import first_turns
from qa_checker.events._units import Vocabulary, units_of_each

SENTENCE_ZH = lazy_re.compile(r"[^。！？!?；;\s]+")
SENTENCE_EN = lazy_re.compile(r"[^!?;.\s][^!?;.]*(?:[.](?=\S)[^!?;.]*)*")
MARK_ZH, ENDS_ZH = lazy_re.compile(r"[。！？!?；;\s]"), "。！？!?；;"
MARK_EN, ENDS_EN = lazy_re.compile("[!?;.]"), "!?;."
"""What may divide sentences, and marks that divide nothing at the end of a text."""
LEADS = lazy_re.compile("[问問知底竟刚剛遍次]")
LEAD_ZH = lazy_re.compile(
    r"我?(?:[刚剛][才刚剛]|已[经經]|都|就|只|再|又|[还還])*(?:想|要)?[请請]?(?:[问問]|知道|[说說]|[讲講])"
    r"(?:的是|的就是|一下|下|你们?|您|了|[过過])+(?:[^，,]{1,2}[遍次]了?)?"
    r"|我(?:就|只)想(?:[问問]|知道)|我?(?:再|重新|又)(?:跟[你您])?(?:[说說]|[讲講])一?[遍次]"
    r"|到底|究竟|[请請][问問]"
)
"""What leads up to a question or to what is said again (我刚才就问了，到底…), and letters of it."""
MORE_ZH = lazy_re.compile("[还還]有|另外|再[问問]")
DIFFERENT = 3
"""Least different units of a sentence."""
Place = tuple[int, int]


class Said(NamedTuple):
    """A sentence of a turn: characters `start` to `end`, compared by its `units`."""

    start: int
    end: int
    units: str


class Sentences(NamedTuple):
    """All sentences of some turns; those of turn i stand from firsts[i] to firsts[i + 1].

    The first of them is the whole turn.
    """

    said: list[Said]
    firsts: list[int]


def sentences(scene: Scene, turn: int, least: int) -> list[Said]:
    """Return the sentences of a turn with at least so many units; one of them is the whole turn.

    What consists of one or two units over and over (嗯嗯嗯嗯嗯) is no sentence.
    """
    known, first = scene.once(of_the_call)
    begin, end = known.firsts[first + turn : first + turn + 2]
    if len(known.said[begin].units) < least:
        return []
    own = known.said[begin:end]
    return [said for said in own if len(said.units) >= least and differ(said.units)]


def of_the_call(scene: Scene) -> tuple[Sentences, int]:
    """Return the sentences of a whole batch, and which of its turns is the first of the call."""
    known = of_batch(scene.batch, scene.language == "en")
    return known, scene.batch.once(first_turns)[scene.place]


def of_batch(batch: Batch, english: bool) -> Sentences:
    """Return the sentences of all turns of all calls that are looked at together."""
    key = of_turns, english
    if key not in batch.known:
        texts = [turn.text for call in batch.calls for turn in call.turns]
        batch.known[key] = of_turns(texts, english)
    found: Sentences = batch.known[key]
    return found


def of_turns(texts: Sequence[str], english: bool) -> Sentences:
    """Return the sentences of some turns; Chinese ones also without what leads up to them."""
    places = [divided(text, english) for text in texts]
    pieces = [text[a:b] for text, own in zip(texts, places, strict=True) for a, b in own]
    if not english:
        places, pieces = with_cores(places, pieces)
    found = units_of_each(pieces, Vocabulary() if english else None)
    spans = chain.from_iterable(places)
    said = [Said(a, b, each) for (a, b), each in zip(spans, found, strict=True)]
    return Sentences(said, [*accumulate(map(len, places), initial=0)])


def core(text: str) -> str:
    """Return a sentence without what leads up to it; what asks one more thing as it is."""
    return text if MORE_ZH.search(text) else LEAD_ZH.sub("", text)


def with_cores(places: list[list[Place]], pieces: list[str]) -> tuple[list[list[Place]], list[str]]:
    """Add to the sentences of each turn those of them that say more than their core."""
    if not LEADS.search("".join(pieces)):
        return places, pieces
    said, texts = iter(pieces), []
    found = []
    for own in places:
        own_texts = [next(said) for _ in own]
        cores = [core(text) if LEADS.search(text) else text for text in own_texts]
        more = [at for at, core in enumerate(cores) if core != own_texts[at]]
        found.append([*own, *(own[at] for at in more)])
        texts += [*own_texts, *(cores[at] for at in more)]
    return found, texts


def divided(text: str, english: bool) -> list[Place]:
    """Return the places of a text and of its parts, if marks (in Chinese calls spaces too) say."""
    mark, ends = (MARK_EN, ENDS_EN) if english else (MARK_ZH, ENDS_ZH)
    whole = [(0, len(text))]
    if not mark.search(text.rstrip(ends)):  # far quicker than to look for the only sentence
        return whole
    sentence = SENTENCE_EN if english else SENTENCE_ZH
    parts = [found.span() for found in sentence.finditer(text)]
    return whole + [(a, b) for a, b in parts if b - a >= DIFFERENT] if len(parts) > 1 else whole


def differ(said: str) -> bool:
    """Tell whether there are several different units; the first few mostly show it."""
    return len(set(said[:6])) >= DIFFERENT or len(set(said)) >= DIFFERENT


def most_similar(one: str, others: list[str], least: float) -> tuple[float, int] | None:
    """Return the greatest similarity and which has it (the first of equals); None below `least`.

    Similarity is 2 x (longest common subsequence) / (both lengths).
    """
    found = process.extractOne(one, others, scorer=Indel.normalized_similarity, score_cutoff=least)
    return None if found is None else (found[1], found[2])
