"""What a change of the rules does to calls: both versions judge them, and the difference is told.

Calls are read once and judged twice; only counts, the calls that change and a few quotes of
each entry are kept, so the corpus may be of any size.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa_checker.call import Call
from qa_checker.hit import Hit
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import EVENT, Look, language_of
from qa_checker.judging.verdicts import judge_look
from qa_checker.scorecard import FAIL, NA, PASS, Scorecard

QUOTES = 3
"""New and lost hits of an entry that are quoted."""
NO_SCORE = "–"


@dataclass(frozen=True, slots=True)
class Quote:
    """A hit that is new or lost: call, turn number and words."""

    call_id: str
    turn: int
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A call whose result changes: score, band and failed red lines, before and after."""

    call_id: str
    score: tuple[str, str]
    band: tuple[str, str]
    failed_by: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class Entry:
    """What becomes of the hits of one entry: how many calls have some, and which are other."""

    calls: list[int] = field(default_factory=lambda: [0, 0])
    new: int = 0
    lost: int = 0
    new_quotes: list[Quote] = field(default_factory=list)
    lost_quotes: list[Quote] = field(default_factory=list)


@dataclass(slots=True)
class Impact:
    """The difference between two versions of one rubric on some calls.

    Pairs are (before, after). `flips` has the calls of each (item, verdict before, verdict
    after), "absent" for an item that one version lacks; `verdicts` counts the verdicts of each
    item after; `scores` counts calls by ten points, from 0 to 100.
    """

    base: Compiled
    head: Compiled
    calls: int = 0
    changes: list[Change] = field(default_factory=list)
    flips: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=lambda: defaultdict(Entry))
    verdicts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    scores: tuple[Counter[int], Counter[int]] = field(
        default_factory=lambda: (Counter(), Counter())
    )
    sums: list[float] = field(default_factory=lambda: [0.0, 0.0])
    untimed: int = 0

    @property
    def share(self) -> float:
        """The share of calls whose result changes."""
        return len(self.changes) / self.calls if self.calls else 0.0

    def means(self) -> tuple[float | None, float | None]:
        """Return the mean score before and after, of the calls that have one."""
        sizes = [sum(counts.values()) for counts in self.scores]
        before, after = (s / n if n else None for s, n in zip(self.sums, sizes, strict=True))
        return before, after


def impact(base: Compiled, head: Compiled, calls: Iterable[Call]) -> Impact:
    """Judge calls by both versions of a rubric and return the difference."""
    found = Impact(base, head)
    for call in calls:
        looks = [Look(compiled, call, language_of(call)) for compiled in (base, head)]
        cards = [judge_look(look.compiled, look) for look in looks]
        found.calls += 1
        compare_cards(found, cards[0], cards[1])
        compare_hits(found, looks[0], looks[1])
    return found


def compare_cards(found: Impact, before: Scorecard, after: Scorecard) -> None:
    """Add what two scorecards of a call have different."""
    for which, card in enumerate((before, after)):
        if card.score is not None:
            found.sums[which] += float(card.score)
            found.scores[which][int(card.score // 10)] += 1
    results = [(card.shown, card.band, card.failed_by) for card in (before, after)]
    if results[0] != results[1]:
        scores, bands, failed = zip(*results, strict=True)
        found.changes.append(Change(before.call_id, scores, bands, failed))
    verdicts = [{each.item: each.verdict for each in card} for card in (before, after)]
    for item in {**verdicts[0], **verdicts[1]} if not (before.skipped or after.skipped) else ():
        was, now = (each.get(item, "absent") for each in verdicts)
        found.verdicts[item][now] += 1
        if was != now:
            found.flips.setdefault((item, was, now), []).append(before.call_id)
    found.untimed += any(v.verdict == NA and v.reason == "no_timestamps" for v in after)


def compare_hits(found: Impact, before: Look, after: Look) -> None:
    """Add the hits that are new or lost in a call."""
    old, new = hits_of(before), hits_of(after)
    for name in {**old, **new}:
        was, now = set(places(old.get(name, ()))), set(places(new.get(name, ())))
        entry = found.entries[name]
        entry.calls[0] += bool(was)
        entry.calls[1] += bool(now)
        entry.new += len(now - was)
        entry.lost += len(was - now)
        quote(after, sorted(now - was), entry.new_quotes)
        quote(before, sorted(was - now), entry.lost_quotes)


def hits_of(look: Look) -> dict[str, Sequence[Hit]]:
    """Return what was found in a call: hits by entry, and by event that some check asked for."""
    events = {
        f"{name} over {over}" if over else name: hits
        for (name, over), hits in look.found.items()
        if name.startswith(EVENT)
    }
    return {**look.scene.hits, **events}


def places(hits: Iterable[Hit]) -> list[tuple[int, int, int]]:
    """Return where hits stand."""
    return [(hit.turn, hit.start, hit.end) for hit in hits]


def quote(look: Look, spots: Iterable[tuple[int, int, int]], quotes: list[Quote]) -> None:
    """Add quotes of some hits while there is room."""
    for turn, start, end in spots:
        if len(quotes) < QUOTES:
            said = look.call.turns[turn]
            quotes.append(Quote(look.call.call_id, said.number, said.text[start:end]))


def separating(counts: Counter[str]) -> float:
    """Return the share of the commoner of pass and fail; 1 if all judged calls agree."""
    judged = counts[PASS] + counts[FAIL]
    return max(counts[PASS], counts[FAIL]) / judged if judged else 0.0
