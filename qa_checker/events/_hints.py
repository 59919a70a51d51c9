"""Which turns are worth a close look: those that hold what an event cannot do without.

Most turns hold no number, no name and no question word. Which ones do is asked once for all
turns of a batch, not turn by turn. A hint may be there and nothing behind it, never the reverse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, product

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from qa_checker.events import Scene
from qa_checker.text.plain import Whole

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
MONEY, DATE, COUNT, NAME, TITLE = "money", "date", "count", "name", "title"
READ_OUT, PERSONAL, OPEN = "read out", "personal", "open"


def joined(first: Iterable[str], then: Iterable[str]) -> Iterator[str]:
    """Yield each of some texts followed by each of some others."""
    return map("".join, product(first, then))


LAST = "0123456789零一二两三四五六七八九十百千万亿"
"""What a number may end with."""
HINTS_ZH = {
    MONEY: (*joined(LAST, "元块"), *joined("一二两三四五六七八九", "百千万亿"), "¥"),
    DATE: tuple(joined(LAST, "号日")),
    COUNT: tuple(joined(LAST, [*"天年次件台箱套", "个月"])),
    NAME: ("姓", "我叫", "名字叫"),
    TITLE: ("先生", "女士", "小姐"),
    PERSONAL: ("@", "码", "cv"),
    OPEN: (*"什啥怎咋哪谁何多几呢", "贵姓", "为毛", "干嘛", "干吗"),
}
SPOKEN_DIGITS = "zero oh o one two three four five six seven eight nine double triple"
SPOKEN = tuple(f" {word} " for word in SPOKEN_DIGITS.split())
HINTS_EN = {
    MONEY: ("£", "$", "€", "pound", "dollar", "euro", "quid", "buck"),
    DATE: ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    READ_OUT: SPOKEN,
    NAME: ("name is", "name's", "mister", *joined(("mr", "mrs", "ms"), " 。"), "miss"),
    PERSONAL: (
        *("@", "passw", "passc", "pin", "cv", "security", "digit", "one time", "verif", "otp"),
        *("memor", *SPOKEN),
    ),
    OPEN: ("wh", "how"),
}


def hinted(scene: Scene, kind: str) -> list[int]:
    """Return the turns that hold one of the texts of a hint, in order."""
    known, key = scene.batch.known, (looked_up, scene.plain.whole)
    if key not in known:
        known[key] = looked_up(scene.plain.whole, scene.language)
    return own(scene, known[key][kind])


def matched(scene: Scene, pattern: re.Pattern[str]) -> list[int]:
    """Return the turns in which a pattern is found that reaches into no other turn, in order."""
    known, key = scene.batch.known, (pattern, scene.plain.whole)
    if key not in known:
        whole = scene.plain.whole
        places = [found.start() for found in pattern.finditer(whole.text)]
        known[key] = turns_at(whole, np.array(places, dtype=np.int64))
    return own(scene, known[key])


def own(scene: Scene, turns: list[int]) -> list[int]:
    """Return those of some turns that are of this call, counted from its first."""
    first, last = scene.plain.first, scene.plain.last
    return [turn - first for turn in turns[bisect_left(turns, first) : bisect_left(turns, last)]]


def looked_up(whole: Whole, language: str) -> dict[str, list[int]]:
    """Return the turns that hold each hint, in order."""
    finder, kinds = lookup(language == "en")
    flat = [*chain.from_iterable(finder.find_matches_as_indexes(whole.text, overlapping=True))]
    which, places = np.array(flat[::3], dtype=np.int64), np.array(flat[1::3], dtype=np.int64)
    return {kind: turns_at(whole, places[leads.take(which)]) for kind, leads in kinds.items()}


@cache
def lookup(english: bool) -> tuple[AhoCorasick, dict[str, Truths]]:
    """Return what finds the texts of all hints, and which of these texts each hint has."""
    hints = HINTS_EN if english else HINTS_ZH
    texts = list(dict.fromkeys(chain.from_iterable(hints.values())))
    sets = {kind: frozenset(own) for kind, own in hints.items()}
    kinds = {kind: np.array([text in own for text in texts]) for kind, own in sets.items()}
    return AhoCorasick(texts), kinds


def turns_at(whole: Whole, places: Numbers) -> list[int]:
    """Return the turns that hold some places of the whole text, each once, in order."""
    turns: list[int] = np.unique(whole.begins.searchsorted(places, side="right") - 1).tolist()
    return turns
