"""How calls were read, for people who want to check it before anybody is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa_checker.call import UNKNOWN, Call, Person, Reading
from qa_checker.problem import wide
from qa_checker.reports.remarks import spoken
from qa_checker.reports.text import printable
from qa_checker.reports.words import Say, clock, known

FEW = 8  # turns shown
WIDTH = 56  # columns of what was said
NAME, ROLE = 18, 12
FIELDS = ("agent", "queue", "started_at", "language")


def inspection(say: Say, call: Call) -> Iterator[str]:
    """Yield lines about how a call was read: format, people, times, remarks, first turns."""
    yield from (printable(line) for line in _lines(say, call))


def counted(call: Call) -> Counter[str]:
    """Count a call for `rest`."""
    unknown = any(turn.role == UNKNOWN for turn in call.turns)
    return Counter(count=1, turns=len(call.turns), unknown=unknown, noted=bool(call.notes))


def rest(say: Say, source: str, more: Counter[str]) -> str:
    """Return in one line what the further calls of a file are."""
    sums = {name: more[name] for name in ("count", "turns", "unknown", "noted")}
    return printable(say("inspect.rest", source=source, **sums))


def facts(call: Call) -> dict[str, Any]:
    """Return the same as plain data."""
    starts = [one.start for one in call.segments if one.start is not None]
    ends = [time for one in call.segments for time in (one.start, one.end) if time is not None]
    first = [
        {"number": turn.number, "role": turn.role, "speaker": turn.speaker, "start": turn.start,
         "text": turn.text}
        for turn in call.turns[:FEW]
    ]  # fmt: skip
    return {
        "call_id": call.call_id,
        "source": call.source,
        **dict(_fields(call)),
        "metadata": dict(call.metadata),
        "reading": asdict(call.reading) if call.reading is not None else None,
        "turns": len(call.turns),
        "segments": len(call.segments),
        "timed_segments": len(starts),
        "start": min(starts, default=None),
        "end": max(ends, default=None),
        "notes": list(call.notes),
        "first_turns": first,
    }


def fitted(text: str, width: int) -> str:
    """Return text cut and padded to so many columns of a terminal, with a blank after it."""
    shown, used = "", 0
    plain = printable(" ".join(text[: 4 * width].split()))
    for place, character in enumerate(plain):
        size = 2 if wide(character) else 1
        if used + size > width - (place + 1 < len(plain)):
            shown, used = shown + "…", used + 1
            break
        shown, used = shown + character, used + size
    return shown + " " * (width - used + 1)


def _lines(say: Say, call: Call) -> Iterator[str]:
    yield say("inspect.call", call=call.call_id, source=call.source)
    if call.reading is not None:
        yield from _format(say, call.reading)
    yield say("inspect.turns", turns=len(call.turns), segments=len(call.segments))
    yield _times(say, call)
    about = [f"{key}={value}" for key, value in [*_fields(call), *call.metadata.items()] if value]
    if about:
        yield say("inspect.about", about=say("list").join(about))
    yield say("inspect.people")
    for person in call.reading.people if call.reading is not None else ():
        yield _person(say, person)
    for note in call.notes:
        yield say("inspect.note", note=spoken(say, note))
    yield say("inspect.first")
    for turn in call.turns[:FEW]:
        role, speaker = known(say, "role", turn.role), turn.speaker or turn.segments[0].channel
        said = f"{turn.number:>4}  {clock(turn.start):>6}  {fitted(role, ROLE)}"
        yield f"{said}{fitted(speaker, NAME)}{fitted(turn.text, WIDTH).rstrip()}"


def _format(say: Say, reading: Reading) -> Iterator[str]:
    title = spoken(say, reading.title, "format").strip()
    score = f"{min(reading.score, 1):g}"  # a mapping goes before what is sure
    told = say("inspect.format", title=title, name=reading.format, score=score)
    if reading.runner_up:
        score = f"{reading.runner_up_score:g}"
        told += say("inspect.runner_up", name=reading.runner_up, score=score)
    yield told
    if reading.encoding:
        how = "declared" if reading.declared else "detected"
        yield say("inspect.encoding", encoding=reading.encoding, how=known(say, "encoding", how))


def _times(say: Say, call: Call) -> str:
    unit = call.reading.unit if call.reading is not None else ""
    written = known(say, "unit", unit)
    timed = [one for one in call.segments if one.start is not None]
    if not timed:
        return say("inspect.untimed" if unit in ("", "none") else "inspect.dropped", unit=written)
    ends = [time for one in timed for time in (one.start, one.end) if time is not None]
    full = sum(one.end is not None for one in timed)
    return say(
        "inspect.times", unit=written, start=clock(min(ends)), end=clock(max(ends)),
        timed=len(timed), full=full,
    )  # fmt: skip


def _person(say: Say, person: Person) -> str:
    label = person.label or say("inspect.nameless")
    channel = say("inspect.channel", channel=person.channel) if person.channel else ""
    role, rung = known(say, "role", person.role), known(say, "rung", person.rung)
    shown = f"    {fitted(label, NAME)}{fitted(role, ROLE)}{rung}"
    return shown + say("inspect.person", count=person.segments) + channel


def _fields(call: Call) -> list[tuple[str, str]]:
    return [(field, getattr(call, field)) for field in FIELDS]
