"""Somebody asks a question that yes, no or one of the given options cannot answer.

By form, sentence by sentence, with or without question marks. Chinese: a clause with 什么, 怎么,
为什么, 哪里, 多少, 几点, 谁 … that is neither closed (event.closed_question) nor a statement
(不知道怎么办, 什么都行, 如果有什么问题, 我查一下是什么原因). English: a question word before an
auxiliary and its subject (what time would you like), how about, how come, or a
short which area please; not I don't know what's wrong. The hit is
the clause; a sentence has one hit at most.

    - id: explores_first
      points: 5
      check: {find: event.open_question, role: agent, in: {first: 4 turns}, min: 1}

Takes no `over`, no settings (`events: {open_question: {}}`) and no times. Form is not intent: do
you think you could quit is closed here, though it invites more than a yes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.events import NEVER, Scene
from qa_checker.events._questions import open_questions
from qa_checker.hit import Hit
from qa_checker.rules.windows import Amount


@dataclass(frozen=True, slots=True)
class Settings:
    """There is nothing to set."""


TITLE = {"zh": "开放式提问", "en": "Open question"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each open question."""
    yield from scene.once(open_questions)
