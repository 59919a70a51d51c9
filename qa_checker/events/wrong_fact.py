"""The agent restates a fact of the customer's with another value.

Silence is the rule here; a hit needs every one of these:

    number         as long as a number that the customer said in the last `turns` turns (7 digits or
                   more), and different in one or two places (幺三八… for 幺三九…)
    amount, date   the sentence restates (您是说, 跟您核对一下, 对吗, 是吧 …; you said, is that
                   right), it holds one such fact, so do the customer's last `turns` turns,
                   both with the same word in their sentence (扣, 买, charged), and amounts are
                   no share or multiple of what the customer said
    name           the agent calls the customer by another surname at the start of a clause
                   (好的李先生) after 我姓王, and the two do not sound the same (Chinese only)

and nobody has said the other value before. Sentences that speak of something else (另外, 还有,
补偿, another, refund you) never count. A hit is also any number that the customer sets right in
so many words (一千八，不是一千六; 240, not 204) after having given it before. `other` is the
customer's turn, the detail is given → said.

    - id: facts_right
      points: 10
      check: {find: event.wrong_fact, max: 0}

    events:
      wrong_fact: {turns: 2}

Takes no `over`, needs no times.

Defaults: 3 turns, our own choice: a read-back follows what it reads back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events import NEVER, Scene
from qa_checker.events._content import content_of
from qa_checker.events._corrections import corrections
from qa_checker.events._facts import Fact, Restated, fact_detail, restated, sentence
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_whole
from qa_checker.rules.windows import Amount

RESTATES = lazy_re.compile(
    r"您?(?:刚才|刚刚|前面)?(?:是说|说的是|提到|反映|讲的?是)|您的意思|也就是说您"
    r"|(?:跟|和|与)您(?:再)?(?:核对|确认|核实)"
    r"|重复一下|复述|(?:对|是)(?:吗|吧|不对|不是)|没错吧|对不对|是不是"
    r"|\byou (?:said|mentioned|told me|mean)|\bso (?:that's|that is|it's|you)"
    r"|is that (?:right|correct)|\b(?:right|correct|yeah)$"
    r"|let me (?:just )?(?:confirm|repeat|read)|to confirm"
)
SOMETHING_ELSE = lazy_re.compile(
    r"另外|另一|还有|别的|其他|新的|(?<!是)不是|补偿|赔|优惠|赠送|返还|一共|总共|合计|加起来|每|平均|最多|最少|左右"
    r"|\b(?:another|other|also|new|instead|not|total|altogether|each|every|per|refund you|credit|"
    r"compensat\w+|discount|about|around|up to)\b"
)
VOCATIVE = lazy_re.compile(r"(?:^|[ 。])(?:好的?|嗯|您好|你好|那|是的?|对|行)?$")
MIN_DIGITS = 7
NUMERAL = lazy_re.compile(r"[0-9零一二两三四五六七八九十百千万元块钱毛角分月号日]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How near the two values are said."""

    turns: int = key(as_whole, "turns of the customer to look back", default=3)


TITLE = {"zh": "关键信息复述有误", "en": "Fact restated wrongly"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each fact of the customer's that the agent restates wrongly."""
    wrong = {(said.turn, said.start): (said, given) for said, given in found_out(scene, settings)}
    for each in corrections(scene):
        wrong.setdefault((each.said.turn, each.said.start), (each.said, each.given))
    for _, (said, given) in sorted(wrong.items()):
        place = scene.plain.as_read(said.turn, said.start, said.end)
        detail = fact_detail(said.kind, f"{given.value} → {said.value}")
        yield Hit("event.wrong_fact", said.turn, *place, AGENT, detail=detail, other=given.turn)


def found_out(scene: Scene, settings: Settings) -> Iterator[tuple[Fact, Fact]]:
    """Yield each fact that the agent restates wrongly, and the customer's that it should be."""
    customer = [i for i, turn in enumerate(scene.call.turns) if turn.role == CUSTOMER]
    for restating in scene.once(restated):
        before = customer[: bisect_left(customer, restating.turn)]
        recent = before[-settings.turns :] if settings.turns else []
        for fact in restating.said:
            given = meant(scene, fact, restating, recent)
            if given is not None:
                yield fact, given


def meant(scene: Scene, fact: Fact, restating: Restated, recent: Sequence[int]) -> Fact | None:
    """Return the customer's fact that the agent's fact gets wrong, if it does."""
    known = [f.value for f in (*restating.known, *restating.said) if f.kind == fact.kind]
    repeats = any(
        fact.value.endswith(k) or k.endswith(fact.value) for k in known if k != fact.value
    )
    if known.count(fact.value) > 1 or (repeats and fact.kind != "amount"):
        return None
    within = sentence(scene, fact)
    if SOMETHING_ELSE.search(within):
        return None
    given = [g for g in restating.confirmed if g.kind == fact.kind]
    near = [g for g in given if g.turn in recent]
    if fact.kind == "number":
        return next((g for g in reversed(near) if misread(fact.value, g.value)), None)
    if fact.kind == "name":
        return (
            given[0]
            if len({g.value for g in given}) == 1 and misnamed(scene, fact, given[0])
            else None
        )
    return (
        near[0]
        if fact.kind in ("amount", "date") and mistaken(scene, fact, near, restating, within)
        else None
    )


def misread(said: str, given: str) -> bool:
    """Tell whether two numbers differ in one or two places."""
    if len(said) != len(given) or len(said) < MIN_DIGITS:
        return False
    return 1 <= sum(a != b for a, b in zip(said, given, strict=True)) <= 2


def mistaken(
    scene: Scene, fact: Fact, near: Sequence[Fact], restating: Restated, within: str
) -> bool:
    """Tell whether an amount or a date is a restatement of the only one given."""
    alone = sum(f.kind == fact.kind for f in restating.said) == 1 and len(near) == 1
    if not alone or not RESTATES.search(within):
        return False
    if fact.kind == "amount" and related(Decimal(fact.value), Decimal(near[0].value)):
        return False
    if fact.kind == "date" and ("-" in fact.value) != ("-" in near[0].value):
        return False
    english = scene.language == "en"
    ours, theirs = (
        content_of(NUMERAL.sub("", text), english) for text in (within, sentence(scene, near[0]))
    )
    return bool(ours & theirs)


def related(one: Decimal, other: Decimal) -> bool:
    """Tell whether an amount is a multiple or a share of another."""
    small, big = sorted((one, other))
    return small == 0 or big % small == 0


def misnamed(scene: Scene, fact: Fact, given: Fact) -> bool:
    """Tell whether the agent addresses the customer by a surname that sounds different."""
    if scene.language == "en" or scene.call.turns[given.turn].role != CUSTOMER:
        return False
    begin, _ = scene.plain.bounds(fact.turn)
    if not VOCATIVE.search(scene.plain.text[begin : fact.start]):
        return False
    from pypinyin import lazy_pinyin

    return sounds(lazy_pinyin(fact.value)) != sounds(lazy_pinyin(given.value))


def sounds(syllables: Sequence[str]) -> list[str]:
    """Return syllables with what recognisers mix up made equal: zh z, ch c, sh s, n l, ng n."""
    return [re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", s)).replace("l", "n") for s in syllables]
