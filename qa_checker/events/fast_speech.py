"""Somebody speaks too fast to be followed.

    rate = characters without white space and punctuation / (end - start) x 60     (Chinese)
    rate = words / (end - start) x 60                                              (English)

by segment, because a turn may hold pauses; segments of fewer than `least` characters are left
out, since their times are too coarse. A rate of more than `chars` or `words` a minute is a hit.

    - id: pace
      points: 5
      deduct: 1
      check: {find: event.fast_speech, role: agent, max: 2}

    events:
      fast_speech: {chars: 240, words: 170}

Takes no `over`: the limits are settings. Needs times; without them: na, no_timestamps.

Defaults: 280 characters a minute (Aliyun's example; advice for complaints is 200 to 220);
190 words a minute (call-ai-metrics); least 10 characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.events import ALWAYS, Scene
from qa_checker.events._times import Spell, place, spells
from qa_checker.events._turns import PEOPLE, letters
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_whole
from qa_checker.rules.windows import Amount


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as fast."""

    chars: int = key(as_whole, "characters a minute, in Chinese calls", default=280)
    words: int = key(as_whole, "words a minute, in English calls", default=190)
    least: int = key(as_whole, "fewest characters of a segment that is looked at", default=10)


WORD = {"chars/min": "字", "words/min": "词"}
TITLE = {"zh": "语速过快", "en": "Speaks too fast"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """There is no rate without times."""
    return ALWAYS


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each segment spoken too fast; `size` is its rate a minute."""
    english = scene.language == "en"
    limit = settings.words if english else settings.chars
    unit = "words/min" if english else "chars/min"
    for spell in scene.once(spells):
        start, end, _, segment = spell
        seconds, text = end - start, segment.text
        most = (len(text) + 1) / 2 if english else len(text)
        if seconds <= 0 or most * 60 <= limit * seconds or segment.role not in PEOPLE:
            continue
        rate = (len(text.split()) if english else letters(text)) * 60 / seconds
        if rate > limit and letters(text) >= settings.least:
            yield fast(scene, spell, round(rate, 1), unit)


def fast(scene: Scene, spell: Spell, rate: float, unit: str) -> Hit:
    """Return the hit: a segment spoken at a rate."""
    first, last = place(scene, spell)
    return Hit(
        "event.fast_speech",
        spell[2],
        first,
        last,
        spell[3].role,
        via="timing",
        size=rate,
        unit=unit,
        detail=(f"每分钟 {rate:.0f} {WORD[unit]}", f"{rate:.0f} {unit}"),
    )
