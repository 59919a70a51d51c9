"""The nearest miss: of what was looked for and not found, the closest that was said.

The phrase and the turn inside the window that share the longest in-order part; of
several, the earliest. Asked for by reports and `why`, not while judging.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from qa_checker import lazy_re
from qa_checker.hit import Hit
from qa_checker.judging.dropped import Dropped, dropped
from qa_checker.judging.look import EVENT, Look
from qa_checker.rules.checks import Check, kind_of
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.phrase import Choice, Literal, Phrase, Space
from qa_checker.scorecard import Searched
from qa_checker.text.plain import Plain

LEAST = 3
NEAR = 0.59
"""Share of a phrase's fixed text that must be there for a near miss to be worth naming."""
LOOSE = 1.6
"""How much longer than that text the words may be in which it is found."""
STEM = 4
"""Letters of an English word that tell it from others: understand, understandable."""
WORDS = lazy_re.compile("[a-z]{4,}")
COMMON = frozenset({
    "about", "again", "been", "could", "does", "from", "have", "here", "just", "like",
    "make", "more", "only", "some", "than", "that", "them", "then", "there", "they", "this", "very",
    "well", "were", "what", "when", "will", "with", "would", "your", "yours",
})  # fmt: skip
"""English words that two sentences share whatever they are about."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Characters `start` to `end` of turn number `turn` come closest to `phrase`.

    The phrase is one of the entry `name`; `dropped` is why it is no hit where it fits.
    """

    turn: int
    start: int
    end: int
    quote: str
    phrase: str
    share: float
    name: str = ""
    dropped: Dropped | None = None


class Wanted(NamedTuple):
    """A phrase that was looked for, its entry, and its fixed text.

    `stems` are how its words begin, one of which must be there if there are any.
    """

    entry: Entry
    pattern: Pattern
    text: str
    stems: frozenset[str]


def nearest_miss(look: Look, check: Check, searched: Sequence[Searched]) -> Miss | None:
    """Return the nearest miss of a check where it looked, if anything came near at all.

    All phrases are held against all turns at once, and what is nearest is looked at first.
    """
    wanted = [
        one for entry in entries(look, check) for one in look.compiled.once(entry, phrases_of)
    ]
    turns = sorted({turn - 1 for window in searched for turn in window.turns})
    if not wanted or not turns:
        return None
    said, texts = [look.said[turn] for turn in turns], [one.text for one in wanted]
    alike = cdist(said, texts, scorer=LCSseq.similarity)
    shares = alike / np.array([*map(len, texts)])
    near = np.argwhere((shares > NEAR) & (alike >= LEAST))
    # stable, so that of equal shares the earliest turn stays first, and in it the first phrase
    for place, which in near[np.argsort(-shares[tuple(near.T)], kind="stable")].tolist():
        turn, one = turns[place], wanted[which]
        heard = one.entry.role in ("any", look.call.turns[turn].role)
        if heard and shares_a_word(one, said[place]):
            miss = placed(look, turn, one, float(shares[place, which]))
            if miss is not None:
                return miss
    return None


def phrases_of(entry: Entry) -> list[Wanted]:
    """Return the phrases of an entry that are long enough to be nearly said."""
    texts = [(pattern, literals(pattern.phrase)) for pattern in entry.phrases]
    return [
        Wanted(entry, pattern, text, stems(text)) for pattern, text in texts if len(text) >= LEAST
    ]


def stems(text: str) -> frozenset[str]:
    """Return how the English words begin that a text does not share with any other."""
    return frozenset(word[:STEM] for word in WORDS.findall(text.lower()) if word not in COMMON)


def shares_a_word(wanted: Wanted, said: str) -> bool:
    """Tell whether words of a phrase are there, more than such as stand in any sentence."""
    return not wanted.stems or not wanted.stems.isdisjoint(stems(said))


def nearest_outside(look: Look, check: Check, searched: Sequence[Searched]) -> Hit | None:
    """Return what a check looks for, found in the turn nearest to where it looked, outside it."""
    looked = {turn - 1 for window in searched for turn in window.turns}
    hits = [hit for hit in sought(look, check) if hit.turn not in looked]
    if not hits or not looked:
        return None
    return min(hits, key=lambda hit: min(abs(hit.turn - turn) for turn in looked))


def sought(look: Look, check: Check) -> Iterator[Hit]:
    """Yield the hits of what a check looks for, wherever they are in the call."""
    for part in getattr(check, "parts", ()):
        yield from sought(look, part)
    if kind_of(check) == "find":
        for name in check.find:
            hits = look.hits(name, check.over if name.startswith(EVENT) else None)
            yield from (hit for hit in hits if check.role in ("", "any", hit.role))


def entries(look: Look, check: Check) -> Iterator[Entry]:
    """Yield the entries that a check wants said; what it only forbids is never missed."""
    for part in getattr(check, "parts", ()):
        yield from entries(look, part)
    if kind_of(check) == "find" and (check.max is None or check.min):
        known = look.compiled.rubric.entries
        for name in check.find:
            for full in look.compiled.names.get(name, ()):
                if full in known:
                    yield known[full]


def literals(phrase: Phrase) -> str:
    """Return the fixed text of a phrase, of alternatives the first."""
    said = ""
    for part in phrase:
        match part:
            case Literal(text):
                said += text
            case Space():
                said += " "
            case Choice(options, False):
                said += literals(options[0])
            case _:
                pass
    return said.strip()


def whole_words(said: Plain, first: int, last: int) -> tuple[int, int]:
    """Return a span widened so that it cuts no word."""
    while said.inside_word(first):
        first -= 1
    while said.inside_word(last):
        last += 1
    return first, last


def placed(look: Look, turn: int, wanted: Wanted, share: float) -> Miss | None:
    """Return where the turn of an index says what comes near a phrase, None if too spread out.

    The share is the longest in-order part over the length of the phrase's text.
    """
    origin = look.whole.starts[turn]
    blocks = LCSseq.editops(wanted.text, look.said[turn]).as_matching_blocks()
    matched = [block for block in blocks if block.size]
    first, last = origin + matched[0].b, origin + matched[-1].b + matched[-1].size
    first, last = whole_words(look.whole, first, last)
    if last - first > LOOSE * len(wanted.text) + 1:
        return None
    start, end = look.whole.as_read(turn, first, last)
    quote = look.call.turns[turn].text[start:end]
    if not shares_a_word(wanted, quote):
        return None
    why = dropped(look, wanted.entry, wanted.pattern, turn, start, end)
    phrase, name = wanted.pattern.written, wanted.entry.full_name
    return Miss(turn + 1, start, end, quote, phrase, share, name, why)
