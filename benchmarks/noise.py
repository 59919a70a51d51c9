"""Faults of speech recognition, put into the segments of clean calls at given rates.

Each kind is a function from a segment, a source of chance and a rate to the segments that a
recogniser might have written. The same chance gives the same faults.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import jieba

from qa_checker.call import Call, Segment, turns
from qa_checker.text.pinyin import readings

FREQUENT = 3000
"""How many characters a recogniser chooses from; they make up nearly all that is said."""
FILLERS = {"zh": ("嗯", "呃", "啊", "那个", "就是"), "en": ("um", "uh", "er", "like", "you know")}
SPOKEN = {
    "zh": "零一二三四五六七八九",
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
LONG_NUMBER = 5
"""Digits from which 一 is said 幺, as in numbers of telephones and orders."""
MARKS = re.compile(r"[，。！？；：、,.!?;:…—\"“”]+")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Noise:
    """A kind of fault: how it is made, its usual rate, and the languages that have it."""

    make: Callable[[Segment, Random, float, str], list[Segment]]
    rate: float
    languages: tuple[str, ...] = ("zh", "en")


@cache
def alike() -> dict[str, tuple[list[str], list[int]]]:
    """Return for each frequent character the others that sound the same, with their frequency."""
    counts: Counter[str] = Counter()
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    for word, times in jieba.dt.FREQ.items():
        for character in word if times else ():
            if character in readings():
                counts[character] += times
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for character, _ in counts.most_common(FREQUENT):
        by_sound[readings()[character][0]].append(character)
    found = {}
    for group in by_sound.values():
        for character in group:
            others = [each for each in group if each != character]
            found[character] = (others, [counts[each] for each in others])
    return found


def sounds(segment: Segment, random: Random, rate: float, language: str) -> list[Segment]:
    """Write another character of the same syllable (Chinese only)."""

    def heard(character: str) -> str:
        others, weights = alike().get(character, ((), ()))
        if not others or random.random() >= rate:
            return character
        return random.choices(others, weights)[0]

    return [replace(segment, text="".join(map(heard, segment.text)))]


def fillers(segment: Segment, random: Random, rate: float, language: str) -> list[Segment]:
    """Put a filler after a word, or drop one that was said."""
    gap = " " if language == "en" else ""
    kept = []
    for word in words(segment.text, language):
        if word.strip() in FILLERS[language] and random.random() < rate:
            continue
        kept.append(word)
        if word.strip() and not MARKS.fullmatch(word.strip()) and random.random() < rate:
            kept.append(gap + random.choice(FILLERS[language]))
    return [replace(segment, text="".join(kept) or segment.text)]


def marks(segment: Segment, random: Random, rate: float, language: str) -> list[Segment]:
    """Leave out marks; those inside numbers and words stay."""

    def kept(mark: re.Match[str]) -> str:
        before, after = segment.text[: mark.start()][-1:], segment.text[mark.end() :][:1]
        inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        return mark[0] if inside or random.random() >= rate else " "

    return [replace(segment, text=MARKS.sub(kept, segment.text).strip() or segment.text)]


def splits(segment: Segment, random: Random, rate: float, language: str) -> list[Segment]:
    """Cut a segment in two between words; its time is divided by the characters."""
    pieces = words(segment.text, language)
    if len(pieces) < 2 or random.random() >= rate:
        return [segment]
    at = random.randrange(1, len(pieces))
    first, second = "".join(pieces[:at]), "".join(pieces[at:])
    if not first.strip() or not second.strip():
        return [segment]
    middle = segment.time_at(len(first))
    parts = replace(segment, text=first.strip()), replace(segment, text=second.strip())
    return [replace(parts[0], end=middle), replace(parts[1], start=middle)]


def digits(segment: Segment, random: Random, rate: float, language: str) -> list[Segment]:
    """Write digits as they are spoken, one by one: 138 becomes 一三八, one three eight."""

    def spoken(number: re.Match[str]) -> str:
        if random.random() >= rate:
            return number[0]
        said = [SPOKEN[language][int(digit)] for digit in number[0]]
        if language == "en":
            return " ".join(said)
        return "".join(said).replace("一", "幺" if len(said) >= LONG_NUMBER else "一")

    return [replace(segment, text=DIGITS.sub(spoken, segment.text))]


def words(text: str, language: str) -> list[str]:
    """Cut a text into words that make it up again; English ones begin with their spaces."""
    if language == "en":
        return re.findall(r"\s*\S+|\s+$", text)
    return [str(word) for word in jieba.cut(text, HMM=False)]


NOISES = {
    "sounds": Noise(sounds, 0.05, ("zh",)),
    "fillers": Noise(fillers, 0.05),
    "marks": Noise(marks, 1.0),
    "splits": Noise(splits, 0.5),
    "digits": Noise(digits, 1.0),
}
"""The kinds; their rates are of characters, words, marks, segments and numbers."""


def noisy(call: Call, rates: dict[str, float], language: str, seed: str) -> Call:
    """Return a call with the faults of some kinds; who speaks when stays as it is."""
    said: Iterable[Segment] = call.segments
    for kind, rate in rates.items():
        random = Random(f"{seed}:{call.call_id}:{kind}")
        make = NOISES[kind].make
        said = [each for segment in said for each in make(segment, random, rate, language)]
    return replace(call, turns=turns(said))
