"""The agent restates a fact that the customer gave: an amount, a date, a number, a name.

The customer gives it first (what the agent said before does not count), the agent says the same
value later, however it is written or said:

    amount   350元 = ￥350 = 三百五 = 三百五十块;  £50 = fifty pounds
    date     3月5号 = 三月五日;  March 5th = the fifth of March
    count    3台 = 三台 (个月, 天, 年, 次, 件, 台, 箱, 套; Chinese only)
    number   four digits or more, with letters before them, in any grouping, or said one by one
             (幺三八 = 138, double five = 55); the last four or more digits of one will do
    name     the surname: 我姓王 → 王先生;  my name is Jane Miller → Mrs Miller

The hit is what the agent says, `other` the customer's turn; one hit for each fact and turn.

    - id: facts_confirmed
      points: 10
      check: {find: event.key_fact, min: 2}

    events:
      key_fact: {turns: 10}

Takes no `over`, needs no times.

Defaults: within 20 turns of the customer, our own choice: what was said half an hour ago is
no longer being read back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import NEVER, Scene
from qa_checker.events._facts import Fact, fact_detail, restated
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_whole
from qa_checker.rules.windows import Amount

TAIL = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """How long a fact waits to be restated."""

    turns: int = key(as_whole, "turns of the customer to look back", default=20)


TITLE = {"zh": "复述关键信息", "en": "Key fact restated"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each fact of the customer's that the agent restates."""
    customer = [i for i, turn in enumerate(scene.call.turns) if turn.role == CUSTOMER]
    for restating in scene.once(restated):
        before = customer[: bisect_left(customer, restating.turn)]
        recent = set(before[-settings.turns :] if settings.turns else ())
        done: set[tuple[str, str]] = set()
        for fact in restating.said:
            source = next(
                (g for g in reversed(restating.given) if g.turn in recent and same(fact, g)), None
            )
            if source is not None and (source.kind, source.value) not in done:
                done.add((source.kind, source.value))
                place = scene.plain.as_read(fact.turn, fact.start, fact.end)
                detail = fact_detail(fact.kind, source.value)
                yield Hit(
                    "event.key_fact", fact.turn, *place, AGENT, detail=detail, other=source.turn
                )


def same(said: Fact, given: Fact) -> bool:
    """Tell whether what is said is the fact that was given."""
    if said.kind != given.kind:
        return False
    if said.kind == "number":
        return len(said.value) >= TAIL and given.value.endswith(said.value)
    if said.kind == "date":
        shorter, longer = sorted((said.value, given.value), key=len)
        return longer == shorter or longer.endswith(f"-{shorter}")
    return said.value == given.value
