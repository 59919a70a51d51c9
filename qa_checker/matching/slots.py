"""The built-in slots: numbers, money, dates and times as people say and write them.

A slot is a set of texts, tried on a piece of plain text; forms as in the lists here:

    num     12 · 3,500 · 2.5 · 三 · 十五 · 三百五 · 幺三八 · 一 (before 天 个 小时 元) · twenty five
    money   350元 · 三百块 · ¥20 · $5.50 · twenty dollars
    date    3月5日 · 2026年3月 · 下周三 · 明天 · monday · march 5th · 5/12
    time    三点半 · 15:30 · 下午两点 · 5 pm · 3 o'clock
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import digits

import re2

from qa_checker import lazy_re

LONGEST = 40
ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    "|ninety|hundred|thousand|million"
)
SPOKEN = f"(?:a )?(?:{ENGLISH})(?: (?:and )?(?:one|oh|zero|{ENGLISH}))*"
DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?[十百千万亿]{0,2}"
HAN = "[零〇一二两三四五六七八九十百千万亿幺]"
MANY = f"(?:[二两三四五六七八九十百千万亿]|{HAN}{{2,16}})(?:点[零〇一二三四五六七八九]{{1,6}})?"
NUMBER = f"(?:{DIGITS}|{MANY}|{SPOKEN})"
ANY_NUMBER = f"(?:{DIGITS}|{HAN}{{1,4}}|{SPOKEN})"
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
ORDINAL = "(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?"
UNITS = "元|块钱?|毛钱?|角|分钱|万元?|美元|美金|港币|台币|人民币|rmb"
COINS = "dollars?|bucks?|cents?|pounds?|euros?|yuan|rmb|usd"
PARTS_OF_DAY = "凌晨|早上|上午|中午|下午|傍晚|晚上"

FORMS = {
    "num": NUMBER,
    "money": (
        f"[¥$€£] ?{DIGITS}(?: ?(?:{UNITS}|{COINS}))?"
        f"|{NUMBER} ?(?:{UNITS}|{COINS})|一(?:元|块钱|毛钱)"
    ),
    "date": (
        f"(?:{ANY_NUMBER}年)?{ANY_NUMBER}月(?:份|{ANY_NUMBER}[日号])?|{ANY_NUMBER}[日号]|{ANY_NUMBER}年"
        "|[今明后昨前]天|大[后前]天|(?:这|本|下|上|下下|上上)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天]"
        "|(?:这|本|下|上)个?(?:周|星期|礼拜|月)|月底|年底|(?:19|20)[0-9]{2} [0-9]{1,2} [0-9]{1,2}"
        f"|(?:next |last |this )?{WEEKDAYS}|today|tomorrow|yesterday"
        f"|(?:{MONTHS}) {ORDINAL}|{ORDINAL} (?:of )?(?:{MONTHS})"
        "|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?"
    ),
    "time": (
        f"(?:{PARTS_OF_DAY})?{ANY_NUMBER}点(?:钟|半|一刻|三刻|{ANY_NUMBER}分?)?|{PARTS_OF_DAY}"
        "|[0-9]{1,2}[:.][0-9]{2}(?: ?[ap] ?m)?|[0-9]{1,2} ?[ap] ?m"
        "|(?:[0-9]{1,2}|"
        + ENGLISH
        + ") o clock|noon|midnight|half past (?:[0-9]{1,2}|"
        + ENGLISH
        + ")"
        "|(?:[0-9]{1,2}|" + ENGLISH + ") o'clock"
    ),
}
ENGLISH_BEGINS = (
    f"{ENGLISH}|a (?:hundred|thousand|million)|the [0-9]|{MONTHS}|today|tomorrow|yesterday"
    f"|{WEEKDAYS}|next|last|this|noon|midnight|half"
)
BEGINS = {
    "num": f"[0-9]|{HAN}|a (?:hundred|thousand|million)|{ENGLISH}",
    "money": f"[0-9¥$€£]|{HAN}|a (?:hundred|thousand|million)|{ENGLISH}",
    "date": f"[0-9今明后昨前大这本下上周星礼月年]|{HAN}|{ENGLISH_BEGINS}",
    "time": f"[0-9凌早中下上傍晚]|{HAN}|{ENGLISH_BEGINS}",
}
HOLD = {
    "num": f"0|1|2|3|4|5|6|7|8|9|零|〇|一|二|两|三|四|五|六|七|八|九|十|百|千|万|亿|幺|{ENGLISH}",
    "money": (
        "¥|$|€|£|元|块|毛|角|分钱|万|美金|港币|台币|人民币|dollar|buck|cent|pound|euro|yuan|rmb|usd"
    ),
    "date": (
        "年|月|日|号|天|周|星期|礼拜|day|tomorrow|19|20|/"
        "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    ),
    "time": f"点|:|.|am|pm|a m|p m|clock|noon|midnight|half past|{PARTS_OF_DAY}",
}
"""How each slot may begin, and texts of which it always holds one."""
CLASS = lazy_re.compile(r"\[([^]]+)\]")
INITIAL = lazy_re.compile(r"(?:^|\||\(\?:)([a-z])")
COUNTED = ("天", "个", "小时", "元")


def listed(regex: str) -> frozenset[str]:
    """Return the characters in the classes of a regex and those that begin its alternatives."""
    written = "".join(CLASS.findall(regex)).replace("0-9", digits)
    return frozenset(written) | frozenset(INITIAL.findall(regex))


MAY_BEGIN = {name: listed(regex) for name, regex in BEGINS.items()}
MAY_END = {name: frozenset(form) | frozenset(digits) for name, form in FORMS.items()}
HOLDS = {name: frozenset(texts.split("|")) for name, texts in HOLD.items()}
"""The characters with which each slot may begin and end, and the texts of which it holds one."""


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a slot's regex: the four of them take long to compile, and few rubrics use any."""
    return re.compile(FORMS[name])


@cache
def all_lengths(name: str) -> re2._Regexp:
    """Return a slot's regex for RE2, which finds the longest text that it matches."""
    options = re2.Options()
    options.longest_match = True
    return re2.compile(FORMS[name], options)


@cache
def begins(name: str) -> re.Pattern[str]:
    """Return a regex for how a slot may begin."""
    return re.compile(BEGINS[name])


def is_slot(name: str, text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] is a number, an amount, a date or a time."""
    if name == "num" and text[start:end] == "一":
        return text.startswith(COUNTED, end)
    return pattern(name).fullmatch(text, start, end) is not None


def beginnings(name: str, text: str, low: int, high: int) -> Iterator[int]:
    """Yield where a slot seems to begin between two places."""
    first, place = begins(name), low
    while found := first.search(text, place, high):
        place = found.start() + 1
        yield found.start()


def ends(name: str, text: str, start: int, high: int) -> list[int]:
    """Return where a slot that begins at a place may end, at the latest at another."""
    if not begins(name).match(text, start, high):
        return []
    longest = length(name, text[start : min(high, start + LONGEST)])
    return [end for end in range(start + 1, start + longest + 1) if is_slot(name, text, start, end)]


def length(name: str, text: str) -> int:
    """Return the largest number of characters that a slot may have at the beginning of a text."""
    if not pattern(name).match(text):
        return 1  # as 一 has, of which is_slot alone can tell
    found = all_lengths(name).match(text.encode())
    return len(found[0].decode()) if found else 1
