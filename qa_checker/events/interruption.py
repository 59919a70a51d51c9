"""Somebody cuts in while the other side is speaking, or is told so.

**With times** (every segment has a start and an end): an interruption is an utterance that
starts when the other side has been speaking for at least `delay`, and that goes on over it:

    overlap = min(end of both) - start of the one who cuts in  >  over     (seconds)

An utterance is what one speaker says with no pause of more than half a second. A nod
(`backchannel`: 嗯, 对, 好的, mm-hm …) is listening, and less than `characters` is a noise: neither
counts. The hit is the interrupting turn, `other` the interrupted one, `via` timing.

**By text** (`via` text): the customer says so (`let_me_finish`); then the turn of the other side
before that is the hit. And, in calls without times only, a turn breaks off (ends in a dash, in
dots, or without the mark that the call's other turns end with), the other side says something
of at most `reply` characters, and the first speaker takes up the same words again.
A complaint after interruptions that the times show is about those, and not counted again.

    - id: no_interrupting
      points: 5
      check: {find: event.interruption, role: agent, max: 0, over: 1.5 s}

    events:
      interruption: {delay: 1.5 s, characters: 4}

With `over`, timing alone decides, and a call without times is na; without `over`, such a call
can fail by its text but never pass.

Defaults: over 0.5 s (call-ai-metrics: what is shorter is a nod); delay 1 s (the example of
Aliyun's delayTime); 2 characters (Huawei counts the interrupting sentence too); reply 40
characters, our own: a longer one is a turn of its own right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from qa_checker.call import UNKNOWN
from qa_checker.events import ALWAYS, CONVICTS, Scene
from qa_checker.events._breaks import broken_off
from qa_checker.events._times import Utterance, place, text_of, timed, utterances
from qa_checker.events._turns import LETTERS, across, covered
from qa_checker.hit import Hit
from qa_checker.rules.fields import as_id, as_whole, key
from qa_checker.rules.windows import Amount, as_amount

NOD = re.compile(
    r"(?:[嗯恩唔哦噢喔啊哎诶欸对對好是行的]|mm+|mhm+|hm+|uh|huh|yeah|yes|yep|right|okay|ok|sure|\W)+",
    re.IGNORECASE,
)
"""A nod inside a longer turn, where the phrases of an entry (a whole turn) cannot see it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as an interruption."""

    over: Amount = key(
        as_amount("s"), "overlap that is more than an accident", default=Amount(Fraction(1, 2), "s")
    )
    delay: Amount = key(
        as_amount("s"),
        "how long the other side has been speaking",
        default=Amount(Fraction(1), "s"),
    )
    characters: int = key(as_whole, "least characters of what cuts in", default=2)
    reply: int = key(as_whole, "most characters between a broken turn and its rest", default=40)
    backchannel: str = key(as_id, "entry of the nods", default="events.backchannel")
    let_me_finish: str = key(as_id, "entry of the complaints", default="events.let_me_finish")


TITLE = {"zh": "打断", "en": "Interruption"}
UNITS = ("s",)
WORDS = ("backchannel", "let_me_finish")


def timing(over: Amount | None) -> str:
    """Without `over`, words can convict; with it, only times can judge."""
    return CONVICTS if over is None else ALWAYS


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each interruption; `size` is the overlap in seconds, if there are times."""
    nods = covered(scene.call, scene.words(settings.backchannel))
    with_times = timed(scene)
    found = list(by_timing(scene, settings, over, nods)) if with_times else []
    if over is None:
        found += complaints(scene, settings, found)
        if not with_times:
            found += broken_off(scene, settings.reply, nods)
    yield from sorted(unique(found), key=lambda hit: (hit.turn, hit.start))


def by_timing(
    scene: Scene, settings: Settings, over: Amount | None, nods: frozenset[int]
) -> Iterator[Hit]:
    """Yield the utterances that begin and go on while the other side is speaking."""
    limit, delay = float((over or settings.over).value), float(settings.delay.value)
    latest: dict[tuple[str, str], Utterance] = {}
    for cut in scene.once(utterances):
        begin, _, turn, first = cut[0]
        for talk in latest.values():
            if talk[-1][1] - begin <= limit or begin - talk[0][0] < delay:
                continue
            overlap = round(min(cut[-1][1], talk[-1][1]) - begin, 3)
            if overlap <= limit or not across(scene.call.turns[turn], scene.call.turns[talk[0][2]]):
                continue
            if not is_nod(cut, nods, settings.characters):
                yield timing_hit(scene, cut, talk, overlap)
        latest[first.role, first.speaker] = cut


def is_nod(cut: Utterance, nods: frozenset[int], least: int) -> bool:
    """Tell whether an utterance is a mere nod or too short to be anything."""
    if all(turn in nods or NOD.fullmatch(segment.text) for _, _, turn, segment in cut):
        return True
    return len(LETTERS.findall(text_of(cut))) < least


def timing_hit(scene: Scene, cut: Utterance, talk: Utterance, overlap: float) -> Hit:
    """Return the hit: the first segment that cuts in, and the turn it cuts into."""
    _, _, turn, segment = cut[0]
    first, last = place(scene, cut[0])
    spoken = [spell for spell in talk if spell[0] <= cut[-1][1]]
    return Hit(
        "event.interruption",
        turn,
        first,
        last,
        segment.role,
        via="timing",
        size=overlap,
        unit="s",
        detail=(f"重叠 {overlap:.1f} 秒", f"overlap {overlap:.1f} s"),
        other=spoken[-1][2],
    )


def complaints(scene: Scene, settings: Settings, explained: list[Hit]) -> Iterator[Hit]:
    """Yield the turn before each request to be heard out, unless times explain it."""
    turns = scene.call.turns
    for said in scene.words(settings.let_me_finish):
        asking = turns[said.turn]
        before = [i for i in range(said.turn) if across(turns[i], asking)]
        if not before or asking.role == UNKNOWN:
            continue
        cut = before[-1]
        own = [i for i in range(cut) if across(turns[i], turns[cut])]
        if not any(h.turn <= said.turn and h.role == turns[cut].role for h in explained):
            quote = asking.text[said.start : said.end]
            detail = (
                f"第 {asking.number} 轮说“{quote}”",
                f"turn {asking.number} says “{quote}”",
            )
            other = own[-1] if own else said.turn
            end = len(turns[cut].text)
            yield Hit(
                "event.interruption", cut, 0, end, turns[cut].role, detail=detail, other=other
            )


def unique(hits: list[Hit]) -> list[Hit]:
    """Return one hit for each place, the first found."""
    places: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        places.setdefault((hit.turn, hit.start), hit)
    return list(places.values())
