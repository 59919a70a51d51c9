"""The agent asks the customer to wait, and comes back only after long.

    hold = start of the agent's next segment - end of the segment that asks     (seconds)

The request is a hit of `hold`; what the customer says meanwhile (好的, 喂？) does not end it, nor
does a short word of the agent's right after it (好的，谢谢您). If the agent never speaks again, it
lasts until the last segment ends. More than `over` is a hit: the segment that asks, `other` the
turn in which the agent returns; the detail says whether with a word about the wait
(`hold_return`). Checking in and asking again starts a new hold.

    - id: short_holds
      points: 5
      check: {find: event.hold, max: 0, over: 60 s}

    events:
      hold: {over: 90 s}

Needs times of all segments; without them: na, no_timestamps. For what is said around a hold, use
the entries events.hold and events.hold_return themselves.

Defaults: over 120 s (Calabrio's preset: a single hold of more than 2 minutes).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from qa_checker.call import AGENT
from qa_checker.events import ALWAYS, Scene
from qa_checker.events._times import Spell, place, spells, timed
from qa_checker.events._turns import letters
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_id
from qa_checker.rules.windows import Amount, as_amount


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as a long hold."""

    over: Amount = key(as_amount("s"), "a long hold", default=Amount(Fraction(120), "s"))
    hold: str = key(as_id, "entry: the agent asks to wait", default="events.hold")
    hold_return: str = key(
        as_id, "entry: the agent is back, with a word about it", default="events.hold_return"
    )


SOON = 15.0
"""Seconds after the request in which a short word of the agent's belongs to it."""
SHORT = 12
BACK = {
    "nobody": ("没有人回来", "nobody came back"),
    "spoken": ("回来时致谢或致歉", "came back with thanks or an excuse"),
    "silent": ("回来时没有招呼", "came back without a word"),
}
TITLE = {"zh": "让客户久等", "en": "Long hold"}
UNITS = ("s",)
WORDS = ("hold", "hold_return")


def timing(over: Amount | None) -> str:
    """There is no length of a hold without times."""
    return ALWAYS


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each long hold; `size` is its length in seconds."""
    asked = [hit for hit in scene.words(settings.hold) if hit.role == AGENT]
    if not asked or not timed(scene):
        return
    limit = float((over or settings.over).value)
    said = scene.once(spells)
    back = scene.words(settings.hold_return)
    done = -1
    for request in asked:
        at = holding(scene, said, request)
        if at > done:
            found = held(scene, said, at, request, back)
            done = at
            if found.size is not None and found.size > limit:
                yield found


def holding(scene: Scene, said: list[Spell], hit: Hit) -> int:
    """Return which segment holds the end of a hit."""
    return max(
        number
        for number, spell in enumerate(said)
        if spell[2] == hit.turn and place(scene, spell)[0] < hit.end
    )


def comes_back(spell: Spell, asked: float) -> bool:
    """Tell whether a segment is the agent back on the line, and not a last word before."""
    start, _, _, segment = spell
    last_word = start - asked < SOON and letters(segment.text) <= SHORT
    return segment.role == AGENT and not last_word


def held(scene: Scene, said: list[Spell], at: int, request: Hit, back: list[Hit]) -> Hit:
    """Return the hold that a request begins, however long."""
    begin = said[at][1]
    returns = next((spell for spell in said[at + 1 :] if comes_back(spell, begin)), None)
    end = returns[0] if returns else max(spell[1] for spell in said)
    detail = BACK["nobody"]
    if returns is not None:
        first, _ = place(scene, returns)
        spoken = [hit for hit in back if hit.turn == returns[2] and hit.end > first]
        detail = BACK["spoken" if spoken else "silent"]
    first, last = place(scene, said[at])
    return Hit(
        "event.hold",
        request.turn,
        first,
        last,
        AGENT,
        via="timing",
        size=round(max(0.0, end - begin), 3),
        unit="s",
        detail=detail,
        other=returns[2] if returns else None,
    )
