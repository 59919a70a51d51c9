"""Turns that break off and are taken up again: an interruption that text alone can show."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Turn
from qa_checker.events import Scene
from qa_checker.events._turns import PEOPLE, across, bare, chars, hit
from qa_checker.hit import Hit

DASHES, DOTS = tuple("—–―-"), ("…", "..", "⋯")
MARKS = tuple('。！？!?.;；…~～）)”"』」')
"""How a turn may end, white space aside."""
RESUMES = lazy_re.compile(r"\s*(?:[—–―-]|…|\.\.\.)")
FILLERS = lazy_re.compile(
    r"^(?:[嗯呃额啊哎那]|不是|我是说|我说|i said|i mean|no|but|and|so|well|um|uh)\s*"
)
WRITTEN_OUT = 0.8
"""Share of turns that end in a mark, from which a missing mark means something."""
SAME_ZH, SAME_EN = 3, 2


def broken_off(scene: Scene, reply: int, nods: frozenset[int]) -> Iterator[Hit]:
    """Yield the turns that stand between a broken turn and its rest."""
    turns = scene.call.turns
    marked = ends_are_marked(turns)
    for index in range(1, len(turns) - 1):
        before, cut, after = turns[index - 1 : index + 2]
        if not any(ending(before.text, marked)) or index in nods or cut.role == UNKNOWN:
            continue
        same = (before.role, before.speaker) == (after.role, after.speaker)
        if not same or not across(before, cut) or not 2 <= chars(scene.plain, index) <= reply:
            continue
        if resumed(scene, index - 1, index + 1):
            detail = (
                f"第 {before.number} 轮话没说完，第 {after.number} 轮接着说",
                f"turn {before.number} breaks off, turn {after.number} takes it up again",
            )
            yield hit("interruption", index, cut, detail=detail, other=index - 1)


def ending(text: str, marked: bool) -> tuple[bool, bool, bool]:
    """Tell how a turn ends: in a dash, in dots, without the mark it should have."""
    said = text.rstrip()
    missing = marked and not said.endswith(MARKS + DASHES)
    return said.endswith(DASHES), said.endswith(DOTS), missing


def ends_are_marked(turns: tuple[Turn, ...]) -> bool:
    """Tell whether the call is written with marks at the end of turns."""
    people = [turn for turn in turns if turn.role in PEOPLE]
    ended = sum([turn.text.rstrip().endswith(MARKS) for turn in people])
    return len(people) >= 6 and ended >= WRITTEN_OUT * len(people)


def resumed(scene: Scene, broken: int, later: int) -> bool:
    """Tell whether a later turn goes on where a broken one stopped."""
    turns = scene.call.turns
    if turns[broken].text.rstrip().endswith(DASHES) and RESUMES.match(turns[later].text):
        return True
    tail, head = bare(scene, broken), FILLERS.sub("", bare(scene, later))
    if scene.language == "en":
        return repeats(tail.split()[-8:], head.split(), SAME_EN)
    return repeats(list(tail[-12:]), list(head), SAME_ZH)


def repeats(tail: list[str], head: list[str], least: int) -> bool:
    """Tell whether the first units of a head stand in a tail in the same order."""
    wanted = head[:least]
    if len(wanted) < least:
        return False
    return any(tail[i : i + least] == wanted for i in range(len(tail) - least + 1))
