"""Whether a text that one phrase finds may hold a text that another one finds.

Phrases become small automata; a gap is so many units, a slot whatever may stand there. A yes
may be too generous, a no is certain.
"""

from __future__ import annotations

from collections import deque
from functools import cache

from qa_checker import lazy_re
from qa_checker.rules.phrase import Choice, Edge, Gap, Literal, Phrase, Space
from qa_checker.text.pinyin import may_sound

ANYTHING, MORE = "any", "more"
"""The labels of steps that any character takes, and that goes on within a word or symbols."""
HAN = lazy_re.compile("[\u3400-\u9fff]")
MOST = 1_000_000
"""Pairs of states up to which two phrases are compared."""


class Automaton:
    """The states of a phrase, from 0 to `last`: steps by a character, and free ones."""

    def __init__(self, phrase: Phrase) -> None:
        self.steps: list[list[tuple[str, int]]] = [[]]
        self.free: list[list[int]] = [[]]
        self.last = self.add(phrase, 0)

    def state(self) -> int:
        """Add a state."""
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def add(self, phrase: Phrase, here: int) -> int:
        """Add a phrase behind a state; return where it ends."""
        for part in phrase:
            match part:
                case Literal(text):
                    for character in text:
                        after = self.state()
                        self.steps[here].append((character, after))
                        here = after
                case Space():
                    after = self.state()
                    self.free[here].append(after)
                    self.steps[here].append((" ", after))
                    here = after
                case Choice(options, optional):
                    after = self.state()
                    for option in options:
                        self.free[self.add(option, self.branch(here))].append(after)
                    self.free[here] += [after] * optional
                    here = after
                case Gap(least, most):
                    here = self.units(here, least, most)
                case Edge():
                    pass
                case _:
                    after = self.state()
                    self.free[here].append(after)
                    self.steps[after].append((ANYTHING, after))
                    here = after
        return here

    def units(self, here: int, least: int, most: int) -> int:
        """Add a gap of so many units, marks between them; return where it ends."""
        end = self.state()
        for number in range(most + 1):
            if number >= least:
                self.free[here].append(end)
            self.steps[here] += [(" ", here), *([(MORE, here)] if number else [])]
            after = self.state()
            self.steps[here].append((ANYTHING, after))
            here = after
        return end

    def branch(self, here: int) -> int:
        """Return a new state that is reached freely."""
        after = self.state()
        self.free[here].append(after)
        return after


@cache
def automaton(phrase: Phrase) -> Automaton:
    """Return the automaton of a phrase."""
    return Automaton(phrase)


def may_hold(outer: Phrase, inner: Phrase, sound: str = "off") -> bool:
    """Tell whether some text of the outer phrase may hold a text of the inner one."""
    one, two = automaton(outer), automaton(inner)
    if len(one.steps) * len(two.steps) > MOST:
        return True
    start = (0, -1)
    seen, waiting = {start}, deque([start])
    while waiting:
        here, there = waiting.popleft()
        if there == two.last:
            return True
        for reached in moves(one, two, here, there, sound):
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    return False


def moves(
    one: Automaton, two: Automaton, here: int, there: int, sound: str
) -> list[tuple[int, int]]:
    """Return the pairs of states one step on; -1 while the inner phrase has not begun."""
    found = [(after, there) for after in one.free[here]]
    if there < 0:
        return [*found, (here, 0), *((after, -1) for _, after in one.steps[here])]
    found += [(here, after) for after in two.free[there]]
    return found + [
        (after, beyond)
        for written, after in one.steps[here]
        for wanted, beyond in two.steps[there]
        if meet(written, wanted, sound)
    ]


def meet(one: str, two: str, sound: str) -> bool:
    """Tell whether a character can take two steps; Han ones, whether they sound the same."""
    if ANYTHING in (one, two):
        return True
    if MORE in (one, two):
        return all(label == MORE or not HAN.match(label) for label in (one, two))
    if one == two or sound == "off":
        return one == two
    return bool(set(may_sound(one, sound)[0]) & set(may_sound(two, sound)[0]))
