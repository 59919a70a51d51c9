"""A call that is as it should be, known by a few questions about all of it at once.

Each function says True only where its careful counterpart would change nothing and have
nothing to say; False means nothing but "look with care". Most calls are in order, and
asking every segment every question costs more than judging the call.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from operator import le, sub

from qa_checker.call import Segment, Who
from qa_checker.readers.marks import BEGINNINGS, SURE_PAUSE
from qa_checker.readers.mojibake import suspects

LATEST = 21_600.0  # seconds; a call that ends later gets a note
LONGEST = 29.0  # seconds; in these, what is long enough to tell a pace is not too slow
DENSEST, LONG = 14.0, 10  # characters a second, at which neither Han nor words are too fast
FASTEST_WORDS, LONG_WORDS = 7.5, 6  # a second


def plainly_clean(segments: Sequence[Segment]) -> bool:
    """Tell that all texts and labels are trimmed, can be seen, and hold no marks or mojibake."""
    texts = [one.text for one in segments]
    labels = [*{one.speaker for one in segments}, *{one.channel for one in segments}]
    if not segments or not all(texts) or list(map(str.strip, texts)) != texts:
        return False
    if list(map(str.strip, labels)) != labels or not "".join(labels).isprintable():
        return False
    every = " ".join(texts)
    if not every.isprintable() or _odd().search(every):
        return False
    return "秒" not in every or SURE_PAUSE.search(every) is None


@cache
def _odd() -> re.Pattern[str]:
    """Return the characters without which there is neither a mark nor mojibake."""
    return re.compile(f"[{BEGINNINGS}{suspects()}]")


def plainly_sound(segments: Sequence[Segment], duration: float | None) -> bool:
    """Tell that all have text and times, in order, within the call and at the pace of speech."""
    texts = [one.text for one in segments]
    starts = [one.start for one in segments if one.start is not None]
    ends = [one.end for one in segments if one.end is not None]
    if not all(texts) or not len(texts) == len(starts) == len(ends) > 0:
        return False
    if not all(map(le, starts, ends)) or not _rising(segments, starts) or min(starts) < 0:
        return False
    spread = len(set(starts)) * 2 >= len(starts) + 2  # no start can be that of more than half
    latest = min(duration or LATEST, LATEST)
    return spread and max(ends) <= latest and _paced(texts, list(map(sub, ends, starts)))


def _rising(segments: Sequence[Segment], starts: Sequence[float]) -> bool:
    """Tell that nobody's segment starts before the one they said before it."""
    if starts == sorted(starts):
        return True
    theirs: dict[Who, list[float]] = defaultdict(list)
    for one, start in zip(segments, starts, strict=True):
        theirs[one.role, one.speaker, one.channel].append(start)
    return all(one == sorted(one) for one in theirs.values())


def _paced(texts: Sequence[str], lengths: Sequence[float]) -> bool:
    """Tell that no segment that is long enough to tell a pace is too slow or too fast.

    There are no more Han than characters, no more words than every other character, and in
    plain ASCII no more words than spaces and one.
    """
    every = "".join(texts)
    words = every.isascii() and every.isprintable()
    sizes = [text.count(" ") + 1 for text in texts] if words else map(len, texts)
    least, most = (LONG_WORDS, FASTEST_WORDS) if words else (LONG, DENSEST)
    if max(lengths) > LONGEST:
        return False
    return not [1 for size, long in zip(sizes, lengths, strict=True) if least <= size > most * long]
