"""What a customer sets right in so many words: 一千八，不是一千六; it's 240, not 204."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import Scene
from qa_checker.events._facts import Fact
from qa_checker.events._hints import matched
from qa_checker.events._numbers import NUMBER_EN, NUMBER_ZH, plainly, value
from qa_checker.events._turns import texts

UNIT_ZH = "(?:元|块钱?|个月|[号日天年次件台箱套兆])?"
UNIT_EN = "(?: (?:pounds?|dollars?|euros?|quid|bucks|days?|weeks?|months?|times))?"
SIGN = "[£$€]?"
NOT = {
    "zh": lazy_re.compile("不是[0-9一二两三四五六七八九十百千]"),
    "en": lazy_re.compile(r"\bnot "),
}
CORRECTION = {
    "zh": lazy_re.compile(
        rf"(?P<right>{NUMBER_ZH}){UNIT_ZH}[ ,]?不是(?P<wrong>{NUMBER_ZH})"
        rf"|不是(?P<no>{NUMBER_ZH}){UNIT_ZH}[ ,]?(?:而|应该)?是(?P<yes>{NUMBER_ZH})"
    ),
    "en": lazy_re.compile(
        rf"{SIGN}(?P<right>{NUMBER_EN}){UNIT_EN},? (?:and )?not {SIGN}(?P<wrong>{NUMBER_EN})\b"
        rf"|\bnot {SIGN}(?P<no>{NUMBER_EN}){UNIT_EN},? (?:but |it's |it is |it was )?"
        rf"{SIGN}(?P<yes>{NUMBER_EN})\b"
    ),
}
NUMERAL = {"zh": lazy_re.compile(NUMBER_ZH), "en": lazy_re.compile(rf"\b{NUMBER_EN}\b")}
NAMES = (("right", "yes"), ("wrong", "no"))
LEAST = 10  # smaller numbers stand in too many words
BACK = 4  # turns in which the wrong value was said, before it is set right


@dataclass(frozen=True, slots=True)
class Correction:
    """The number that an agent got wrong, as a fact, and the customer's that it should be."""

    said: Fact
    given: Fact


def corrections(scene: Scene) -> Iterator[Correction]:
    """Yield what the agent said wrong: the customer had given one number, and says that it is
    this one, not the one that the agent has said since.
    """
    turns, said = scene.call.turns, scene.once(texts)
    for index in matched(scene, NOT[scene.language]):
        if turns[index].role == CUSTOMER:
            for found in CORRECTION[scene.language].finditer(said[index]):
                yield from corrected(scene, index, *worths(found))


def worths(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Return the right number and the wrong one."""
    right, wrong = (value(found[one] or found[other]) for one, other in NAMES)
    return right or Decimal(0), wrong or Decimal(0)


def corrected(scene: Scene, index: int, right: Decimal, wrong: Decimal) -> Iterator[Correction]:
    """Yield what the agent has said last, if it is wrong and the customer had said it right."""
    if min(right, wrong) < LEAST or right == wrong:
        return
    said = last(scene, AGENT, wrong, range(index - 1, max(-1, index - 1 - BACK), -1))
    if said is None or last(scene, CUSTOMER, wrong, range(said.turn - 1, -1, -1)) is not None:
        return
    given = last(scene, CUSTOMER, right, range(said.turn - 1, -1, -1))
    if given is not None:
        yield Correction(said, given)


def last(scene: Scene, role: str, worth: Decimal, turns: range) -> Fact | None:
    """Return where a role says a number, in the first of some turns where it does."""
    said = scene.once(texts)
    for turn in turns:
        for found in NUMERAL[scene.language].finditer(said[turn]):
            if scene.call.turns[turn].role == role and value(found.group()) == worth:
                begin = scene.plain.starts[turn]
                span = begin + found.start(), begin + found.end()
                return Fact("figure", plainly(worth), turn, *span)
    return None
