"""What a person should know about a call besides its points, in the report's language.

Readers and the judge remark in English; `remarks.yaml` has the Chinese, and says how its
tables work. A remark without an entry is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from qa_checker import lazy_re
from qa_checker.reports.judged import Judged
from qa_checker.reports.words import Say
from qa_checker.scorecard import MANUAL, NA, Forfeit, Scorecard

if TYPE_CHECKING:
    from qa_checker.reports.summary.ground import SetAside

BLANK = lazy_re.compile(r"\{([a-z]+)\}")
UNKNOWN_ROLES = "unknown_roles"
LONGEST = 2000  # characters of a remark; a longer one is a name that somebody made up
DEEPEST = 16  # remarks within remarks; a list is one in the other
Template = tuple[re.Pattern[str], str]


def remarks(say: Say, judged: Judged) -> Iterator[str]:
    """Yield why a call has no score or a provisional one, and what its reader noticed."""
    card = judged.card
    if card.skipped:
        yield not_applied(say, card.skipped)
    elif card.score is None:
        yield no_score(say, card)
    if card.provisional:
        waiting = sum(one.verdict == MANUAL and one.points > 0 for one in card)
        yield say("call.provisional", count=waiting)
    for note in dict.fromkeys([*judged.call.notes, *card.notes]):
        yield spoken(say, note)


def no_score(say: Say, card: Scorecard) -> str:
    """Return the one reason for which a call has no score."""
    if card.one_sided:
        return say("call.one_sided")
    unknown = sum(one.points for one in card if one.reason == UNKNOWN_ROLES)
    rest = sum(one.points for one in card if one.verdict == NA) - unknown
    return say("call.unknown_roles" if unknown > rest else "call.too_little")


def red_lines(say: Say, forfeits: Iterable[Forfeit], titles: Mapping[str, str]) -> Iterator[str]:
    """Yield each red line that was crossed, by its question, and what it took."""
    for forfeit in forfeits:
        took = say("auto.section" if forfeit.section else "auto.score")
        yield f"{titles.get(forfeit.item, forfeit.item)}{say('evidence.tail', tail=took)}"


def not_applied(say: Say, reason: str) -> str:
    """Return that the rubric does not apply to a call, and why; "" without a reason."""
    return say("call.skipped", reason=spoken(say, reason, "skipped")) if reason else ""


def aside_line(say: Say, one: SetAside) -> str:
    """Return in one line what was set aside, why, and what would help."""
    place = one.source if one.line is None else f"{one.source}:{one.line}"
    reason, advice = spoken(say, one.reason), spoken(say, one.help, "help")
    if say("code") == "zh":
        return f"{place}：{reason}" + (f"（{advice}）" if advice else "")
    return f"{place}: {reason}" + (f" ({advice})" if advice else "")


def spoken(say: Say, remark: str, table: str = "remark") -> str:
    """Return a remark in the language of the report: notes and reasons, or `help`, `skipped`."""
    if say("code") != "zh" or len(remark) > LONGEST:
        return remark
    return chinese(table, remark, DEEPEST) or remark


def in_both(message: str) -> str:
    """Return why a command stops, with the Chinese in a line below where there is one."""
    told = in_chinese(message, "stop")
    return f"{message}\n{told}" if told and told.replace("：", ": ") != message else message


def in_chinese(message: str, table: str) -> str:
    """Return a message in Chinese by a table, "" if none of its templates fits."""
    return (chinese(table, message, DEEPEST) or "") if len(message) <= LONGEST else ""


@lru_cache(maxsize=4096)
def chinese(table: str, remark: str, depth: int) -> str | None:
    """Return a remark in Chinese by the first template that fits, None if none does."""
    for pattern, text in tables()[table] if depth else ():
        match = pattern.fullmatch(remark)
        filled = fill(text, match.groupdict(), depth - 1) if match else None
        if filled is not None:
            return filled
    return None


def fill(text: str, values: Mapping[str, str], depth: int) -> str | None:
    """Fill the blanks of a Chinese template; None if a remark in one of them has no entry."""
    filled = {}
    for name, value in values.items():
        said = chinese(name, value, depth) if name in tables() else value
        if said is None:
            return None
        filled[name] = said
    return BLANK.sub(lambda blank: filled[blank[1]], text)


@cache
def tables() -> Mapping[str, list[Template]]:
    """Return table → templates with their Chinese, those with most text of their own first."""
    raw = (files("qa_checker.reports") / "remarks.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(raw, Loader=yaml.CSafeLoader)
    return {
        name: [(compiled(english), table[english]) for english in sorted(table, key=rank)]
        for name, table in loaded.items()
    }


def rank(english: str) -> tuple[int, str]:
    """Return the place of a template: by the length of its own text, the longest first."""
    return -len(BLANK.sub("", english)), english


def compiled(english: str) -> re.Pattern[str]:
    """Return the pattern of a template: every blank as few characters as will do."""
    pieces = BLANK.split(english)
    pieces[::2] = map(re.escape, pieces[::2])
    pieces[1::2] = [f"(?P<{name}>.+?)" for name in pieces[1::2]]
    return re.compile("".join(pieces), re.DOTALL)
