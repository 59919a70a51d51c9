"""Somebody cuts in while the other side is speaking, or is told so.

**With times** (every segment has a start and an end), any of these is an interruption:

    over it    begins when the other side has been speaking for at least `delay`, and goes on:
               overlap = min(end of both) - start of the one who cuts in  >  over     (seconds);
               if the other side does not stop for it, overlap > 2.5 * over
    cut off    begins while the other side is speaking, or at most `gap` after it, and goes on
               longer; and what the other side said stops in the middle of a sentence
    not let in goes on speaking, while the other side begins and stops in the middle of a sentence
               of at least `words` words

An utterance is what one speaker says with no pause of more than half a second. It stops in the
middle if it ends in a dash, in half a word (th), or in a word that needs another (the, to, and,
because; 因为, 但是, 如果), without a mark that ends sentences. A nod (`backchannel`: 嗯, 对, 好的,
mm-hm …) is listening, and less than `characters` is a noise: neither cuts in. The hit is the
interrupting turn, `other` the interrupted one, `via` timing; its detail says at which words the
other was, spread evenly over the segment, and who gave way.

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

With `over`, the overlap alone decides (over it, whoever stops), and a call without times is na;
without `over`, such a call can fail by its text but never pass.

Defaults: over 0.5 s (call-ai-metrics: what is shorter is a nod); delay 1 s (the example of
Aliyun's delayTime); 2 characters (Huawei counts the interrupting sentence too); reply 40
characters, our own: a longer one is a turn of its own right. gap 0.5 s, 1 word, 2.5 times: chosen
on meetings in which people had marked who was cut off. Broken sentences say so more surely than
overlaps do: of the turns they mark, more than half are right, of those of overlaps a fifth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Segment
from qa_checker.events import ALWAYS, CONVICTS, Scene
from qa_checker.events._breaks import broken_off
from qa_checker.events._moments import Utterance, meetings
from qa_checker.events._times import Spell, place, timed
from qa_checker.events._turns import across, covered, letters, nothing_but
from qa_checker.events._unfinished import unfinished
from qa_checker.hit import Hit, Said
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_id, as_whole
from qa_checker.rules.windows import Amount, as_amount

NOD = lazy_re.compile(
    r"(?:[嗯恩唔哦噢喔啊哎诶欸对對好是行的]|mm+|mhm+|hm+|uh|huh|yeah|yes|yep|right|okay|ok|sure|\W)+",
    re.IGNORECASE,
)
"""A nod inside a longer turn, where the phrases of an entry (a whole turn) cannot see it."""

TOLD = 16
"""Characters that are quoted of what the other was saying."""
GOES_ON = 2.5
"""How many times the overlap must be as long if the one who was speaking does not stop for it."""


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
    gap: Amount = key(
        as_amount("s"),
        "how soon after a broken off sentence the other side begins",
        default=Amount(Fraction(1, 2), "s"),
    )
    words: int = key(as_whole, "least words of who begins and is not let in", default=1)
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
    with_times = timed(scene)
    found = list(by_timing(scene, settings, over)) if with_times else []
    if over is None:
        found += complaints(scene, settings, found)
        if not with_times:
            nods = covered(scene.call, scene.words(settings.backchannel))
            found += broken_off(scene, settings.reply, nods)
    yield from sorted(unique(found), key=itemgetter(1, 2))


def by_timing(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield the utterances that begin and go on while the other side is speaking."""
    silenced: set[int] = set()
    gap = 0.0 if over else float(settings.gap.value)
    limit, delay = float((over or settings.over).value), float(settings.delay.value)
    for cut, talk in meetings(scene, gap):
        if not across(cut, talk):
            continue
        goes_on = cut.end > talk.end
        if over is None and not goes_on and breaks_off(scene, cut, settings.words):
            yield timing_hit(scene, last_until(talk, cut.end), cut)
            continue
        leaves = over is None and goes_on and talk.number not in silenced
        leaves = leaves and breaks_off(scene, talk, 1)
        longer = limit if over or goes_on or cut.end == talk.end else GOES_ON * limit
        if (leaves or overlaps(cut, talk, longer, delay)) and not is_nod(scene, cut, settings):
            if leaves:
                silenced.add(talk.number)
            yield timing_hit(scene, cut.spells[0], talk)


def text_of(utterance: Utterance) -> str:
    """Return the words of an utterance."""
    return " ".join([segment.text for _, _, _, segment in utterance.spells])


def breaks_off(scene: Scene, talk: Utterance, least: int) -> bool:
    """Tell whether an utterance of at least so many words stops in the middle of a sentence."""
    if not unfinished(talk.spells[-1][3].text, english=scene.language == "en"):
        return False
    return least < 2 or len(text_of(talk).split()) >= least


def overlaps(cut: Utterance, talk: Utterance, limit: float, delay: float) -> bool:
    """Tell whether an utterance begins late in another, and goes on over it for long (seconds)."""
    overlap = min(cut.end, talk.end) - cut.begin
    return overlap > 0 and cut.begin - talk.begin >= delay and round(overlap, 3) > limit


def is_nod(scene: Scene, cut: Utterance, settings: Settings) -> bool:
    """Tell whether an utterance is a mere nod or too short to be anything."""
    if letters(text_of(cut)) < settings.characters:
        return True
    nods = scene.words(settings.backchannel)
    return all(
        NOD.fullmatch(segment.text) or nothing_but(scene.call, turn, nods)
        for _, _, turn, segment in cut.spells
    )


def last_until(talk: Utterance, moment: float) -> Spell:
    """Return the last segment of an utterance that begins until a moment, else its first."""
    for spell in reversed(talk.spells):
        if spell[0] <= moment:
            return spell
    return talk.spells[0]


def timing_hit(scene: Scene, own: Spell, talk: Utterance) -> Hit:
    """Return the hit: the segment that cuts in or goes on, and the turn that it interrupts."""
    start, end, turn, segment = own
    first, last = place(scene, own)
    overlap = max(0.0, round(min(end, talk.end) - max(start, talk.begin), 3))
    detail = what_was_left(own, talk, overlap)
    name, role, other = "event.interruption", segment.role, last_until(talk, end)[2]
    return Hit(name, turn, first, last, role, "", "timing", overlap, "s", detail, other)


def what_was_left(own: Spell, talk: Utterance, overlap: float) -> Said:
    """Say how long both spoke, at which words the other was, and who gave way."""
    start, end, _, _ = own
    moment = start if start > talk.begin else talk.end
    _, _, _, segment = last_until(talk, moment)
    said = segment.text[: places_until(segment, moment)].rstrip()
    words = "…" * (len(said) > TOLD) + said[-TOLD:].lstrip()
    gave_way = ("停下了", "stopped") if talk.end <= end else ("接着说了下去", "spoke on")
    return (
        f"重叠 {overlap:.1f} 秒；对方说到“{words}”，{gave_way[0]}",
        f"overlap {overlap:.1f} s; the other was at “{words}” and {gave_way[1]}",
    )


def places_until(segment: Segment, moment: float) -> int:
    """Return how many characters of a segment are said by a moment, spread evenly over it."""
    start, end = segment.start or 0.0, segment.end or 0.0
    share = (moment - start) / (end - start) if end > start else 1.0
    return round(len(segment.text) * min(1.0, share))


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
