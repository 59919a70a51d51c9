"""Questions by their form: open ones ask for content, closed ones for a choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.call import Turn
from qa_checker.events import Scene, _questions_en, _questions_zh
from qa_checker.events._turns import PEOPLE
from qa_checker.hit import Hit
from qa_checker.text.characters import HARD
from qa_checker.text.plain import Plain


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain text without the mark that ends it; `asked` if that mark is a question mark."""

    start: int
    text: str
    asked: bool


def questions(scene: Scene, wanted: str) -> Iterator[Hit]:
    """Yield the questions of one form, at most one for each sentence."""
    rules = _questions_en if scene.language == "en" else _questions_zh
    form, hint = rules.form, rules.HINTS[wanted]
    for index, turn in enumerate(scene.call.turns):
        if turn.role not in PEOPLE:
            continue
        for sentence in sentences(scene.plain, index, turn):
            if not sentence.asked and not hint.search(sentence.text):
                continue
            for kind, start, end in form(sentence.text, sentence.asked):
                if kind == wanted:
                    first, last = sentence.start + start, sentence.start + end
                    place = scene.plain.as_read(index, first, last)
                    yield Hit(f"event.{wanted}_question", index, *place, turn.role)
                    break


def sentences(plain: Plain, index: int, turn: Turn) -> Iterator[Sentence]:
    """Yield the sentences of a turn, as hard marks divide it."""
    first, last = plain.bounds(index)
    start = first
    while start < last:
        end = plain.kinds.find(HARD, start, last)
        stop = last if end < 0 else end
        if stop > start:
            asked = stop < last and is_question_mark(plain, index, turn, stop)
            yield Sentence(start, plain.text[start:stop], asked)
        start = stop + 1


def is_question_mark(plain: Plain, index: int, turn: Turn, position: int) -> bool:
    """Tell whether the run of marks at a plain position holds a question mark."""
    begin, _ = plain.as_read(index, position, position + 1)
    after = turn.text[begin : begin + 3]
    marks = after[: len(after) - len(after.lstrip("。.!！?？;；…~～ \t"))]
    return "?" in marks or "？" in marks
