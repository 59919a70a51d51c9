"""Calls that look like a day on a service line, any number of them from a seed.

Every call is made from its own number, so that call 7 is the same whether ten calls are
asked for or ten thousand. No text of anybody else is used: see words/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.fragments import AGENT, CUSTOMER, Fragments, Phrase, fragments, phrases
from benchmarks.timing import timed
from qa_checker.call import Call, turns

TURNS = 60
RUNNING = 0.1
"""Share of phrases that stand inside running text, without a mark in front or behind."""

SCENES = (
    ("greeting", 0.85, 0, 4),
    ("identity", 0.60, 4, 12),
    ("hold", 0.50, 12, 40),
    ("paraphrase", 0.65, 8, 30),
    ("anger", 0.60, 6, 30),
    ("anger", 0.40, 20, 50),
    ("promise", 0.40, 10, 50),
    ("avoid.refuse", 0.35, 6, 50),
    ("avoid.blame", 0.25, 6, 50),
    ("avoid.rude", 0.10, 6, 50),
    ("avoid.stall", 0.25, 6, 50),
    ("complaint", 0.25, 16, 40),
    ("callback", 0.30, 20, 58),
    ("closing", 0.80, 54, 60),
)
"""What may happen in a call: the theme, how often, and between which turns."""


@dataclass
class Script:
    """What a call must hold: phrases by turn, turns that are a nod, turns after a silence."""

    said: dict[int, list[str]] = field(default_factory=dict)
    nods: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)


def calls(number: int, language: str, lexicon: int, seed: int = 0) -> Iterator[Call]:
    """Yield calls whose agents and customers use phrases of a lexicon of that size."""
    for each in range(number):
        yield call(each, language, lexicon, seed)


def call(number: int, language: str, lexicon: int, seed: int = 0, running: float = RUNNING) -> Call:
    """Return one call."""
    random = Random(f"{language} {lexicon} {seed} {number}")
    known = fragments(language)
    plan = script(random, known, phrases(language, lexicon))
    texts = [turn_text(random, known, plan, place, running) for place in range(TURNS)]
    return Call(
        call_id=f"{language}-{seed}-{number:06}",
        agent=f"A{random.randrange(40):02}",
        language=language,
        metadata={"channel": "phone"},
        turns=turns(timed(random, texts, plan.nods, plan.silent, known.speed)),
    )


def script(random: Random, known: Fragments, lexicon: dict[str, tuple[Phrase, ...]]) -> Script:
    """Decide what happens in a call."""
    plan = Script(nods={n for n in range(6, TURNS - 6) if random.random() < 0.08})
    plan.silent = {n for n in range(6, TURNS - 6, 2) if random.random() < 0.012}
    for name, chance, low, high in SCENES:
        if random.random() < chance:
            place = place_of(random, known.themes[name].role, low, high)
            say(random, known, plan, name, lexicon[name], place)
            if name == "hold":
                plan.nods.add(place + 1)
                plan.silent.add(place + 2)
            if name == "anger" and random.random() < 0.65:
                answer = place + random.choice((1, 1, 1, 3, 5))
                say(random, known, plan, "empathy", lexicon["empathy"], answer)
    plan.nods -= set(plan.said)
    return plan


def place_of(random: Random, role: str, low: int, high: int) -> int:
    """Return a turn of a role: agents have the even ones."""
    return random.randrange(low, high, 2) + (role == CUSTOMER)


def say(
    random: Random,
    known: Fragments,
    plan: Script,
    name: str,
    options: tuple[Phrase, ...],
    place: int,
) -> None:
    """Let a phrase of a theme be said in a turn, now and then negated."""
    phrase = random.choice(options)
    text = phrase.head
    if phrase.gap:
        text = known.between.join([phrase.head, *talk(random, known, phrase.gap), phrase.tail])
    if known.themes[name].negation == "drop" and random.random() < 0.25:
        text = known.between.join([random.choice(known.negators), text])
    plan.said.setdefault(place, []).append(text)


def talk(random: Random, known: Fragments, most: int) -> list[str]:
    """Return what stands in a gap: a thing and its state, or a filler, or nothing."""
    if most < 12:
        return random.choice(([], [random.choice(known.fillers)]))
    return [random.choice(known.slots["thing"]), random.choice(known.slots["state"])]


def turn_text(
    random: Random, known: Fragments, plan: Script, place: int, running: float
) -> list[str]:
    """Return a turn as one or two segments."""
    if place in plan.nods:
        return [random.choice(known.nods)]
    role = CUSTOMER if place % 2 else AGENT
    wanted = random.gauss(1, 0.4) * known.turn_length[role]
    clauses = [clause(random, known, role)]
    planted = plan.said.get(place, [])
    while sum(map(len, (*clauses, *planted))) < wanted:
        clauses.append(clause(random, known, role))
    for text in planted:
        add(random, known, clauses, text, running)
    cut = len(clauses) // 2 if len(clauses) > 2 else len(clauses)
    pieces = [clauses[:cut], clauses[cut:]]
    return [known.comma.join(piece) + known.stop.strip() for piece in pieces if piece]


def add(random: Random, known: Fragments, clauses: list[str], text: str, running: float) -> None:
    """Put a phrase behind a clause: as a clause of its own, or in running text."""
    if random.random() < running:
        clauses[-1] = known.between.join([clauses[-1], text])
        clauses.append(clause(random, known, AGENT))
    else:
        clauses.append(text)


def clause(random: Random, known: Fragments, role: str) -> str:
    """Return a line with its slots filled, as people say it."""
    line = random.choice(known.lines[role])
    text = re.sub(r"\{(\w+)\}", lambda slot: random.choice(known.slots[slot[1]]), line)
    if random.random() < 0.2:
        text = known.between.join([random.choice(known.fillers), text])
    return text
