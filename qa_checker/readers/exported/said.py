"""What the readers of JSON exports share: careful steps into a document, words to segments.

Nothing here raises on odd content: a missing key is None or "".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from qa_checker.call import UNKNOWN, Segment
from qa_checker.readers.exported.job_states import brief, reason_in, still_runs
from qa_checker.readers.strict_json import Refusal, name

LEFT_ALONE = frozenset(",.!?;:%)]}，。！？；：、”’）》…")
SENTENCE_ENDS = frozenset(".!?。！？…")
PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a mark, as a recogniser gives it; times in seconds, None where it has none."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    channel: str = ""
    role: str = UNKNOWN


def at(document: object, *path: str | int) -> Any:
    """Return what lies at the end of a path of keys and places, None if a step is missing."""
    for step in path:
        if isinstance(step, str) and isinstance(document, dict):
            document = document.get(step)
        elif isinstance(step, int) and isinstance(document, list) and len(document) > step:
            document = document[step]
        else:
            return None
    return document


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list; nothing if it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def plain(value: object) -> str:
    """Return text and numbers as text, everything else as ""."""
    usable = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if usable else ""


def joined(parts: Iterable[str]) -> str:
    """Join words by spaces, except beside Han and before a mark."""
    text = ""
    for part in (part.strip() for part in parts):
        apart = text and part and part[0] not in LEFT_ALONE
        text += f" {part}" if apart and not (_han(text[-1]) or _han(part[0])) else part
    return text


def spoken(words: Iterable[Word]) -> Iterator[Segment]:
    """Yield a segment for every run of words of one speaker on one channel, in their order.

    Marks without times take none away: a run lasts from its first start to its last end.
    """
    for (role, speaker, channel), run in groupby(words, lambda w: (w.role, w.speaker, w.channel)):
        said = list(run)
        starts = [word.start for word in said if word.start is not None]
        ends = [word.end for word in said if word.end is not None]
        text = joined(word.text for word in said)
        start, end = starts[0] if starts else None, ends[-1] if ends else None
        yield Segment(role, text, speaker, start, end, channel=channel)


def sentences(words: Iterable[Word]) -> Iterator[Segment]:
    """Yield a segment for every sentence: a run is also cut at full stops and pauses.

    A recording of one speaker is then not one segment whose times say nothing.
    """
    run: list[Word] = []
    for word in words:
        if run and _apart(run[-1], word):
            yield from spoken(run)
            run = []
        run.append(word)
    yield from spoken(run)


def _apart(before: Word, word: Word) -> bool:
    if before.text.strip()[-1:] in SENTENCE_ENDS and word.text.strip()[:1] not in LEFT_ALONE:
        return True
    return before.end is not None and word.start is not None and word.start - before.end >= PAUSE


def label(channel: str, speaker: str) -> str:
    """Return a label that is one person's in a file of several channels: "0", "0/S1"."""
    return "/".join(filter(None, (channel, speaker)))


def kept(**values: object) -> dict[str, str]:
    """Return the plain values as metadata, without those that are missing."""
    found = {key: plain(value).strip() for key, value in values.items()}
    return {key: value for key, value in found.items() if value}


def unfinished(title: str, state: object, answer: object = None) -> Refusal:
    """Return the refusal of a job that gave no transcript, with its state and what `answer` tells.

    A job that failed has its reason with it; nobody is told to wait for it.
    """
    told = plain(state) or "nothing"
    reason = f"not a finished transcript: {title} says {name(told)}"
    if still_runs(told):
        return Refusal(reason, "wait until the transcript is ready, then export it again")
    why = reason_in(answer).removeprefix(told).strip()
    return Refusal(reason + (f": {brief(why)}" if why else ""), "transcribe the recording again")


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character in "，。！？；：、"
