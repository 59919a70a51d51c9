"""What every call gets, whatever format it came from: roles, sound times, notes, a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import eq

from msgspec.structs import replace

from qa_checker import lazy_re
from qa_checker.call import (
    AGENT,
    BOT,
    CUSTOMER,
    UNKNOWN,
    Call,
    Columns,
    Person,
    Reading,
    Segment,
    Who,
    columns,
    unmade,
)
from qa_checker.readers.about.metadata import informed, seconds_of
from qa_checker.readers.encodings.decoding import SURROGATE
from qa_checker.readers.encodings.mojibake import refuse_mojibake
from qa_checker.readers.finishing.at_a_glance import Glance, glances, plainly_sound
from qa_checker.readers.finishing.marks import without_marks
from qa_checker.readers.finishing.soundness import LOOP, loops, sound
from qa_checker.readers.people.rungs import assign
from qa_checker.readers.source import Options, Source
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.units import counted_from_1970, unit_told

ZH = ("zh", "cmn", "yue", "chinese", "中文", "汉语", "普通话")
EN = ("en", "english", "英文", "英语")
LANGUAGES = dict.fromkeys(ZH, "zh") | dict.fromkeys(EN, "en")
LEAST_SHARED, LONG = 2, 5  # sentences, of so many characters: all of two, half of three or more
NOBODY = "the transcript does not say who speaks"
ONE = "only one speaker: the other side is missing"
LOST, COUNT = "U+FFFD", lazy_re.compile(r"^[0-9]+")


def finish(
    call: Call,
    source: Source,
    options: Options,
    found: Reading | None = None,
    seen: tuple[Columns, Glance] | None = None,
) -> Call:
    """Return the call as the rest of the house may use it. Raises Refusal if it is empty.

    `found` tells how it was recognised; who is who is added to it. `seen` holds its columns
    and what is known of them, if somebody has looked.
    """
    call = informed(call, source, options)
    given, known = seen or _seen(call.columns())
    heard, silent, marks, odd = _heard(given, known)
    if heard is not given:
        _, known = _seen(heard)
    assigned = assign(heard, call, options.roles, swap=options.swap_roles)
    duration = seconds_of(call.metadata.get("duration", ""))
    slow = counted_from_1970(call.notes) or call.metadata.get("channel") == "chat"
    said, when = _in_time(assigned.said, known, duration, slow=slow)
    notes = [*_of_this_call(source.notes, given), *odd, *call.notes, *marks, *assigned.notes, *when]
    again = len(said.texts) - len(set(said.texts))
    notes += _looping(said) if again >= LOOP - 1 else []
    notes += _one_sided(assigned.people)
    notes += _shared(said) if again >= LEAST_SHARED else []
    notes += _nobody(assigned.people, options)
    if silent:
        notes.append(f"{silent} segments without text left out")
    language, told = _language(options.language or call.language)
    unit = found.unit if found and _timed(heard) else "none"
    same = said is given and call.said is None
    unit = unit_told(notes, unit)
    made = Call(
        call_id=clean(call.call_id) or clean(source.stem),
        turns=call.turns if same else (),
        agent=clean(call.agent.strip()),
        queue=clean(call.queue),
        started_at=clean(call.started_at),
        language=language,
        metadata={clean(key): clean(value) for key, value in sorted(call.metadata.items())},
        source=source.name,
        notes=tuple(dict.fromkeys(map(clean, [*notes, *told]))),
        reading=found and replace(found, people=assigned.people, unit=unit),
    )
    return made if same else unmade(made, said)


def clean(text: str) -> str:
    """Return text without lone surrogates, which no output could hold."""
    return SURROGATE.sub("\ufffd", text) if not text.isascii() else text


def has_text(text: str) -> bool:
    """Tell whether anything in it can be seen."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _seen(said: Columns) -> tuple[Columns, Glance]:
    said = said.counted()
    return said, glances([said])[0]


def _heard(given: Columns, known: Glance) -> tuple[Columns, int, list[str], list[str]]:
    """Return what people say, how many segments say nothing, and notes on marks and on mojibake.

    Raises Refusal if nobody says anything, or if it is mojibake.
    """
    if known.clean:
        return given, 0, [], []
    spoken = _spoken(given.segments())
    heard, marks = without_marks(spoken)
    if not heard:
        what = "empty: no turn has any text" if not spoken else "empty: marks, and nobody speaks"
        raise Refusal(what, "export the transcript again")
    odd = refuse_mojibake("\n".join(one.text for one in heard))
    return columns(heard), len(given.texts) - len(spoken), marks, odd


