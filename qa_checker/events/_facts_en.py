"""Facts in English text: £49.50 and fifty pounds, March 5th, numbers read out, names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qa_checker import lazy_re
from qa_checker.events import _hints
from qa_checker.events._numbers import (
    FIGURES_EN,
    NUMBER_EN,
    Finder,
    Found,
    digits,
    may_read_out,
    plainly,
    value,
)

SHORT_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
TO_TWENTY = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = TO_TWENTY.split()
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(reversed(ORDINALS))})"
SAID = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|\d)"
ONE = rf"(?:\d|\b(?:(?:double|triple) )?{SAID}\b)"
MONEY = lazy_re.compile(
    r"[£$€] ?(?P<sign>\d+(?:,\d{3})*(?:\.\d+)?)"
    rf"|\b(?P<number>{NUMBER_EN}) (?:pounds?|dollars?|euros?|quid|bucks)\b"
    r"(?: (?:and )?(?P<cents>\d\d)\b(?! \d))?"
)
DATE = lazy_re.compile(
    rf"\b(?:(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})"
    rf"|(?:the )?(?P<first>{DAY}) (?:of )?(?P<then>{MONTH}))\b"
)
DIGITS = lazy_re.compile(
    rf"(?<![\w.,£$€])(?:[a-z]{{1,4}}(?=\d))?{ONE}(?: ?{ONE}){{3,}}"
    r"(?![\w]|[.,]\d| (?:pounds|dollars|euros))"
)
NAME = lazy_re.compile(
    r"\b(?:my (?:sur|last |first |full )?name is|my name's|mister|mr|mrs|miss|ms)[ 。]+"
    r"(?P<name>[a-z][a-z'-]+)(?: (?P<second>[a-z][a-z'-]{2,}))?"
)
YEAR = lazy_re.compile(r"(?:19|20)\d\d")
NOT_NAMES = "and i from calling speaking on with here at the is it but please thanks"
AFTER_NAME = frozenset(NOT_NAMES.split())


def money(text: str) -> Iterator[Found]:
    """Yield the amounts in pounds, dollars and euros."""
    for found in MONEY.finditer(text):
        worth = value(found["sign"] or found["number"])
        if worth is not None:
            worth += Decimal(found["cents"]) / 100 if found["cents"] else 0
            yield Found("amount", plainly(worth), *found.span())


def dates(text: str) -> Iterator[Found]:
    """Yield the days of a month."""
    for found in DATE.finditer(text):
        month, day = found["month"] or found["then"], found["day"] or found["first"]
        number = SHORT_MONTHS.index(month[:3]) // 3 + 1
        yield Found("date", f"{number}-{day_of(day)}", *found.span())


def day_of(day: str) -> int:
    """Return the day that 5, 5th or fifth stands for."""
    if day in ORDINALS:
        return ORDINALS.index(day) + 1
    return int(day.rstrip("stndrh"))


def numbers(text: str) -> Iterator[Found]:
    """Yield the numbers read out."""
    if may_read_out(text):
        for found in DIGITS.finditer(text):
            if not YEAR.fullmatch(found.group()):
                yield Found("number", digits(found.group()), *found.span())


def names(text: str) -> Iterator[Found]:
    """Yield the surnames of people, or what stands for them."""
    for found in NAME.finditer(text):
        full = found["second"] and found["second"] not in AFTER_NAME
        yield Found("name", found["second"] if full else found["name"], *found.span())


FINDERS: tuple[Finder, ...] = (
    Finder((_hints.MONEY,), money),
    Finder((_hints.DATE,), dates),
    Finder((_hints.READ_OUT, FIGURES_EN), numbers),
    Finder((_hints.NAME,), names),
)
"""Where two facts overlap, what is found first is the better reading."""
