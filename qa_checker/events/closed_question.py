"""Somebody asks a question that takes a yes, a no, or one of the given options.

By form, sentence by sentence, with or without question marks. Chinese: a clause with 吗, A不A
(是不是, 能不能, 有没有), 是否, a tag (对吗, 是吧) or 是…还是, whatever else it holds:
还有什么可以帮您的吗 takes a yes or a no. English: an auxiliary before its subject (is it,
have you got), alone or as a tag (didn't you). With a question mark, also what has no such form
(这个订单？). Looking something up is no question (我查一下有没有货), nor is what leads up to a
point (不是跟您说过吗，…). The hit is the clause; a sentence has one hit at most.

    - id: confirms_with_the_customer
      points: 5
      check: {find: event.closed_question, role: agent, min: 2}

Takes no `over`, no settings (`events: {closed_question: {}}`) and no times. Requests in the form
of a question (能提供一下订单号吗, could you hold the line) are closed questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.events import NEVER, Scene
from qa_checker.events._questions import closed_questions
from qa_checker.hit import Hit
from qa_checker.rules.windows import Amount


@dataclass(frozen=True, slots=True)
class Settings:
    """There is nothing to set."""


TITLE = {"zh": "封闭式提问", "en": "Closed question"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each closed question."""
    yield from scene.once(closed_questions)
