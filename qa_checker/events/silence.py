"""Nobody speaks for a while; the silence belongs to the role that speaks next.

    silence = start of the next segment - latest end of all segments before it     (seconds)

More than `over` is a hit: the segment that ends the silence, with its role; `other` is the turn
before. Inside one's own turn the silence is one's own. A silence is excused if what is said in
the 15 seconds before it asks for it: the agent's hold phrase (`hold`) or the customer's request
to wait (`wait_request`). Pauses before or after a bot or the system are theirs and never count.

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

from qa_checker.events import ALWAYS, Scene
from qa_checker.events._moments import silences
from qa_checker.events._times import Spell, place, timed
from qa_checker.events._turns import PEOPLE
from qa_checker.hit import Hit
from qa_checker.rules.fields import as_flag, as_id, key
from qa_checker.rules.windows import Amount, as_amount

MILLISECOND = 0.001
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


TITLE = {"zh": "静音", "en": "Silence"}
UNITS = ("s",)
WORDS = ("hold", "wait_request")


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
            yield silence(scene, before, after, size)


def asked_for(scene: Scene, settings: Settings, before: Spell) -> bool:
    """Tell whether somebody asked to wait shortly before a silence."""
    _, end, _, _ = before
    for hit in (*scene.words(settings.hold), *scene.words(settings.wait_request)):
        said = scene.call.turns[hit.turn].time_at(hit.end)
        if said is not None and end - SOON <= said <= end:
            return True
    return False


def silence(scene: Scene, before: Spell, after: Spell, size: float) -> Hit:
    """Return the hit: the segment that ends the silence."""
    _, _, turn, segment = after
    first, last = place(scene, after)
    return Hit(
        "event.silence",
        turn,
        first,
        last,
        segment.role,
        via="timing",
        size=size,
        unit="s",
        detail=(f"静音 {size:.1f} 秒", f"{size:.1f} s without a word"),
        other=before[2],
    )
