"""Questions by their form: open ones ask for content, closed ones for a choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa_checker.call import Turn
from qa_checker.events import Scene, _questions_en, _questions_zh
from qa_checker.events._hints import OPEN, hinted
from qa_checker.events._turns import PEOPLE, texts
from qa_checker.hit import Hit
from qa_checker.text.plain import Plain

CLOSED = "closed"


def questions(scene: Scene, wanted: str) -> list[Hit]:
    """Return the questions of one form, at most one for each sentence."""
    rules = _questions_en if scene.language == "en" else _questions_zh
    hint, find = rules.HINTS[wanted], rules.PLACES[wanted]
    said, found = scene.once(texts), []
    for index in worth_a_look(scene, wanted):
        turn = scene.call.turns[index]
        marked = "?" in turn.text or "？" in turn.text
        if turn.role not in PEOPLE:
            continue
        for start, text in sentences(scene.plain, index, said[index]):
            held = hint.search(text) is not None
            if not held and (wanted == OPEN or not marked):
                continue
            asked = marked and is_asked(scene.plain, index, turn, start + len(text))
            place = find(text, asked) if held or asked else None
            if place:
                read = scene.plain.as_read(index, start + place[0], start + place[1])
                found.append(Hit(f"event.{wanted}_question", index, *read, turn.role))
    return found


def worth_a_look(scene: Scene, wanted: str) -> Iterable[int]:
    """Return the turns that may hold questions of a form; a mark alone makes only closed ones."""
    return hinted(scene, OPEN) if wanted == OPEN else range(len(scene.call.turns))


def open_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for content."""
    return questions(scene, OPEN)


def closed_questions(scene: Scene) -> list[Hit]:
    """Return the questions that ask for a choice."""
    return questions(scene, CLOSED)


def sentences(plain: Plain, index: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a turn as hard marks divide it, and where each begins."""
    start, _ = plain.bounds(index)
    for said in text.split("。"):
        if said:
            yield start, said
        start += len(said) + 1


def is_asked(plain: Plain, index: int, turn: Turn, position: int) -> bool:
    """Tell whether a sentence that ends at a plain position ends in a question mark."""
    return position < plain.bounds(index)[1] and is_question_mark(plain, index, turn, position)


def is_question_mark(plain: Plain, index: int, turn: Turn, position: int) -> bool:
    """Tell whether the run of marks at a plain position holds a question mark."""
    begin, _ = plain.as_read(index, position, position + 1)
    after = turn.text[begin : begin + 3]
    marks = after[: len(after) - len(after.lstrip("。.!！?？;；…~～ \t"))]
    return "?" in marks or "？" in marks
