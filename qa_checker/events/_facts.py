"""Facts that are said in calls: amounts, dates, counts, numbers read digit by digit, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import Scene, _facts_en, _facts_zh
from qa_checker.events._hints import hinted, matched
from qa_checker.events._numbers import Found
from qa_checker.events._turns import texts
from qa_checker.hit import Said


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the turn at index `turn`, at characters `start` to `end` of the plain text.

    `kind` is amount, date, count, number or name; `value` is its comparable form.
    """

    kind: str
    value: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Restated:
    """What an agent's turn says, with the facts that the customer has given until then.

    All are in the order of the call: `given` those that the customer was first to name,
    `confirmed` every fact of the customer's by its last mention, `known` everybody's.
    """

    turn: int
    said: tuple[Fact, ...]
    given: tuple[Fact, ...]
    confirmed: tuple[Fact, ...]
    known: tuple[Fact, ...]


def restated(scene: Scene) -> list[Restated]:
    """Return the agent's turns that state facts after the customer gave some."""
    given: list[Fact] = []
    known: list[Fact] = []
    confirmed: dict[tuple[str, str], Fact] = {}
    found = []
    for said, turn in zip(scene.once(of_every_turn), scene.call.turns, strict=False):
        if not said or turn.role not in (AGENT, CUSTOMER):
            continue
        if turn.role == CUSTOMER:
            stated = {(fact.kind, fact.value) for fact in known}
            given += [fact for fact in said if (fact.kind, fact.value) not in stated]
            for fact in said:
                confirmed.pop((fact.kind, fact.value), None)
                confirmed[fact.kind, fact.value] = fact
        elif confirmed:
            last = tuple(confirmed.values())
            found.append(Restated(said[0].turn, tuple(said), tuple(given), last, tuple(known)))
        known += said
    return found


def facts(scene: Scene, turn: int) -> list[Fact]:
    """Return the facts of a turn in order; where two overlap, the more telling one."""
    return scene.once(of_every_turn)[turn]


def of_every_turn(scene: Scene) -> list[list[Fact]]:
    """Return the facts of every turn."""
    finders = _facts_en.FINDERS if scene.language == "en" else _facts_zh.FINDERS
    said, begins = scene.once(texts), scene.plain.starts
    found: list[list[Found]] = [[] for _ in said]
    for hints, find in finders:
        for turn in {turn for hint in hints for turn in with_hint(scene, hint)}:
            found[turn] += find(said[turn])
    return [apart(own, turn, begins[turn]) if own else [] for turn, own in enumerate(found)]


def with_hint(scene: Scene, hint: str | re.Pattern[str]) -> Iterable[int]:
    """Return the turns that hold a hint."""
    return hinted(scene, hint) if isinstance(hint, str) else matched(scene, hint)


def apart(found: Iterable[Found], turn: int, begin: int) -> list[Fact]:
    """Return what is found in a turn that begins at a plain character; the first of what overlaps.

    In the order of the turn.
    """
    taken: list[Found] = []
    for each in found:
        if not any(each.start < other.end and other.start < each.end for other in taken):
            taken.append(each)
    return [
        Fact(each.kind, each.value, turn, each.start + begin, each.end + begin)
        for each in sorted(taken, key=attrgetter("start"))
    ]


def sentence(scene: Scene, fact: Fact) -> str:
    """Return the sentence of plain text in which a fact stands."""
    text = scene.plain.text
    begin, end = scene.plain.bounds(fact.turn)
    start = max(begin, text.rfind("。", begin, fact.start) + 1)
    stop = text.find("。", fact.end, end)
    return text[start : end if stop < 0 else stop]


KINDS = {
    "amount": "金额",
    "date": "日期",
    "number": "号码",
    "name": "姓名",
    "count": "数量",
    "figure": "数字",
}


def fact_detail(kind: str, value: str) -> Said:
    """Say which kind of fact it is, and its value."""
    return f"{KINDS.get(kind, kind)} {value}", f"{kind} {value}"
