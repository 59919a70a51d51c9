"""What is said in a turn: clauses, made once and then picked, and phrases put among them.

A clause takes ten times as long to make as to pick; a turn is put together anew each time,
so that hardly any of the longer ones is ever said twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from benchmarks.fragments import AGENT, CUSTOMER, Fragments, fragments
from benchmarks.scenes import Rand, pick

CLAUSES = 8192
"""Clauses of each role that are made."""
RUNNING = 0.1
"""Share of phrases that stand inside running text, without a mark in front or behind."""
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Utterances:
    """One language: its fragments, and clauses by role."""

    fragments: Fragments
    clauses: Mapping[str, tuple[str, ...]]


@cache
def utterances(language: str) -> Utterances:
    """Return the clauses of a language, the same ones every time."""
    known = fragments(language)
    rand = Random(f"{language} clauses").random
    clauses = {
        role: tuple(clause(rand, known, role) for _ in range(CLAUSES)) for role in (AGENT, CUSTOMER)
    }
    return Utterances(known, clauses)


def clause(rand: Rand, known: Fragments, role: str) -> str:
    """Return a line with its slots filled, as people say it."""
    text = SLOT.sub(lambda slot: pick(rand, known.slots[slot[1]]), pick(rand, known.lines[role]))
    return known.between.join([pick(rand, known.fillers), text]) if rand() < 0.2 else text


def turn(
    rand: Rand, said: Utterances, role: str, planted: Sequence[str], running: float
) -> list[str]:
    """Return a turn as one or two segments, with phrases that must be said in it."""
    known, options = said.fragments, said.clauses[role]
    wanted = (0.3 + 1.4 * rand()) * known.turn_length[role] - sum(map(len, planted))
    clauses = []
    while wanted > 0 or not clauses:
        clauses.append(options[int(rand() * CLAUSES)])
        wanted -= len(clauses[-1])
    for text in planted:
        add(rand, said, clauses, text, running)
    if len(clauses) < 3:
        return [known.comma.join(clauses) + known.stop]
    cut = len(clauses) // 2
    return [known.comma.join(piece) + known.stop for piece in (clauses[:cut], clauses[cut:])]


def add(rand: Rand, said: Utterances, clauses: list[str], text: str, running: float) -> None:
    """Put a phrase behind a clause: as a clause of its own, or in running text."""
    if rand() < running:
        clauses[-1] = said.fragments.between.join([clauses[-1], text])
        clauses.append(pick(rand, said.clauses[AGENT]))
    else:
        clauses.append(text)
