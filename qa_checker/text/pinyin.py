"""How Han characters sound: one private character for each syllable, tones left out.

Text characters take their commonest reading, phrase characters any of theirs, so that
报歉 is found where 抱歉 is listed, at unchanged positions.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import product

import msgspec
import numpy as np

from qa_checker.text.characters import Codes
from qa_checker.text.codes import as_codes, as_text
from qa_checker.text.tables import worked_out

FIRST_SYLLABLE = 0xF0000
NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"))
SETTINGS = ("same", "near")


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Return the toneless readings of each Han character, the commonest first."""
    from pypinyin import Style, pinyin_dict
    from pypinyin.style import convert

    toneless: dict[str, str] = {}
    found = {}
    for code, written in pinyin_dict.pinyin_dict.items():
        syllables = written.split(",")
        for syllable in syllables:
            if syllable not in toneless:
                toneless[syllable] = convert(syllable, Style.NORMAL, strict=False)
        found[chr(code)] = tuple(dict.fromkeys(toneless[s] for s in syllables))
    return found


def sound(syllable: str, setting: str) -> str:
    """Return how a syllable counts: as itself, or ("near") as those easily confused with it."""
    if setting == "same":
        return syllable
    for retroflex, flat in NEAR:
        if syllable.startswith(retroflex):
            syllable = flat + syllable[len(retroflex) :]
    if syllable.startswith("n"):
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@cache
def sounds(setting: str) -> dict[str, str]:
    """Return for each Han character the private characters of its sounds, the commonest first."""
    kept = worked_out(f"sounds_{setting}", lambda: msgspec.msgpack.encode(all_sounds(setting)))
    return msgspec.msgpack.decode(kept, type=dict[str, str])


def all_sounds(setting: str) -> dict[str, str]:
    """Work out the sounds of each Han character."""
    heard = {
        character: dict.fromkeys(sound(syllable, setting) for syllable in syllables)
        for character, syllables in readings().items()
    }
    every = sorted({each for some in heard.values() for each in some})
    private = {each: chr(FIRST_SYLLABLE + number) for number, each in enumerate(every)}
    return {c: "".join(private[each] for each in some) for c, some in heard.items()}


@cache
def table(setting: str) -> Codes:
    """Return the code point by which each code point is heard."""
    heard = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    known = sounds(setting)
    heard[as_codes("".join(known))] = as_codes("".join([each[0] for each in known.values()]))
    return heard


def heard_as(text: str, setting: str) -> str:
    """Return a plain text with each Han character replaced by its sound."""
    return as_text(heard(as_codes(text), setting))


def heard(codes: Codes, setting: str) -> Codes:
    """Return some characters with each Han character replaced by its sound."""
    return table(setting).take(codes)


@cache
def may_sound(text: str, setting: str) -> tuple[str, ...]:
    """Return for each character of a phrase the sounds it may have, as one string each."""
    known = sounds(setting)
    return tuple(known.get(character, character) for character in text)


@cache
def sounds_like(text: str, setting: str) -> re.Pattern[str]:
    """Return a pattern for the places of a heard text at which a phrase sounds right.

    It matches nothing but looks ahead, so that places may overlap.
    """
    classes = "".join(f"[{re.escape(heard)}]" for heard in may_sound(text, setting))
    return re.compile(f"(?={classes})")


def soundings(text: str, setting: str, most: int = 64) -> list[str]:
    """Return all ways in which a phrase may sound, or those of its beginning if they are
    more than `most`.
    """
    options: list[str] = []
    count = 1
    for heard in may_sound(text, setting):
        count *= len(heard)
        if count > most:
            break
        options.append(heard)
    return ["".join(each) for each in product(*options)]
