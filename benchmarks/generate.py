"""Calls that look like days on a service line, any number of them from a seed.

    python -m benchmarks.generate --calls 100000 --lang zh -o calls.jsonl

Every call is made from its own number, so that call 7 is the same whether ten calls are
asked for or ten thousand. No text of anybody else is used: see words/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

import click
from msgspec import Struct
from msgspec.json import Encoder

from benchmarks.fragments import AGENT, CUSTOMER, phrases
from benchmarks.scenes import TURNS, Rand, Script, pick, script
from benchmarks.timing import timed
from benchmarks.utterances import RUNNING, Utterances, turn, utterances
from qa_checker.call import Call, Segment, turns

AGENTS = 40
QUEUES = ("sales", "service", "repair", "billing")


class Said(Struct, gc=False):
    """One line of a call as it is written: who, what, and when in seconds."""

    role: str
    text: str
    start: float
    end: float


class Record(Struct, gc=False):
    """A call as it is written, in our own JSON lines."""

    call_id: str
    agent: str
    queue: str
    started_at: str
    language: str
    metadata: dict[str, str]
    turns: list[Said]


def calls(number: int, language: str, lexicon: int, seed: int = 0) -> Iterator[Call]:
    """Yield calls whose agents and customers use phrases of a lexicon of that size."""
    for each in range(number):
        yield call(each, language, lexicon, seed)


def call(number: int, language: str, lexicon: int, seed: int = 0, running: float = RUNNING) -> Call:
    """Return one call."""
    made = record(number, language, lexicon, seed, running)
    return Call(
        call_id=made.call_id,
        agent=made.agent,
        queue=made.queue,
        started_at=made.started_at,
        language=made.language,
        metadata=made.metadata,
        turns=turns(Segment(s.role, s.text, start=s.start, end=s.end) for s in made.turns),
    )


def record(
    number: int,
    language: str,
    lexicon: int,
    seed: int = 0,
    running: float = RUNNING,
    agents: int = AGENTS,
) -> Record:
    """Return one call as it is written."""
    rand = Random(f"{language} {lexicon} {seed} {number}").random
    known = utterances(language)
    plan = script(rand, known.fragments, phrases(language, lexicon))
    texts = [words(rand, known, plan, place, running) for place in range(TURNS)]
    spoken = timed(rand, texts, plan.nods, plan.silent, known.fragments.speed)
    day, hour, minute = 1 + number % 30, int(8 + 12 * rand()), int(60 * rand())
    return Record(
        call_id=f"{language}-{seed}-{number:06}",
        agent=f"A{int(rand() * agents):02}",
        queue=QUEUES[int(rand() * len(QUEUES))],
        started_at=f"2026-06-{day:02}T{hour:02}:{minute:02}:00",
        language=language,
        metadata={"channel": "phone"},
        turns=[Said(*each) for each in spoken],
    )


def words(rand: Rand, known: Utterances, plan: Script, place: int, running: float) -> list[str]:
    """Return the segments of a turn as text."""
    if place in plan.nods:
        return [pick(rand, known.fragments.nods)]
    return turn(rand, known, CUSTOMER if place % 2 else AGENT, plan.said.get(place, ()), running)


def write(
    path: Path, number: int, language: str, lexicon: int, seed: int = 0, agents: int = AGENTS
) -> int:
    """Write calls as JSON lines; return the bytes written."""
    encode, size = Encoder().encode, 0
    with path.open("wb") as file:
        for each in range(number):
            made = record(each, language, lexicon, seed, agents=agents)
            size += file.write(encode(made) + b"\n")
    return size


@click.command()
@click.option("--calls", "number", default=1000, show_default=True, help="How many calls.")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option(
    "--phrases", "lexicon", default=2000, show_default=True, help="Whose phrases are said."
)
@click.option("--seed", default=0, show_default=True)
@click.option("--agents", default=AGENTS, show_default=True, help="Among how many agents.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def main(number: int, lang: str, lexicon: int, seed: int, agents: int, out: Path) -> None:
    """Write calls as JSON lines."""
    start = process_time()
    size = write(out, number, lang, lexicon, seed, agents)
    speed = number / (process_time() - start)
    click.echo(
        f"{number} calls, {size / 1e6:.1f} MB, {speed:,.0f} calls/s of processor time", err=True
    )


if __name__ == "__main__":
    main()
