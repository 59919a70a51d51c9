"""What several events ask about turns: how long they are, who is across, what is a nod."""

from __future__ import annotations

from itertools import accumulate
from typing import Protocol

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Turn
from qa_checker.events import Batch, Scene
from qa_checker.hit import NOTHING, Hit, Said
from qa_checker.text.characters import BREAK, HARD, SOFT, SPACE, TURN_BREAK
from qa_checker.text.plain import Plain

PEOPLE = (AGENT, CUSTOMER, UNKNOWN)
"""The roles whose talk is judged; bot, system and supervisor end a run instead."""
SIDES = frozenset([(AGENT, CUSTOMER), (CUSTOMER, AGENT)])

MARKS = bytes((BREAK, SPACE, SOFT, HARD))
BESIDE_WORDS = lazy_re.compile(r"[\W_]+")
LETTERS = lazy_re.compile(r"[^\W_]")


def letters(text: str) -> int:
    """Count the letters and digits of a text."""
    return len(BESIDE_WORDS.sub("", text))


def texts(scene: Scene) -> list[str]:
    """Return the plain text of every turn."""
    return scene.plain.text.split(TURN_BREAK)


def first_turns(batch: Batch) -> list[int]:
    """Return which of all turns is the first of each call, and which would be that of one more."""
    return [*accumulate([len(call.turns) for call in batch.calls], initial=0)]


def chars(plain: Plain, turn: int) -> int:
    """Return the characters of a turn without white space and punctuation."""
    start, end = plain.bounds(turn)
    return len(plain.kinds[start:end].translate(None, MARKS))


def words(plain: Plain, turn: int) -> int:
    """Return the words of a turn, as white space and punctuation divide them."""
    start, end = plain.bounds(turn)
    return len(plain.text[start:end].replace("。", " ").split())


def length(scene: Scene, turn: int) -> int:
    """Return how long a turn is: characters in Chinese calls, words in English ones."""
    return (words if scene.language == "en" else chars)(scene.plain, turn)


def bare(scene: Scene, turn: int) -> str:
    """Return the plain text of a turn without marks; English words keep one space between."""
    start, end = scene.plain.bounds(turn)
    gap = " " if scene.language == "en" else ""
    return BESIDE_WORDS.sub(gap, scene.plain.text[start:end]).strip()


class OfSomebody(Protocol):
    """A turn, or whatever else has a role and the label of who speaks."""

    @property
    def role(self) -> str:
        """One of ROLES."""

    @property
    def speaker(self) -> str:
        """The source's own label."""


def across(one: OfSomebody, other: OfSomebody) -> bool:
    """Tell whether two turns are of two sides that can be told apart."""
    if one.role == other.role == UNKNOWN:
        return one.speaker != other.speaker
    return (one.role, other.role) in SIDES


def covered(call: Call, hits: list[Hit]) -> frozenset[int]:
    """Return the indexes of the turns that consist of nothing but these hits."""
    spans: dict[int, list[Hit]] = {}
    for hit in hits:
        spans.setdefault(hit.turn, []).append(hit)
    return frozenset(turn for turn, found in spans.items() if nothing_else(call, turn, found))


def nothing_but(call: Call, turn: int, hits: list[Hit]) -> bool:
    """Tell whether a turn consists of some of these hits (in order of start) and nothing else."""
    own = [hit for hit in hits if hit.turn == turn]
    return bool(own) and nothing_else(call, turn, own)


def nothing_else(call: Call, turn: int, hits: list[Hit]) -> bool:
    """Tell whether no word of a turn stands outside the hits (in order of start)."""
    text, done = call.turns[turn].text, 0
    for hit in hits:
        if LETTERS.search(text, done, max(done, hit.start)):
            return False
        done = max(done, hit.end)
    return not LETTERS.search(text, done)


def hit(
    name: str,
    turn: int,
    where: Turn,
    *,
    size: float | None = None,
    unit: str = "",
    detail: Said = NOTHING,
    other: int | None = None,
    via: str = "text",
) -> Hit:
    """Return a hit of an event that is a whole turn."""
    return Hit(
        f"event.{name}",
        turn,
        0,
        len(where.text),
        where.role,
        via=via,
        size=size,
        unit=unit,
        detail=detail,
        other=other,
    )


def how_long(size: float, unit: str) -> Said:
    """Say a length in seconds, characters or words."""
    if unit == "s":
        return f"{size:.1f} 秒", f"{size:.1f} s"
    return f"{size:.0f} {'字' if unit == 'chars' else '词'}", f"{size:.0f} {unit}"
