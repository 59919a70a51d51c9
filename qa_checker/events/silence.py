"""Nobody speaks for a while; the silence belongs to whose turn it is to speak.

    silence = start of the next segment - latest end of all segments before it     (seconds)

More than `over` is a hit: the segment that ends the silence; `other` is the turn before. It
belongs to the role that speaks next, inside one's own turn to oneself. Where those words ask
whether the other side is still there (`still_there`: 喂？你还在吗), it is the other's: the agent's
if the customer asks, the customer's if the agent asks and has spoken last.

A silence is excused if what is said in the 15 seconds before it asks for it: the agent's hold
phrase (`hold`) or the customer's request to wait (`wait_request`). Pauses before or after a bot
or the system are theirs and never count.

    - id: no_dead_air
      points: 5
      deduct: 1
      check: {find: event.silence, role: agent, max: 0, over: 8 s}

    events:
      silence: {over: 3 s, excuse: false}

Needs times of all segments; without them: na, no_timestamps.

Defaults: over 5 s (Google CCAI); excuse on (Huawei excuses by phrases of the customer, because
agents were blamed for silences that they did not cause; announced holds are event.hold).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import ALWAYS, Scene
from qa_checker.events._moments import silences
from qa_checker.events._times import Spell, place, timed
from qa_checker.events._turns import PEOPLE
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_flag, as_id
from qa_checker.rules.windows import Amount, as_amount

MILLISECOND = 0.001
OTHER = {AGENT: CUSTOMER, CUSTOMER: AGENT}
SOON = 15.0
"""Seconds between the request to wait and the silence that it excuses."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as silence, and what excuses it."""

    over: Amount = key(
        as_amount("s"), "a pause that callers notice", default=Amount(Fraction(5), "s")
    )
    excuse: bool = key(as_flag, "excuse silences that were asked for", default=True)
    hold: str = key(as_id, "entry: the agent asks to wait", default="events.hold")
    wait_request: str = key(
        as_id, "entry: the customer asks to wait", default="events.wait_request"
    )
    still_there: str = key(
        as_id, "entry: asks whether the other side is there", default="events.still_there"
    )


TITLE = {"zh": "静音", "en": "Silence"}
UNITS = ("s",)
WORDS = ("hold", "wait_request", "still_there")


def timing(over: Amount | None) -> str:
    """There is no silence without times."""
    return ALWAYS


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each silence; `size` is its length in seconds."""
    if not timed(scene):
        return
    limit = float((over or settings.over).value)
    for before, after, wait in silences(scene, max(0.0, limit - MILLISECOND)):
        size = round(wait, 3)
        if size <= limit or not {before[3].role, after[3].role} <= set(PEOPLE):
            continue
        if not (settings.excuse and asked_for(scene, settings, before)):
            yield silence(scene, before, after, size, quiet_one(scene, settings, before, after))


def asked_for(scene: Scene, settings: Settings, before: Spell) -> bool:
    """Tell whether somebody asked to wait shortly before a silence."""
    _, end, _, _ = before
    for hit in (*scene.words(settings.hold), *scene.words(settings.wait_request)):
        said = scene.call.turns[hit.turn].time_at(hit.end)
        if said is not None and end - SOON <= said <= end:
            return True
    return False


def quiet_one(scene: Scene, settings: Settings, before: Spell, after: Spell) -> str:
    """Return the role that a silence belongs to."""
    role = after[3].role
    if role not in OTHER or not asks_for_the_other(scene, settings, after):
        return role
    return OTHER[role] if role == CUSTOMER or before[3].role == role else role


def asks_for_the_other(scene: Scene, settings: Settings, spell: Spell) -> bool:
    """Tell whether the words of a segment ask if the other side is still there."""
    first, last = place(scene, spell)
    hits = scene.words(settings.still_there)
    return any(hit.turn == spell[2] and first <= hit.start < last for hit in hits)


def silence(scene: Scene, before: Spell, after: Spell, size: float, role: str) -> Hit:
    """Return the hit of a silence that belongs to a role: the segment that ends it."""
    first, last = place(scene, after)
    asked = role != after[3].role
    return Hit(
        "event.silence",
        after[2],
        first,
        last,
        role,
        via="timing",
        size=size,
        unit="s",
        detail=(
            f"静音 {size:.1f} 秒" + ("，对方问还在不在" if asked else ""),
            f"{size:.1f} s without a word" + (", then asked whether still there" if asked else ""),
        ),
        other=before[2],
    )
