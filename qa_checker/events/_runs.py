"""What the agent says in a row, between the moments when somebody else has a say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_checker.call import AGENT, CUSTOMER, Turn
from qa_checker.events import Scene
from qa_checker.events._turns import LETTERS, letters
from qa_checker.hit import Hit


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of the turn at index `turn`, spoken from `begin` to `stop`."""

    turn: int
    start: int
    end: int
    text: str
    begin: float | None
    stop: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """Parts of turns that the agent says one after the other."""

    parts: tuple[Part, ...]

    def holds(self, hit: Hit) -> bool:
        """Tell whether a hit stands in the run."""
        return any(p.turn == hit.turn and p.start <= hit.start < p.end for p in self.parts)

    def size(self, unit: str) -> float:
        """Return the length in s, chars or words; 0 s where there are no times."""
        if unit == "chars":
            return float(sum(letters(part.text) for part in self.parts))
        if unit == "words":
            return float(sum(len(part.text.split()) for part in self.parts))
        begin, stop = self.parts[0].begin, self.parts[-1].stop
        return 0.0 if begin is None or stop is None else round(stop - begin, 3)


def stretches(scene: Scene, nods: frozenset[int]) -> Iterator[list[int]]:
    """Yield the agent's turns in a row: `nods` of the customer do not end one, other turns do."""
    own: list[int] = []
    for index, turn in enumerate(scene.call.turns):
        if turn.role == AGENT:
            own.append(index)
        elif own and not (turn.role == CUSTOMER and index in nods):
            yield own
            own = []
    if own:
        yield own


def runs(scene: Scene, stretch: Sequence[int], asked: Sequence[Hit]) -> Iterator[Run]:
    """Yield the runs of the agent's turns in a row, which asking back divides."""
    open_run: list[Part] = []
    for index in stretch:
        stops = [hit.end for hit in asked if hit.turn == index]
        for part in parts_of(index, scene.call.turns[index], stops):
            open_run.append(part)
            if part.end in stops:
                yield from closed(open_run)
                open_run = []
    yield from closed(open_run)


def closed(parts: list[Part]) -> Iterator[Run]:
    """Yield the run that these parts make, if there are any."""
    if parts:
        yield Run(tuple(parts))


def parts_of(index: int, turn: Turn, stops: Sequence[int]) -> Iterator[Part]:
    """Yield a turn in parts that end where it asks back."""
    start = 0
    for end in sorted({*stops, len(turn.text)}):
        text = turn.text[start:end]
        if LETTERS.search(text):
            stop = turn.time_at(end) if end < len(turn.text) else turn.end
            begin = turn.time_at(start) if start else turn.start
            yield Part(index, start, end, text, begin, stop)
        start = end
