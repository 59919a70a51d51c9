"""How Han characters sound: one private character for each syllable, tones left out.

Text characters take their commonest reading, phrase characters any of theirs, so that
报歉 is found where 抱歉 is listed, at unchanged positions.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from runpy import run_path
from unicodedata import normalize

import msgspec
import numpy as np

from qa_checker.text.characters import Codes
from qa_checker.text.codes import as_codes, as_text
from qa_checker.text.tables import worked_out

FIRST_SYLLABLE = 0xF0000
NO_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"))
SETTINGS = ("same", "near")


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Return the toneless readings of each Han character, the commonest first."""
    known = written()
    read = {s: tuple(dict.fromkeys(map(toneless, s.split(",")))) for s in {*known.values()}}
    return {chr(code): read[some] for code, some in known.items()}


def written() -> Mapping[int, str]:
    """Return the readings of each Han character as pypinyin has them, with a comma in between.

    Its table of characters is run without the package around it, which would load its words
    too: that takes a quarter of a second.
    """
    package = find_spec("pypinyin")
    alone = Path(package.origin).with_name("pinyin_dict.py") if package and package.origin else None
    if alone is not None and alone.is_file():
        found: Mapping[int, str] = run_path(str(alone))["pinyin_dict"]
        return found
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def toneless(syllable: str) -> str:
    """Return a syllable without its tone, and with v for ü."""
    apart = normalize("NFD", syllable).translate(NO_TONES)
    return normalize("NFC", apart).replace("ü", "v")


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
        syllables: dict.fromkeys(sound(syllable, setting) for syllable in syllables)
        for syllables in {*readings().values()}
    }
    every = sorted({each for some in heard.values() for each in some})
    private = {each: chr(FIRST_SYLLABLE + number) for number, each in enumerate(every)}
    spelt = {some: "".join(private[each] for each in heard[some]) for some in heard}
    return {character: spelt[syllables] for character, syllables in readings().items()}


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
