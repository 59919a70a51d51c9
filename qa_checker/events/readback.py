"""Data are read back: a number, an order, an address, an amount, a date, a spelt name.

The agent does so in any of these, in English calls only in the first:

    asked     a sentence with a datum and a question that checks it (是…对吗, 是这个号码吗, is that
              right); asking for leave (可以吗, 好吗) is none
    repeated  a number that the customer's last turn said, or the last four or more digits of it
    bare      a segment that is nothing but data, or begins with several, where the customer's last
              turn asks no question

A datum is a number of four digits or more, an amount, a date, a name (as in event.key_fact), or
what stands for one where transcripts hide them: [phone], [订单x], ***. One that counts time
(24小时, [数字x]天) is none. Which value it is, and whether it is right, tell event.key_fact and
event.wrong_fact.

And in English calls anybody does, the customer who repeats a reference too:

    repeated  data that the other side's last two turns gave, alone, first, or after a few words:
              digits, numbers, spelt letters, days, months, times, hidden data, one by one and in
              the same order (double five = 55); what was itself read back is given no more
    echoed    a segment of at most seven words, whose content words the other side has just said

The hit is the sentence or the data; one for each segment.

    - id: reads_back
      points: 5
      check: {find: event.readback, role: agent, min: 1}

Takes no `over`, no settings (`events: {readback: {}}`) and no times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER, Turn
from qa_checker.events import NEVER, Scene, _readback_en
from qa_checker.events._facts import Fact, facts
from qa_checker.events._questions import closed_questions, open_questions
from qa_checker.events._turns import LETTERS, hit
from qa_checker.hit import Hit
from qa_checker.rules.windows import Amount

HIDDEN = lazy_re.compile(
    r"(?:\[[^\[\]]{1,12}\]|<[A-Za-z_]{2,12}>|[*×]{3,})(?!\s*[-到至~]*\s*\[)"
    r"(?!\s*(?:个|小时|分钟|天|工作日|日内|号前|号之前|点|楼|级|折|元|块|公斤|分))"
)
SEVERAL = lazy_re.compile(
    r"(?:(?:\[(?!日期|时间|date|time)[^\[\]]{1,12}\]|[*×]{3,}|[A-Za-z]{0,4}\d{4,}(?!\d))[\s,，、]*){2,}"
)
ALONE = lazy_re.compile(r"\D{0,3}[\d \-]{6,}\W*")
CHECKS = lazy_re.compile(
    r"(?:[对對]|是|[没沒][错錯]|正[确確]|是[这這][样樣])(?:[吗嗎]|[么麼]|吧|嘛|不[对對]|不是)"
    r"|是不是|[对對]不[对對]|[吗嗎么麼]"
    r"|\b(?:right|correct)\b|\bis (?:that|it)\b|\byeah$"
)
LEAVE = lazy_re.compile(
    r"(?:可以|行|好|方便|接受|能等|稍等|提供|[报報]|[说說])(?:一下)?(?:[吗嗎]|[么麼]|嘛|不)"
    r"|[还還]有|其他|多少|什[么麼]"
)
NAMED = (
    "(?:[订訂][单單]|[号號][码碼]|手[机機][号號]|[电電][话話]|地址|商品|[单單]子|[账帳][号號]|卡|[邮郵]箱"
    "|款|型[号號]|名字)"
)
THIS_ONE = lazy_re.compile(
    rf"是[这這那此该該][个個张張笔筆台单單款件条條]?[^ 。吗嗎么麼]{{0,6}}{NAMED}?"
    rf"[^ 。吗嗎么麼]{{0,2}}"
    r"(?:[吗嗎么麼吧]|[对對][吗嗎])"
    rf"|[这這][个個张張笔筆台]{NAMED}(?:[吗嗎么麼]|[对對][吗嗎]|是[吗嗎]|是吧|[对對]吧"
    "|能[联聯][系繫]|可以[联聯][系繫])"
)
"""These are looked for in the words as they are written, simplified or traditional."""
TAIL = 4
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Settings:
    """There is nothing to set."""


TITLE = {"zh": "复述号码等信息", "en": "Reads data back"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each read-back, at most one for each segment."""
    english = scene.language == "en"
    again = _readback_en.read_back(scene) if english else {}
    asked: dict[int, list[Hit]] = {}
    for found in scene.once(closed_questions):
        asked.setdefault(found.turn, []).append(found)
    wanted = {*asked, *(found.turn for found in scene.once(open_questions))}
    last: int | None = None
    for index, turn in enumerate(scene.call.turns):
        other, places = again.get(index, (last, []))
        if turn.role == CUSTOMER:
            last = index
        elif turn.role == AGENT and last is not None:
            places = [*places, *checked(scene, index, asked.get(index, []))]
            if not english:
                places += repeated(scene, index, last)
            if not english and last not in wanted:
                places += bare(turn)
        if other is not None:
            yield from one_a_segment(index, turn, places, other)


def one_a_segment(index: int, turn: Turn, places: Iterable[Place], last: int) -> Iterator[Hit]:
    """Yield a hit for the longest place in each segment."""
    longest: dict[int, Place] = {}
    for place in places:
        _, begin = turn.segment_at(place[0])
        longest[begin] = max(place, longest.get(begin, (0, 0)), key=lambda p: p[1] - p[0])
    for start, end in sorted(longest.values()):
        yield hit("readback", index, turn, other=last)._replace(start=start, end=end)


def checked(scene: Scene, index: int, asked: list[Hit]) -> Iterator[Place]:
    """Yield the sentences that hold a datum and ask whether it is right."""
    turn = scene.call.turns[index]
    if not asked:
        return
    data = [*(found.span() for found in HIDDEN.finditer(turn.text)), *stated(scene, index)]
    for question in asked:
        said = turn.text[question.start : question.end]
        if THIS_ONE.search(said):
            yield question.start, question.end
        elif CHECKS.search(said) and not LEAVE.search(said):
            before = [place for place in data if near(turn.text, place, question)]
            if before:
                yield min(question.start, before[0][0]), question.end


def near(text: str, datum: Place, question: Hit) -> bool:
    """Tell whether a datum stands in a question or right before it."""
    between = text[datum[1] : question.start]
    return datum[0] < question.end and not re.search("[。！？!?；;]", between) and len(between) < 30


def stated(scene: Scene, index: int) -> Iterator[Place]:
    """Yield the places of the facts in a turn that can be read back."""
    for fact in facts(scene, index):
        if fact.kind != "count":
            yield scene.plain.as_read(index, fact.start, fact.end)


def repeated(scene: Scene, index: int, last: int) -> Iterator[Place]:
    """Yield the places of numbers that the customer has just said."""
    given = [fact.value for fact in numbers(scene, last)]
    for fact in numbers(scene, index) if given else ():
        if len(fact.value) >= TAIL and any(value.endswith(fact.value) for value in given):
            yield scene.plain.as_read(index, fact.start, fact.end)


def numbers(scene: Scene, index: int) -> list[Fact]:
    """Return the numbers that a turn reads out."""
    return [fact for fact in facts(scene, index) if fact.kind == "number"]


def bare(turn: Turn) -> Iterator[Place]:
    """Yield the segments that hold nothing but data, and data that several begin with."""
    for segment, begin in zip(turn.segments, turn.offsets, strict=True):
        text = segment.text
        several = SEVERAL.match(text)
        hidden = HIDDEN.search(text) and not LETTERS.search(HIDDEN.sub("", text))
        if several:
            yield begin, begin + len(several.group().rstrip(" ,，、"))
        elif hidden or ALONE.fullmatch(text):
            yield begin, begin + len(text)
