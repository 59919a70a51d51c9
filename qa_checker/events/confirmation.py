"""The customer says yes to what the agent asked or restated.

Words that confirm (嗯, 好的, 是的, yes, right) are said all the time; they are a confirmation where
they answer something. The agent's turn right before must hold a closed question
(event.closed_question) that is not the offer of more help, and the customer's turn

    after a question at the end of it     has a phrase of `confirmation`, or in a Chinese call a
                                          clause that is nothing but a yes (好咧, 可以的, 嗯呐)
    after a question earlier in it        has a clause 对, 是的, 没错 …; in an English call a phrase
                                          of `confirmation`

What the customer asks is no yes (是吧？). The hit is the phrase or clause, one for each turn,
`other` the agent's turn.

    - id: lets_the_customer_confirm
      points: 5
      check: {find: event.confirmation, role: customer, min: 1}

    events:
      confirmation: {confirmation: my_words.yes}

Takes no `over`, needs no times.

Defaults: the shipped phrases of events.confirmation; nothing else can be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER, Turn
from qa_checker.events import NEVER, Scene
from qa_checker.events._questions import closed_questions
from qa_checker.events._turns import hit, letters
from qa_checker.hit import Hit
from qa_checker.rules.fields import key
from qa_checker.rules.scalars import as_id
from qa_checker.rules.windows import Amount

CLAUSE = lazy_re.compile(
    r"(?P<said>[^\s，。！？、；,.!?;~～…]+)(?P<mark>[\s，。！？、；,.!?;~～…]*)"
)
OPENING = "[嗯恩啊哦噢哎唔诶欸呃额昂唉那]"
RIGHT = "[对對]|是|[没沒][错錯]|正[确確]|[确確][实實]"
FINE = "[没沒][问問][题題]"
SURE = lazy_re.compile(
    rf"{OPENING}*(?:{RIGHT})(?:的|呀|啊|哈|呢|滴|哒|[头頭]|了|[对對]|是|[没沒][错錯]|哦|喽|咯|嘛|一下)*"
)
YES = lazy_re.compile(
    rf"{OPENING}*(?:{RIGHT}|{FINE}|好|行|可以|成|中|要得|能|有|在|要|需要|同意|[愿願]意|方便|[记記]得"
    r"|收到|嗯|恩|昂|ok|okay|yes)"
    r"(?:的|呀|啊|哈|呢|滴|哒|[头頭]|呐|了|[过過]|咧|嘞|勒|吧|哦|喔|喽|咯|嘛|嗯|恩|好|[对對]|是|行"
    rf"|可以|你|您|[没沒][错錯]|{FINE}|麻[烦煩][你您]?|[谢謝]+[你您]?)*",
    re.IGNORECASE,
)
"""The words of a yes as they are written: 对 and 對."""
MORE = lazy_re.compile(
    r"(?:[还還]|其他|其它|[别別]的).{0,8}(?:[帮幫]|[问問][题題]|需要|效[劳勞]|疑[问問]|咨[询詢]|諮詢)"
    "|anything else"
)
TRAILING = 4
"""Letters after a question with which a turn still ends in it (…对吗，先生)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Which words confirm."""

    confirmation: str = key(as_id, "entry: the customer confirms", default="events.confirmation")


TITLE = {"zh": "客户确认", "en": "Customer confirms"}
UNITS: tuple[str, ...] = ()
WORDS = ("confirmation",)


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each turn of the customer's that says yes to a question of the agent's."""
    turns = scene.call.turns
    asked = {
        found.turn: found
        for found in scene.once(closed_questions)
        if found.role == AGENT and not MORE.search(turns[found.turn].text, found.start, found.end)
    }
    said: dict[int, Hit] = {}
    for word in scene.words(settings.confirmation):
        said.setdefault(word.turn, word)
    for index, turn in enumerate(turns):
        question = asked.get(index - 1)
        if turn.role != CUSTOMER or question is None:
            continue
        rest = turns[index - 1].text[question.end :]
        ends = letters(rest) <= TRAILING
        place = answer(scene, turn, said.get(index), ends=ends)
        if place:
            found = hit("confirmation", index, turn, other=index - 1)
            yield found._replace(start=place[0], end=place[1])


def answer(scene: Scene, turn: Turn, word: Hit | None, *, ends: bool) -> tuple[int, int] | None:
    """Return the place of a yes in a turn, if there is one."""
    english = scene.language == "en"
    for clause in () if english else CLAUSE.finditer(turn.text):
        yes = (YES if ends else SURE).fullmatch(clause["said"])
        if yes and "?" not in clause["mark"] and "？" not in clause["mark"]:
            return clause.span("said")
    if word is not None and (ends or english):
        return word.start, word.end
    return None
