"""Facts in Chinese text: 350元 and 三百五, 3月5号, 三台, 幺三八…, 我姓王 and 王先生."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qa_checker import lazy_re
from qa_checker.events import _hints
from qa_checker.events._numbers import NUMBER_ZH, Finder, Found, digits, plainly, value

ONE = "[0-9零〇○幺一二三四五六七八九]"
SMALL = "[0-9一二两三四五六七八九]"
AFTER = "(?=$|[ 。吗呢吧啊了的对是])"
MONEY = lazy_re.compile(
    r"¥ ?(?P<sign>\d+(?:,\d{3})*(?:\.\d+)?)"
    rf"|(?P<number>{NUMBER_ZH})(?:元|块钱|块)"
    rf"(?:(?P<dimes>{SMALL})(?:[毛角](?:(?P<cents>{SMALL})分?)?)?(?![0-9点天个十百千月年号次件]))?"
    rf"|(?P<bare>[一二两三四五六七八九][百千万][一二三四五六七八九十百千零]*){AFTER}"
)
DATE = lazy_re.compile(
    rf"(?:(?P<month>{NUMBER_ZH})月份?)?(?P<day>{NUMBER_ZH})[号日](?![线楼机店门院码客坐为座员车])"
)
COUNT = lazy_re.compile(rf"(?<!第)(?P<number>{NUMBER_ZH})(?P<unit>个月|天|年|次|件|台|箱|套)")
DIGITS = lazy_re.compile(
    rf"[a-z]{{0,4}}{ONE}(?: ?{ONE}){{3,}}(?![0-9.,十百千万元块年月个天号]| ?元)"
)
GIVEN = lazy_re.compile(
    r"(?:我|免贵|本人)是?姓(?P<given>[\u4e00-\u9fff])"
    r"|我(?:的名字)?叫(?P<full>[\u4e00-\u9fff]{2,3})(?=$|[ 。])"
)
CALLED = lazy_re.compile(r"(?P<called>[\u4e00-\u9fff])(?:先生|女士|小姐)(?!们)")
NO_SURNAME = frozenset("的位您你这那请问好是老嗯啊哪一每各男女美本姓和与跟给让叫了吧呢吗哦有")


HINT = lazy_re.compile(
    r"[0-9〇○幺¥]|[零一二两三四五六七八九十百千万亿]"
    r"[元块月号日个天年次件台箱套十百千万亿零一二三四五六七八九]"
)
FIGURES = lazy_re.compile(f"{ONE}(?: ?{ONE}){{3}}")
"""What a text must hold, both of them, to have a number read out in it."""


def numbers(text: str) -> Iterator[Found]:
    """Yield the numbers read out."""
    if HINT.search(text):
        for found in DIGITS.finditer(text):
            yield Found("number", digits(found.group()), *found.span())


def counts(text: str) -> Iterator[Found]:
    """Yield how many of something, if more than one."""
    for found in COUNT.finditer(text):
        worth = value(found["number"])
        if worth is not None and worth > 1:
            yield Found("count", plainly(worth) + found["unit"], *found.span())


def money(text: str) -> Iterator[Found]:
    """Yield the amounts in yuan."""
    for found in MONEY.finditer(text):
        worth = value(found["sign"] or found["number"] or found["bare"])
        if worth is None:
            continue
        small = digits(found["dimes"] or "") + digits(found["cents"] or "")
        worth += Decimal(f"0.{small}") if small else 0
        yield Found("amount", plainly(worth), *found.span())


def dates(text: str) -> Iterator[Found]:
    """Yield the days, with their month if it is said."""
    for found in DATE.finditer(text):
        day = value(found["day"])
        month = value(found["month"]) if found["month"] else None
        if day is not None and 1 <= day <= 31 and (month is None or 1 <= month <= 12):
            value_of = f"{plainly(month)}-{plainly(day)}" if month else plainly(day)
            yield Found("date", value_of, *found.span())


def given(text: str) -> Iterator[Found]:
    """Yield the surnames that people say are theirs."""
    for found in GIVEN.finditer(text):
        yield Found("name", (found["given"] or found["full"])[0], *found.span())


def called(text: str) -> Iterator[Found]:
    """Yield the surnames that people are called by."""
    for found in CALLED.finditer(text):
        if found["called"] not in NO_SURNAME:
            yield Found("name", found["called"], *found.span())


FINDERS: tuple[Finder, ...] = (
    Finder((_hints.MONEY,), money),
    Finder((_hints.DATE,), dates),
    Finder((FIGURES,), numbers),
    Finder((_hints.COUNT,), counts),
    Finder((_hints.NAME,), given),
    Finder((_hints.TITLE,), called),
)
"""Where two facts overlap, what is found first is the better reading."""