def _in_time(
    said: Columns, known: Glance, duration: float | None, *, slow: bool
) -> tuple[Columns, list[str]]:
    """Return what is said in order of time, or without times, and notes."""
    if plainly_sound(known, said, duration):
        return said if known.in_order else said.by_start(), []
    segments, notes = sound(said.segments(), duration, slow=slow)
    return columns(segments), notes


def _timed(said: Columns) -> bool:
    return any(start is not None for start in said.starts)


def _spoken(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments with anything to see, trimmed; one that is clean stays itself."""
    every = "".join([one.text + one.speaker + one.channel for one in segments])
    damaged = SURROGATE.search(every) is not None
    found = []
    for one in segments:
        text, speaker, channel = one.text.strip(), one.speaker.strip(), one.channel.strip()
        if (not text or not text[0].isprintable()) and not has_text(text):
            continue
        if damaged:
            text, speaker, channel = clean(text), clean(speaker), clean(channel)
        same = text is one.text and speaker is one.speaker and channel is one.channel
        found.append(one if same else replace(one, text=text, speaker=speaker, channel=channel))
    return found


@lru_cache(maxsize=1024)
def _language(name: str) -> tuple[str, tuple[str, ...]]:
    if not name:
        return "", ()
    key = name.strip().casefold().replace("_", "-").partition("-")[0]
    if not key or key in LANGUAGES:
        return LANGUAGES.get(key, ""), ()
    return "", ("the language named in the file is neither zh nor en: decided by the text",)


def _of_this_call(notes: Sequence[str], given: Columns) -> list[str]:
    """Return the remarks on a file without those on characters that another call lost."""
    if not notes or not any(LOST in note for note in notes):
        return list(notes)
    here = "".join([*given.texts, *given.speakers]).count("\ufffd")
    kept = [note for note in notes if LOST not in note or here]
    return [COUNT.sub(str(here), note) if LOST in note else note for note in kept]


def _one_sided(speakers: Sequence[Person]) -> list[str]:
    roles = {one.role for one in speakers}
    if roles == {AGENT, CUSTOMER}:
        return []
    people = {(one.role, one.label, one.channel) for one in speakers}
    notes = [NOBODY if people == {(UNKNOWN, "", "")} else ONE] if len(people) == 1 else []
    if roles <= {CUSTOMER, "system"} and CUSTOMER in roles:
        notes.append("no agent turns")
    elif roles <= {AGENT, BOT, "system"} and len(people) > 1:
        notes.append("no customer turns")
    return notes


def _nobody(people: Sequence[Person], options: Options) -> list[str]:
    """Say if the user names speakers, nobody is called so, and somebody's role is not known."""
    if not options.roles:
        return []
    mapped = options.mapping.roles if options.mapping is not None else {}
    named = [label for label in options.roles if label not in mapped]
    called = {name for one in people for name in (one.label, one.channel)}
    if not named or called & set(named) or all(one.role != UNKNOWN for one in people):
        return []
    return [f"nobody here is called {names(named)}, as --roles says"]


def _looping(said: Columns) -> list[str]:
    """Say if a sentence comes again and again in a row, as recognisers do over noise."""
    return loops(said.segments()) if any(map(eq, said.texts, said.texts[1:])) else []


def _shared(said: Columns) -> list[str]:
    """Both channels hold the same sound: half of one speaker's sentences are the other's too."""
    long = [text for text in said.texts if len(text) >= LONG]
    return _twice(said) if len(long) - len(set(long)) >= LEAST_SHARED else []


def _twice(said: Columns) -> list[str]:
    counts: Mapping[Who, set[str]] = defaultdict(set)
    for one, text in zip(said.who(), said.texts, strict=True):
        if len(text) >= LONG:
            counts[one].add(text)
    lists = [texts for texts in counts.values() if len(texts) >= LEAST_SHARED]
    for number, first in enumerate(lists):
        for second in lists[number + 1 :]:
            shared = len(first & second)
            least = min(len(first), len(second))
            if first == second or (least > LEAST_SHARED and shared * 2 >= least):
                return [f"{shared} sentences are on both sides: one recording on two channels?"]
    return []
