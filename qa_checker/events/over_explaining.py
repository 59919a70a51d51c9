"""The agent explains and explains: at length, or again, without checking back.

**At length.** A run is what the agent says in a row; nods and short confirmations of the customer
(`backchannel`, `confirmation`) do not end it, any other turn of anybody does, and so does asking
back (`check_back`), which starts a new one. A run is a hit if it has

    at least `justifications` hits of `justification` (因为, 其实, 是这样的, the reason is …)  and
    more than `chars` characters in a Chinese call (`words` words in an English one),
    or more than `seconds` where there are times.

Characters are counted without white space and punctuation. The hit is the turn in which the run
begins; the detail names the justifying words and how often they came.

**Again.** An agent's turn that is an explanation, or has a sentence of one, that is like
(`similarity`, as in event.repeat) one of the agent's `turns` turns before, after the customer
confirmed it (`confirmation`) in between. `other` is the first explanation.

    - id: no_lecture
      points: 5
      check: {find: event.over_explaining, max: 0, over: 200 chars}

    events:
      over_explaining: {chars: 150, justifications: 3, seconds: 45 s}

With `over` only the length counts, in that unit. Needs no times, unless `over` is in seconds.

Defaults: 120 characters, 80 words, 60 s as in event.long_turn; 2 justifications, because one
reason is an answer; similarity 60 % (Aliyun's repeat), within 5 turns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import ALWAYS, NEVER, Scene
from qa_checker.events._runs import Run, runs, stretches
from qa_checker.events._similar import most_similar, sentences
from qa_checker.events._turns import covered, hit, how_long
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_id, as_whole
from qa_checker.rules.windows import Amount, as_amount

LEAST = 10
"""Letters (English: words) that a sentence must have to be an explanation of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as too much of an explanation."""

    chars: int = key(as_whole, "characters, in Chinese calls", default=120)
    words: int = key(as_whole, "words, in English calls", default=80)
    seconds: Amount = key(as_amount("s"), "seconds", default=Amount(Fraction(60), "s"))
    justifications: int = key(as_whole, "fewest justifying words", default=2)
    similarity: Amount = key(
        as_amount("%"), "similarity of the same explanation", default=Amount(Fraction(60), "%")
    )
    turns: int = key(as_whole, "turns of the agent in which it is the same", default=5)
    backchannel: str = key(as_id, "entry of the nods", default="events.backchannel")
    confirmation: str = key(as_id, "entry: the customer confirms", default="events.confirmation")
    check_back: str = key(as_id, "entry: the agent asks back", default="events.check_back")
    justification: str = key(as_id, "entry of the justifying words", default="events.justification")


TITLE = {"zh": "过度解释", "en": "Over-explaining"}
UNITS = ("s", "chars", "words")
WORDS = ("backchannel", "confirmation", "check_back", "justification")


def timing(over: Amount | None) -> str:
    """Only a length in seconds needs times."""
    return ALWAYS if over is not None and over.unit == "s" else NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each run that is too long, and each explanation that is given again."""
    why = [found for found in scene.words(settings.justification) if found.role == AGENT]
    if not why:
        return
    found = list(at_length(scene, settings, over, why))
    if over is None:
        turns = {hit.turn for hit in found}
        found += [hit for hit in once_more(scene, settings, why) if hit.turn not in turns]
    yield from sorted(found, key=lambda hit: (hit.turn, hit.start))


def at_length(
    scene: Scene, settings: Settings, over: Amount | None, why: Sequence[Hit]
) -> Iterator[Hit]:
    """Yield the runs that are too long and justify too much."""
    least = max(1, settings.justifications)
    if len(why) < least:
        return
    yes = [*scene.words(settings.backchannel), *scene.words(settings.confirmation)]
    nods = covered(scene.call, sorted(yes, key=lambda hit: (hit.turn, hit.start, hit.end)))
    asked = [hit for hit in scene.words(settings.check_back) if hit.role == AGENT]
    for stretch in stretches(scene, nods):
        given = [reason for reason in why if reason.turn in stretch]
        for run in runs(scene, stretch, asked) if len(given) >= least else ():
            size, unit = too_long(scene.language, run, settings, over)
            reasons = [reason for reason in given if unit and run.holds(reason)]
            if len(reasons) >= least:
                yield whole_run(scene, run, size, unit, reasons)


def too_long(language: str, run: Run, settings: Settings, over: Amount | None) -> tuple[float, str]:
    """Return the size and unit in which a run is too long, or 0 and nothing."""
    text = ("words", settings.words) if language == "en" else ("chars", settings.chars)
    limits: list[tuple[str, float]] = [text, ("s", float(settings.seconds.value))]
    if over is not None:
        limits = [(over.unit, float(over.value))]
    for unit, limit in limits:
        size = run.size(unit)
        if size > limit:
            return size, unit
    return 0.0, ""


def whole_run(scene: Scene, run: Run, size: float, unit: str, reasons: Sequence[Hit]) -> Hit:
    """Return the hit of a run: its first turn, its size, its justifying words."""
    first = run.parts[0]
    turn = scene.call.turns[first.turn]
    said = Counter(scene.call.turns[r.turn].text[r.start : r.end].casefold() for r in reasons)
    named = ", ".join(f"{word} x {times}" if times > 1 else word for word, times in said.items())
    zh, en = how_long(size, unit)
    detail = (
        f"{zh}，辩解用语 {len(reasons)} 处：{named}",
        f"{en}, {len(reasons)} justifying: {named}",
    )
    return Hit(
        "event.over_explaining",
        first.turn,
        first.start,
        first.end,
        turn.role,
        size=size,
        unit=unit,
        detail=detail,
        other=run.parts[-1].turn if run.parts[-1].turn != first.turn else None,
    )


def once_more(scene: Scene, settings: Settings, why: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the agent's turns that give an explanation again after it was confirmed."""
    turns = scene.call.turns
    explained = {reason.turn for reason in why}
    agreed = [h.turn for h in scene.words(settings.confirmation) if turns[h.turn].role == CUSTOMER]
    mine = [index for index, turn in enumerate(turns) if turn.role == AGENT]
    least = float(settings.similarity.value) / 100
    for place, later in enumerate(mine):
        for first in mine[max(0, place - settings.turns) : place]:
            if first not in explained:
                continue
            yes = [turn for turn in agreed if first < turn < later]
            if yes and same(scene, first, later, least):
                number = turns[yes[0]].number
                detail = (
                    f"第 {number} 轮客户已确认，又解释一遍",
                    f"again, after turn {number} confirmed it",
                )
                yield hit("over_explaining", later, turns[later], detail=detail, other=first)
                break


def same(scene: Scene, first: int, later: int, least: float) -> bool:
    """Tell whether a turn, or a sentence of it, is like an earlier one."""
    then = [sentence.units for sentence in sentences(scene, first, LEAST)]
    return any(most_similar(said.units, then, least) for said in sentences(scene, later, LEAST))
