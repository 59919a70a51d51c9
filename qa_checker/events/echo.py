"""The agent restates what the customer said, in the customer's words: a paraphrase by content.

For each sentence of an agent's turn, against what the customer said in the last `turns` turns:

    share = weight of the units that the customer said too / weight of all units     (%)
    weight of a unit = log(1 + turns of the call / turns that have the unit)

Units are Chinese characters, in English calls words without their endings; words that everybody
says (的, 您, 什么, the, you …) and digits do not count. A turn is a hit if a sentence has a share
of more than `over` and at least `units` units (`words` in an English call) in common with the
customer. The hit is that sentence, `other` the customer's turn that shares most with it.

    - id: paraphrase
      points: 10
      check:
        any:
          - {find: paraphrase, role: agent}
          - {find: event.echo, over: 60 %}

    events:
      echo: {turns: 3, units: 5}

Needs no times. Set phrases of paraphrasing (您的意思是, so you mean …) are lexicon entries: this
event is for restating without one.

Defaults: 50 % of at least 4 characters or 3 words within 2 turns, our own choice. Shared words
are weak evidence of a paraphrase, and miss one in other words: use it in `any:` beside a lexicon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import log

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import NEVER, Scene
from qa_checker.events._content import Unit, content_of, content_of_turns
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_whole
from qa_checker.rules.windows import Amount, as_amount

SENTENCE = lazy_re.compile("[^。]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as restating."""

    over: Amount = key(
        as_amount("%"), "share of the agent's sentence", default=Amount(Fraction(50), "%")
    )
    turns: int = key(as_whole, "turns of the customer to look back", default=2)
    units: int = key(as_whole, "fewest characters in common, in Chinese calls", default=4)
    words: int = key(as_whole, "fewest words in common, in English calls", default=3)


TITLE = {"zh": "复述客户原话内容", "en": "Restates the customer’s words"}
UNITS = ("%",)
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each agent turn that restates; `size` is the share in %."""
    english = scene.language == "en"
    least = settings.words if english else settings.units
    limit = float((over or settings.over).value)
    turns = scene.call.turns
    content = scene.once(content_of_turns)
    said: list[int] = []
    for index, turn in enumerate(turns):
        if turn.role == CUSTOMER:
            said.append(index)
        if turn.role != AGENT or not said or settings.turns == 0:
            continue
        recent = said[-settings.turns :]
        pool = frozenset().union(*[content[i] for i in recent])
        if len(content[index] & pool) >= least:
            other = max(recent, key=lambda i: (len(content[index] & content[i]), i))
            yield from restating(scene, index, other, pool, least, limit)


def weights_of(scene: Scene) -> dict[Unit, float]:
    """Return what each unit weighs: the less, the more turns have it."""
    seen = Counter(chain.from_iterable(scene.once(content_of_turns)))
    turns = len(scene.call.turns)
    of_times = {times: log(1 + turns / times) for times in set(seen.values())}
    return {unit: of_times[times] for unit, times in seen.items()}


def restating(
    scene: Scene,
    index: int,
    other: int,
    pool: frozenset[Unit],
    least: int,
    limit: float,
) -> Iterator[Hit]:
    """Yield the sentence of a turn that restates most, if one restates enough."""
    english = scene.language == "en"
    best, place = 0.0, (0, 0)
    for sentence in SENTENCE.finditer(scene.plain.text, *scene.plain.bounds(index)):
        said = content_of(sentence.group(), english)
        units = said if english else frozenset(map(ord, said))
        shared = units & pool
        if len(shared) < least:
            continue
        weights = scene.once(weights_of)
        common = sum(sorted([weights.get(unit, 0.0) for unit in shared]))
        share = 100 * common / sum(sorted([weights.get(unit, 0.0) for unit in units]))
        if share > best:
            best, place = round(share, 1), sentence.span()
    if best > limit:
        start, end = scene.plain.as_read(index, *place)
        detail = (
            f"其中 {best:.0f}% 是客户说过的内容",
            f"{best:.0f} % of it is what the customer said",
        )
        yield Hit(
            "event.echo", index, start, end, AGENT, size=best, unit="%", detail=detail, other=other
        )
