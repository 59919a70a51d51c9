"""Somebody restates what the other side has said: a paraphrase or a reflection, by its form.

English calls, a sentence that is one of

    a formula            it sounds like …, you said …, if I understand …, you feel …
    so + statement       so the line is dead again; not: so what, so I'll, so you can
    a statement on you   you've paid it already; not: you can, you'll need, you're welcome
    an echo              two or more content words, and at least 40 % of its own, in common with
                         the other side's last two turns; three if the last one asks something

Chinese calls, a clause that begins with 也就是说, 您的意思是, 您是说, 听起来您, 所以您 …; what is
asked for or explained (所以您需要) is none.

The hit is the sentence, `other` the last turn of the other side; nothing is restated before that.
Data read back word by word are event.readback.

    - id: paraphrase
      points: 10
      check:
        any:
          - {find: event.paraphrase, role: agent}
          - {find: summary_en.paraphrase}

Takes no `over`, no settings (`events: {paraphrase: {}}`) and no times. Words show the form, not
whether it is what the customer meant: use it in `any:`, or with `min:` over a whole call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from qa_checker import lazy_re
from qa_checker.events import NEVER, Scene
from qa_checker.events._paraphrase_en import restates, without_numbers
from qa_checker.events._questions import closed_questions, open_questions
from qa_checker.events._turns import PEOPLE, across, hit
from qa_checker.hit import Hit
from qa_checker.rules.windows import Amount

LOOK_BACK = 2
CLAUSE_ZH = lazy_re.compile(
    r"(?:^|(?<=[。！？!?，,；;\s]))[嗯恩啊哦好的行那对是，,\s]*"
    r"(?:(?:也就是说|就是说|换句话说|[您你]的意思(?:是|就是)|[您你](?:刚才|刚刚)?是(?:说|想说|指)|"
    r"(?:听起来|听上去|听下来|看来|看起来|所以|这么说)[您你])"
    r"(?!需要|可以|要|得|应该|必须|只能|先|不用|放心|看|稍|方便|提供|什么|哪))[^。！？!?；;]{2,}"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """There is nothing to set."""


TITLE = {"zh": "复述对方的意思", "en": "Restates what was said"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each sentence that restates what the other side has said."""
    turns = scene.call.turns
    english = scene.language == "en"
    asking = scene.once(asked) if english else frozenset()
    for index, turn in enumerate(turns):
        if turn.role not in PEOPLE:
            continue
        back = (i for i in range(index - 1, -1, -1) if across(turns[i], turn))
        others = [*islice(back, LOOK_BACK)][::-1]
        if not others:
            continue
        if english:
            given = without_numbers(" ".join(turns[i].text for i in others))
            answers = others[-1] in asking
            places = [
                (begin + start, begin + end)
                for segment, begin in zip(turn.segments, turn.offsets, strict=True)
                for start, end in restates(segment.text, given, answers=answers)
            ]
        else:
            places = [found.span() for found in CLAUSE_ZH.finditer(turn.text)]
        for start, end in places:
            found = hit("paraphrase", index, turn, other=others[-1])
            yield found._replace(start=start, end=end)


def asked(scene: Scene) -> frozenset[int]:
    """Return the indexes of the turns that hold a question."""
    found = (*scene.once(open_questions), *scene.once(closed_questions))
    return frozenset([question.turn for question in found])
