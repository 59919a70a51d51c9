"""Questions by their form: open ones ask for content, closed ones for a choice."""

from __future__ import annotations

from typing import NamedTuple

from qa_checker.call import Turn
from qa_checker.events import Scene, _questions_en, _questions_zh
from qa_checker.events._turns import PEOPLE, texts
from qa_checker.hit import Hit
from qa_checker.text.plain import Plain


class Sentence(NamedTuple):
    """Plain text without the mark that ends it; `asked` if that mark is a question mark."""

    start: int
    text: str
    asked: bool


def questions(scene: Scene, wanted: str) -> list[Hit]:
    """Return the questions of one form, at most one for each sentence."""
    rules = _questions_en if scene.language == "en" else _questions_zh
    hint, forms = rules.HINTS[wanted], scene.once(no_forms)
    turns, found = scene.call.turns, []
    for index, sentence in scene.once(sentences):
        if not sentence.asked and not hint.search(sentence.text):
            continue
        if sentence not in forms:
            forms[sentence] = list(rules.form(sentence.text, sentence.asked))
        for kind, start, end in forms[sentence]:
            if kind == wanted:
                first, last = sentence.start + start, sentence.start + end
                place = scene.plain.as_read(index, first, last)
                found.append(Hit(f"event.{wanted}_question", index, *place, turns[index].role))
                break
    return found


def open_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for content."""
    return questions(scene, "open")


def closed_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for a choice."""
    return questions(scene, "closed")


def no_forms(scene: Scene) -> dict[Sentence, list[tuple[str, int, int]]]:
    """Return the forms of the sentences that were looked at: none yet."""
    return {}


def sentences(scene: Scene) -> list[tuple[int, Sentence]]:
    """Return the sentences of all people, as hard marks divide them, with the turn's index."""
    plain, found = scene.plain, []
    for index, (turn, text) in enumerate(zip(scene.call.turns, scene.once(texts), strict=False)):
        if turn.role not in PEOPLE:
            continue
        start, last = plain.bounds(index)
        marked = "?" in turn.text or "？" in turn.text
        for said in text.split("。"):
            stop = start + len(said)
            if said:
                asked = marked and stop < last and is_question_mark(plain, index, turn, stop)
                found.append((index, Sentence(start, said, asked)))
            start = stop + 1
    return found


def is_question_mark(plain: Plain, index: int, turn: Turn, position: int) -> bool:
    """Tell whether the run of marks at a plain position holds a question mark."""
    begin, _ = plain.as_read(index, position, position + 1)
    after = turn.text[begin : begin + 3]
    marks = after[: len(after) - len(after.lstrip("。.!！?？;；…~～ \t"))]
    return "?" in marks or "？" in marks
