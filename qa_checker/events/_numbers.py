"""What numbers are worth, however they are written or said.

Decimal("350") for 350, 三百五, 三百五十 and three hundred and fifty; the digits 138… for
幺三八… and one three eight, double five …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from qa_checker import lazy_re

DIGITS_ZH = dict(zip("零〇○幺一二两三四五六七八九", "00011223456789", strict=True))
UNITS_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
TO_NINETEEN = (
    "zero one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL, TENS = TO_NINETEEN.split(), FROM_TWENTY.split()
WORDS_EN = {
    **{word: value for value, word in enumerate(SMALL)},
    **{word: 10 * value for value, word in enumerate(TENS, 2)},
}
SAID_EN = {**{word: str(value) for value, word in enumerate(SMALL[:10])}, "oh": "0", "o": "0"}

NUMBER_ZH = (
    r"(?:\d+(?:,\d{3})*(?:\.\d+)?[百千万亿]?"
    r"|[零一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?)"
)
_WORD = f"(?:{'|'.join(sorted([*WORDS_EN, 'hundred', 'thousand'], key=len, reverse=True))})"
NUMBER_EN = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|a (?:hundred|thousand)|{_WORD}(?: (?:and )?{_WORD})*)"


FIGURES = lazy_re.compile(r"\d+(?:\.\d+)?")
FIGURES_AND_UNIT = lazy_re.compile(r"(\d+(?:\.\d+)?)([百千万亿])")
WORDS, LATIN = lazy_re.compile("[a-z ]+"), lazy_re.compile("[a-z]+")
PART = lazy_re.compile("[a-z]+|[^a-z]")
FOUR, SEVEN = lazy_re.compile(r"\d(?: ?\d){3}"), lazy_re.compile(r"\d(?: ?\d){6}")
FIGURES_EN = lazy_re.compile(r"\d ?\d")
"""Two figures side by side: whatever is read out holds these, or a word between spaces."""
SPOKEN = lazy_re.compile(rf"\b(?:{'|'.join(SAID_EN)}|double|triple)\b")
_ONE = rf"(?:\d|\b(?:{'|'.join(SAID_EN)})\b)"
TWO = lazy_re.compile(rf"{_ONE} ?(?:(?:double|triple) )?{_ONE}")


@dataclass(frozen=True, slots=True)
class Found:
    """Something said at characters `start` to `end` of a text."""

    kind: str
    value: str
    start: int
    end: int


class Finder(NamedTuple):
    """What yields the facts of a kind in a text, and the hints one of which such a text holds.

    A hint is the name of one of `_hints`, or a pattern that reaches into no other turn.
    """

    hints: tuple[str | re.Pattern[str], ...]
    find: Callable[[str], Iterator[Found]]


def plainly(worth: Decimal) -> str:
    """Return a number in one way of writing: 350 for 350.00."""
    return f"{worth.normalize():f}"


def value(text: str) -> Decimal | None:
    """Return what a number is worth; None if it is none."""
    plain = text.replace(",", "")
    if FIGURES.fullmatch(plain):
        return Decimal(plain)
    if WORDS.fullmatch(plain):
        return english(plain)
    if found := FIGURES_AND_UNIT.fullmatch(plain):
        return Decimal(found[1]) * UNITS_ZH[found[2]]
    whole, _, decimals = plain.partition("点")
    worth = chinese(whole)
    if worth is None or not decimals:
        return worth
    return worth + Decimal("0." + "".join(DIGITS_ZH.get(c, "") for c in decimals))


def chinese(text: str) -> Decimal | None:
    """Return what Chinese numerals are worth: 三百五 is 350, 一万二 is 12000."""
    total = section = digit = 0
    last_unit, after_zero = 0, False
    for character in text:
        if character in DIGITS_ZH:
            digit = int(DIGITS_ZH[character])
            after_zero = after_zero or digit == 0
        elif character in "万亿":
            total = (total + section + digit) * UNITS_ZH[character]
            section, digit, last_unit, after_zero = 0, 0, UNITS_ZH[character], False
        elif character in UNITS_ZH:
            last_unit = UNITS_ZH[character]
            section += (digit or 1) * last_unit
            digit, after_zero = 0, False
        else:
            return None
    short = last_unit >= 100 and not after_zero
    return Decimal(total + section + (digit * last_unit // 10 if short else digit))


def english(text: str) -> Decimal | None:
    """Return what English number words are worth."""
    total = section = 0
    for word in text.split():
        if word in ("and", "a"):
            section = section or (1 if word == "a" else 0)
        elif word == "hundred":
            section = (section or 1) * 100
        elif word == "thousand":
            total, section = total + (section or 1) * 1000, 0
        elif word in WORDS_EN:
            section += WORDS_EN[word]
        else:
            return None
    return Decimal(total + section)


def digits(text: str) -> str:
    """Return the digits that are said one by one: 幺三八, 1 3 8, one three double eight."""
    figures = text.replace(" ", "")
    if figures.isascii() and figures.isdecimal():
        return figures  # most numbers: nothing else is said
    said, times = "", 1
    for part in PART.findall(text):
        if part in ("double", "triple"):
            times = 2 if part == "double" else 3
            continue
        digit = SAID_EN.get(part) or DIGITS_ZH.get(part) or (part if part.isdigit() else "")
        if digit:
            said, times = said + digit * times, 1
        elif LATIN.fullmatch(part):
            said += part
    return said


def may_read_out(text: str, figures: re.Pattern[str] = FOUR) -> bool:
    """Tell whether an English text may hold a number of four digits or more, read out.

    That is `figures`, or two digits side by side of which some may be words; far quicker
    than to look for such a number.
    """
    if figures.search(text):
        return True
    return SPOKEN.search(text) is not None and TWO.search(text) is not None
