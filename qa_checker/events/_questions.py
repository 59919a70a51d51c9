"""Questions by their form: open ones ask for content, closed ones for a choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qa_checker.call import Turn
from qa_checker.events import Scene, _questions_en, _questions_zh
from qa_checker.events._turns import PEOPLE, texts
from qa_checker.hit import Hit
from qa_checker.text.plain import Plain

Form = tuple[str, int, int]
"""Open or closed, and the characters of the sentence."""


class Sentence(NamedTuple):
    """Plain text without the mark that ends it; `asked` if that mark is a question mark."""

    start: int
    text: str
    asked: bool


def questions(scene: Scene, wanted: str) -> list[Hit]:
    """Return the questions of one form, at most one for each sentence."""
    rules = _questions_en if scene.language == "en" else _questions_zh
    hint, forms = rules.HINTS[wanted], scene.once(no_forms)
    found = []
    for index, (turn, text) in enumerate(zip(scene.call.turns, scene.once(texts), strict=False)):
        marked = "?" in turn.text or "？" in turn.text
        if turn.role not in PEOPLE or not (marked or hint.search(text)):
            continue
        for sentence in sentences(scene.plain, index, text, turn if marked else None):
            if not sentence.asked and not hint.search(sentence.text):
                continue
            if sentence not in forms:
                forms[sentence] = list(rules.form(sentence.text, sentence.asked))
            place = place_of(sentence, forms[sentence], wanted)
            if place:
                read = scene.plain.as_read(index, *place)
                found.append(Hit(f"event.{wanted}_question", index, *read, turn.role))
    return found


def place_of(sentence: Sentence, forms: list[Form], wanted: str) -> tuple[int, int] | None:
    """Return the plain characters of the first question of one form, if there is one."""
    for kind, start, end in forms:
        if kind == wanted:
            return sentence.start + start, sentence.start + end
    return None


def open_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for content."""
    return questions(scene, "open")


def closed_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for a choice."""
    return questions(scene, "closed")


def no_forms(scene: Scene) -> dict[Sentence, list[Form]]:
    """Return the forms of the sentences that were looked at: none yet."""
    return {}


def sentences(plain: Plain, index: int, text: str, marked: Turn | None) -> Iterator[Sentence]:
    """Yield the sentences of a turn, as hard marks divide it; `marked` is the turn if there is
    a question mark in it.
    """
    start, last = plain.bounds(index)
    for said in text.split("。"):
        stop = start + len(said)
        if said:
            asked = stop < last and marked and is_question_mark(plain, index, marked, stop)
            yield Sentence(start, said, bool(asked))
        start = stop + 1


def is_question_mark(plain: Plain, index: int, turn: Turn, position: int) -> bool:
    """Tell whether the run of marks at a plain position holds a question mark."""
    begin, _ = plain.as_read(index, position, position + 1)
    after = turn.text[begin : begin + 3]
    marks = after[: len(after) - len(after.lstrip("。.!！?？;；…~～ \t"))]
    return "?" in marks or "？" in marks
