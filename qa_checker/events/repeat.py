"""Somebody says the same again: the customer who got no answer, the agent who has but one.

A turn is a hit if it, or a sentence of it, is like one of the same speaker's last `turns` turns or
a sentence of those:

    similarity = 2 x longest common subsequence / (both lengths)      >= `similarity`

counted in letters in Chinese calls and in words in English ones, digits left out (dictating a
number again is no repeat). In Chinese calls a sentence is also compared without what only leads
up to it (我想问一下, 我刚才就问了, 到底), unless it asks one more thing (还有, 另外). Sentences of
fewer than `least` letters or words, nods (`backchannel`) and requests to wait (`hold`) never
count. The hit is the sentence said again, `other` the turn that said it first, `size` the
similarity in %.

    - id: asks_again
      points: 3
      check: {find: event.repeat, role: customer, max: 1}

    events:
      repeat: {similarity: 70 %, turns: 5}

Needs no times. `over` replaces `similarity` (strictly more than it).

Defaults: 60 %, within 3 turns, least 5 (Aliyun's example of the operator for repeats).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice

from qa_checker.call import Turn
from qa_checker.events import NEVER, Scene
from qa_checker.events._again import Sought, may_be_again
from qa_checker.events._similar import Said, most_similar, sentences
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_id, as_whole
from qa_checker.rules.windows import Amount, as_amount


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as the same."""

    similarity: Amount = key(as_amount("%"), "least similarity", default=Amount(Fraction(60), "%"))
    turns: int = key(as_whole, "how many turns of the same speaker to look back", default=3)
    least: int = key(as_whole, "fewest letters (English: words) of a sentence", default=5)
    backchannel: str = key(as_id, "entry of the nods", default="events.backchannel")
    hold: str = key(as_id, "entry: asks to wait", default="events.hold")


TITLE = {"zh": "重复同样的话", "en": "Says the same again"}
UNITS = ("%",)
WORDS = ("backchannel", "hold")


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each turn that says the same again; `size` is the similarity in %."""
    least = float((over or settings.similarity).value) / 100
    turns, heard = scene.call.turns, heard_in(scene, settings)
    for index in may_be_again(scene, Sought(settings.least, least, settings.turns)):
        turn = turns[index]
        own = (i for i in range(index - 1, -1, -1) if same_speaker(turns[i], turn))
        earlier = [*islice(own, settings.turns)][::-1]
        best = best_match(heard(index), [(i, heard(i)) for i in earlier], least)
        if best is not None and (over is None or best[0] > least):
            yield again(turn, index, best)


def same_speaker(one: Turn, other: Turn) -> bool:
    """Tell whether the same person says two turns."""
    return one.role == other.role and one.speaker == other.speaker


def heard_in(scene: Scene, settings: Settings) -> Callable[[int], list[Said]]:
    """Return what gives the sentences of a turn that are no nods and no requests to wait."""
    ignored = spans([*scene.words(settings.backchannel), *scene.words(settings.hold)])

    @cache
    def heard(index: int) -> list[Said]:
        said = sentences(scene, index, settings.least)
        places = ignored.get(index, ())
        return [each for each in said if not overlaps(each, places)] if places else said

    return heard


def spans(hits: list[Hit]) -> dict[int, list[tuple[int, int]]]:
    """Return the places of hits by turn."""
    places: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        places.setdefault(hit.turn, []).append((hit.start, hit.end))
    return places


def overlaps(sentence: Said, places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a sentence shares a character with one of some places."""
    return any(sentence.start < end and start < sentence.end for start, end in places)


Match = tuple[float, Said, int]


def best_match(
    said: Sequence[Said], earlier: Sequence[tuple[int, list[Said]]], least: float
) -> Match | None:
    """Return the greatest similarity, the sentence, and the turn it is like."""
    then = [sentence.units for _, own in earlier for sentence in own] if said else []
    best: Match | None = None
    for now in said if then else ():
        found = most_similar(now.units, then, best[0] if best else least)
        if found is not None and (best is None or found[0] > best[0]):
            turns = [turn for turn, own in earlier for _ in own]
            best = (found[0], now, turns[found[1]])
    return best


def again(turn: Turn, index: int, match: Match) -> Hit:
    """Return the hit: a sentence said again."""
    alike, sentence, first = match
    percent = round(100 * alike, 1)
    return Hit(
        "event.repeat",
        index,
        sentence.start,
        sentence.end,
        turn.role,
        size=percent,
        unit="%",
        detail=(f"{percent:.0f}% 相同", f"{percent:.0f} % the same"),
        other=first,
    )
