"""Read-backs in English: what the other side has just said, said again.

Numbers, spelt letters, times and what stands for hidden data ([num], ***) are compared one by
one, however they are grouped (double five = five five = 55).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import Turn
from qa_checker.events import Scene
from qa_checker.events._content import content_of
from qa_checker.events._numbers import SAID_EN, WORDS_EN
from qa_checker.events._turns import PEOPLE, across

ASKS = lazy_re.compile(r"\b(?:what|which|who|where|when|why|how|pardon)\b")
LOOK_BACK = 2
"""Turns of the other side that are still being read back."""
LEAD = 5
"""Words that may stand before data that are read back."""
SHORT = 7
"""Words of a segment that only repeats."""
TOKEN = lazy_re.compile(r"\[[a-z_ ]{1,12}\]|<[a-z_]{2,12}>|[*×]{3,}|\d+|[a-z]+(?:['’][a-z]+)*")
OTHER_NUMBERS = {"nought": "0", "half": "half", "quarter": "quarter"}
TIMES = {"double": 2, "treble": 3, "triple": 3}
NAMES = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday star hash slash dash am pm"
)
DATA = frozenset(NAMES.split())
BETWEEN = "and past to the of clock oclock dot at for point pounds pound pence"
BESIDE = frozenset(BETWEEN.split())
"""What stands within data without being any."""
OPENING = lazy_re.compile(
    r"(?:(?:um+|uh+|er+m?|oh|ah|mm|hmm|right|okay|ok|yeah|yes|yep|no|so|and|sorry|well|but|that's|"
    r"it's|is|that|this|was|it|the|a|to|for|you|said|lovely|thank|thanks|my|your|our|just|please|"
    r"i've|got|have|of|on|in|at|what|with) )*"
)
EVERYBODY_SAYS = (
    "yeah yes yep yup aye no okay ok right oh ah thank thanks ta bye byebye goodbye hello hi "
    "please sorry pardon um uh er erm mm hm hmm sir madam love lovely good morning afternoon "
    "evening cheers fine problem course great alright sure welcome i'm don't not never true "
    "correct exactly isn't doesn't"
)
NODS = frozenset(EVERYBODY_SAYS.split())


@dataclass(frozen=True, slots=True)
class Datum:
    """One thing in a text that can be read back, at its characters `start` to `end`."""

    value: str
    start: int
    end: int


def runs(text: str) -> Iterator[list[Datum]]:
    """Yield the runs of data in a text: their values one by one, digit by digit."""
    run: list[Datum] = []
    times = 1
    for found in TOKEN.finditer(text.casefold()):
        word = found.group()
        if word in TIMES:
            times = TIMES[word]
            continue
        values = values_of(word)
        if values and (word not in ("o", "oh") or run):
            run += [Datum(value, *found.span()) for value in values * times]
        elif run and word not in BESIDE:
            yield run
            run = []
        times = 1
    if run:
        yield run


def values_of(word: str) -> list[str]:
    """Return the data that a word stands for, digits one by one; none if it is no datum."""
    if word.isdigit():
        return list(word)
    if word in SAID_EN and word not in ("a", "i"):
        return [SAID_EN[word]]
    if word in WORDS_EN:
        return list(str(WORDS_EN[word]))
    if word in OTHER_NUMBERS:
        return [OTHER_NUMBERS[word]]
    hidden = word[0] in "[<*×"
    letter = len(word) == 1 and word not in "ai"
    return [word] if hidden or letter or word in DATA else []


def read_back(scene: Scene) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """Return by turn: the turn that gave the data, and the places that read them back.

    What a turn reads back is not given by it: who says 4417 after the other side is done with it.
    """
    turns = scene.call.turns
    found: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    given: list[tuple[int, str]] = []
    for index, turn in enumerate(turns):
        if turn.role not in PEOPLE:
            continue
        theirs = [(i, values) for i, values in given if across(turns[i], turn)][-LOOK_BACK:]
        fresh = []
        for segment, begin in zip(turn.segments, turn.offsets, strict=True):
            place, said = repeated(segment.text, [values for _, values in theirs])
            fresh.append(said)
            if place is None and theirs:
                place = echoed(segment.text, turns[theirs[-1][0]])
            if place:
                places = found.setdefault(index, (theirs[-1][0], []))[1]
                places.append((begin + place[0], begin + place[1]))
        given.append((index, "".join(fresh)))
    return found


def repeated(text: str, given: list[str]) -> tuple[tuple[int, int] | None, str]:
    """Return the place of data that were given, said again; and the data that are new."""
    place, fresh = None, []
    for run in runs(text):
        values = "\n" + "\n".join(datum.value for datum in run) + "\n"
        before = text[: run[0].start].casefold().replace(",", "").strip()
        alone = OPENING.fullmatch(before + " " if before else "")
        if any(values in one for one in given):
            if alone or (len(run) > 1 and len(before.split()) <= LEAD):
                place = place or (run[0].start, run[-1].end)
        else:
            fresh.append(values)
    return place, "".join(fresh)


def echoed(text: str, other: Turn) -> tuple[int, int] | None:
    """Return the place of a few words that only repeat what the other side has just said."""
    words = [found.group() for found in TOKEN.finditer(text.casefold())]
    if not 1 <= len(words) <= SHORT:
        return None
    own = content_of(" ".join(w for w in words if w[0].isalpha() and w not in NODS), english=True)
    theirs = content_of(other.text, english=True)
    if own and own <= theirs and not ASKS.search(text.casefold()):
        return 0, len(text)
    return None
